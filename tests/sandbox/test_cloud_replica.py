"""The life cycle of a replica and what a secondary answers (developer guide, user-pool-multi-region.html)."""

import pytest

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from tests.sandbox.cloud_client import PASSWORD, Cloud, refused, until


def test_a_new_replica_is_creating_then_inactive(aws: Cloud) -> None:
    made = aws.pool()
    replica = aws.cognito().create_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)
    assert replica["UserPoolReplica"]["Status"] == "CREATING"
    until(lambda: aws.replica_status(made.id) == "INACTIVE")


def test_the_list_has_the_primary_first_and_is_the_same_in_both_regions(aws: Cloud) -> None:
    made = aws.replicated()
    primary, secondary = (
        aws.cognito(region).list_user_pool_replicas(UserPoolId=made.id)["UserPoolReplicas"]
        for region in (PRIMARY, SECONDARY)
    )
    assert primary == secondary
    assert [(one["RegionName"], one["Role"], one["Status"]) for one in primary] == [
        (PRIMARY, "PRIMARY", "ACTIVE"),
        (SECONDARY, "SECONDARY", "ACTIVE"),
    ]


def test_the_secondary_has_the_same_id_and_its_own_arn(aws: Cloud) -> None:
    made = aws.replicated()
    pool = aws.cognito(SECONDARY).describe_user_pool(UserPoolId=made.id)["UserPool"]
    assert pool["Id"] == made.id
    assert pool["Arn"] == f"arn:aws:cognito-idp:{SECONDARY}:000000000000:userpool/{made.id}"


def test_a_replica_needs_a_replica_of_the_key(aws: Cloud) -> None:
    made = aws.pool(replicated_key=False)
    with refused("InvalidParameterException", "key"):
        aws.cognito().create_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)


def test_a_replica_needs_a_multi_region_key(aws: Cloud) -> None:
    made = aws.pool(KeyConfiguration={"KeyType": "AWS_OWNED_KEY"})
    with refused("InvalidParameterException", "multi-Region"):
        aws.cognito().create_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)


def test_a_pool_of_tier_lite_has_no_replica(aws: Cloud) -> None:
    made = aws.pool(UserPoolTier="LITE")
    with refused("FeatureUnavailableInTierException"):
        aws.cognito().create_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)


def test_a_second_replica_is_refused(aws: Cloud) -> None:
    made = aws.replicated()
    with refused("LimitExceededException"):
        aws.cognito().create_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)


def test_a_replica_in_the_primary_region_is_refused(aws: Cloud) -> None:
    made = aws.pool()
    with refused("InvalidParameterException"):
        aws.cognito().create_user_pool_replica(UserPoolId=made.id, RegionName=PRIMARY)


def test_an_active_replica_cannot_be_deleted(aws: Cloud) -> None:
    made = aws.replicated()
    with refused("InvalidParameterException", "INACTIVE"):
        aws.cognito().delete_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)


def test_a_replica_is_deleted_only_from_the_primary(aws: Cloud) -> None:
    made = aws.replicated("INACTIVE")
    with refused("OperationNotEnabledException"):
        aws.cognito(SECONDARY).delete_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)


def test_a_deleted_replica_is_deleting_then_gone(aws: Cloud) -> None:
    made = aws.replicated("INACTIVE")
    answer = aws.cognito().delete_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)
    assert answer["UserPoolReplica"]["Status"] == "DELETING"
    until(lambda: aws.replica_status(made.id) is None)
    with refused("ResourceNotFoundException"):
        aws.cognito(SECONDARY).describe_user_pool(UserPoolId=made.id)


def test_a_pool_with_a_replica_cannot_be_deleted(aws: Cloud) -> None:
    made = aws.replicated("INACTIVE")
    with refused("InvalidParameterException", "replica"):
        aws.cognito().delete_user_pool(UserPoolId=made.id)


def test_a_protected_pool_cannot_be_deleted(aws: Cloud) -> None:
    made = aws.pool(DeletionProtection="ACTIVE")
    with refused("InvalidParameterException", "deletion protection"):
        aws.cognito().delete_user_pool(UserPoolId=made.id)


def test_the_secondary_can_activate_and_deactivate_itself(aws: Cloud) -> None:
    made = aws.replicated("INACTIVE")
    aws.set_replica(made.id, "ACTIVE", SECONDARY)
    assert aws.replica_status(made.id) == "ACTIVE"
    aws.set_replica(made.id, "INACTIVE", SECONDARY)
    assert aws.replica_status(made.id) == "INACTIVE"


def test_an_inactive_replica_signs_nobody_in(aws: Cloud) -> None:
    made = aws.replicated("INACTIVE")
    with refused("OperationNotEnabledException"):
        aws.sign_in(made, "ada", SECONDARY)


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("admin_create_user", {"Username": "eve"}),
        ("create_group", {"GroupName": "admins"}),
        ("create_user_pool_client", {"ClientName": "other"}),
        ("add_custom_attributes", {"CustomAttributes": [{"Name": "tenant", "AttributeDataType": "String"}]}),
        ("delete_user_pool", {}),
    ],
)
def test_the_secondary_refuses_to_write(aws: Cloud, operation: str, arguments: dict[str, object]) -> None:
    made = aws.replicated()
    with refused("OperationNotEnabledException", "not enabled"):
        getattr(aws.cognito(SECONDARY), operation)(UserPoolId=made.id, **arguments)


def test_the_secondary_refuses_a_first_password(aws: Cloud) -> None:
    made = aws.pool()
    aws.cognito().admin_create_user(
        UserPoolId=made.id, Username="new", MessageAction="SUPPRESS", TemporaryPassword=PASSWORD
    )
    aws.replicate(made)
    with refused("OperationNotEnabledException", "NEW_PASSWORD_REQUIRED"):
        aws.cognito(SECONDARY).respond_to_auth_challenge(
            ClientId=made.client,
            ChallengeName="NEW_PASSWORD_REQUIRED",
            ChallengeResponses={"USERNAME": "new", "NEW_PASSWORD": PASSWORD + "z"},
            Session="x" * 20,
        )


def test_the_secondary_refuses_sign_up_and_password_reset(aws: Cloud) -> None:
    made = aws.replicated()
    with refused("OperationNotEnabledException"):
        aws.cognito(SECONDARY).sign_up(ClientId=made.client, Username="eve", Password="Correct-Horse-9")
    with refused("OperationNotEnabledException"):
        aws.cognito(SECONDARY).forgot_password(ClientId=made.client, Username="eve")
