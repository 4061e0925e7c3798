"""Settings of a pool: what is kept, what is regional, and the refusals that a provider meets."""

import pytest

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from tests.sandbox.cloud_client import Cloud, Made, refused

POLICY = {"PasswordPolicy": {"MinimumLength": 12, "TemporaryPasswordValidityDays": 7}}
TRIGGER = {"PostAuthentication": "arn:aws:lambda:us-west-2:000000000000:function:after"}


@pytest.fixture(scope="module")
def made(aws: Cloud) -> Made:
    return aws.replicated(Policies=POLICY, AutoVerifiedAttributes=["email"])


def described(aws: Cloud, made: Made, region: str = PRIMARY) -> dict:
    return aws.cognito(region).describe_user_pool(UserPoolId=made.id)["UserPool"]


def test_key_and_issuer_are_kept(aws: Cloud, made: Made) -> None:
    pool = described(aws, made)
    assert pool["KeyConfiguration"] == {"KeyType": "CUSTOMER_MANAGED_KEY", "KmsKeyArn": made.key}
    assert pool["IssuerConfiguration"] == {"Type": "UPDATED"}


def test_a_pool_without_key_and_issuer_says_so(aws: Cloud) -> None:
    pool = aws.cognito().create_user_pool(PoolName="plain")["UserPool"]
    assert pool["KeyConfiguration"] == {"KeyType": "AWS_OWNED_KEY"}
    assert pool["IssuerConfiguration"] == {"Type": "ORIGINAL"}


def test_key_and_issuer_change_in_place(aws: Cloud) -> None:
    made = aws.pool(KeyConfiguration={"KeyType": "AWS_OWNED_KEY"}, IssuerConfiguration={"Type": "ORIGINAL"})
    key = {"KeyType": "CUSTOMER_MANAGED_KEY", "KmsKeyArn": made.key}
    aws.cognito().update_user_pool(UserPoolId=made.id, KeyConfiguration=key, IssuerConfiguration={"Type": "UPDATED"})
    pool = described(aws, made)
    assert (pool["KeyConfiguration"], pool["IssuerConfiguration"]) == (key, {"Type": "UPDATED"})


def test_both_validities_are_shown_though_only_one_was_set(aws: Cloud, made: Made) -> None:
    pool = described(aws, made)
    assert pool["AdminCreateUserConfig"]["UnusedAccountValidityDays"] == 7
    assert pool["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"] == 7


def test_an_update_with_both_validities_is_refused(aws: Cloud) -> None:
    made = aws.pool(Policies=POLICY)
    pool = described(aws, made)
    with refused("InvalidParameterException", "Please use TemporaryPasswordValidityDays in PasswordPolicy"):
        aws.cognito().update_user_pool(
            UserPoolId=made.id,
            Policies=pool["Policies"],
            AdminCreateUserConfig=pool["AdminCreateUserConfig"],
        )


def test_auto_verified_attributes_are_reset_when_they_are_not_sent(aws: Cloud) -> None:
    made = aws.pool(AutoVerifiedAttributes=["email"], Policies=POLICY, MfaConfiguration="OFF")
    aws.cognito().update_user_pool(UserPoolId=made.id, DeletionProtection="INACTIVE")
    pool = described(aws, made)
    assert not pool.get("AutoVerifiedAttributes")
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] == 12


def test_the_secondary_takes_regional_settings_with_the_global_ones_as_they_are(aws: Cloud, made: Made) -> None:
    pool = described(aws, made, SECONDARY)
    aws.cognito(SECONDARY).update_user_pool(
        UserPoolId=made.id,
        LambdaConfig=TRIGGER,
        UserPoolTags={"region": "second"},
        **{
            name: pool[name]
            for name in (
                "Policies",
                "MfaConfiguration",
                "AutoVerifiedAttributes",
                "DeletionProtection",
                "KeyConfiguration",
                "IssuerConfiguration",
                "UserPoolTier",
            )
        },
    )
    assert described(aws, made, SECONDARY)["LambdaConfig"] == TRIGGER
    assert described(aws, made, SECONDARY)["UserPoolTags"] == {"region": "second"}
    primary = described(aws, made)
    assert not primary.get("LambdaConfig")
    assert not primary.get("UserPoolTags")


def test_the_secondary_takes_the_key_by_its_own_regions_arn(aws: Cloud, made: Made) -> None:
    own = made.key.replace(PRIMARY, SECONDARY)
    key = {"KeyType": "CUSTOMER_MANAGED_KEY", "KmsKeyArn": own}
    aws.cognito(SECONDARY).update_user_pool(UserPoolId=made.id, KeyConfiguration=key)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("MfaConfiguration", "OPTIONAL"),
        ("Policies", {"PasswordPolicy": {"MinimumLength": 6}}),
        ("DeletionProtection", "ACTIVE"),
        ("IssuerConfiguration", {"Type": "ORIGINAL"}),
        ("KeyConfiguration", {"KeyType": "AWS_OWNED_KEY"}),
        ("AutoVerifiedAttributes", ["phone_number"]),
    ],
)
def test_the_secondary_refuses_another_global_setting_and_names_it(
    aws: Cloud, made: Made, field: str, value: object
) -> None:
    with refused("InvalidParameterException", field):
        aws.cognito(SECONDARY).update_user_pool(UserPoolId=made.id, **{field: value})


def test_the_secondary_refuses_another_mfa_setting(aws: Cloud, made: Made) -> None:
    aws.cognito(SECONDARY).set_user_pool_mfa_config(UserPoolId=made.id, MfaConfiguration="OFF")
    with refused("InvalidParameterException", "MfaConfiguration"):
        aws.cognito(SECONDARY).set_user_pool_mfa_config(UserPoolId=made.id, MfaConfiguration="OPTIONAL")


def test_a_pool_with_a_domain_cannot_be_deleted(aws: Cloud) -> None:
    made = aws.pool()
    aws.cognito().create_user_pool_domain(Domain=made.client.lower(), UserPoolId=made.id)
    with refused("InvalidParameterException", "domain"):
        aws.cognito().delete_user_pool(UserPoolId=made.id)


def test_a_generated_password_fits_the_policy(aws: Cloud) -> None:
    made = aws.pool(Policies={"PasswordPolicy": {"MinimumLength": 40}})
    aws.cognito().admin_create_user(UserPoolId=made.id, Username="ada", MessageAction="SUPPRESS")


def test_a_group_is_updated(aws: Cloud, made: Made) -> None:
    aws.cognito().create_group(UserPoolId=made.id, GroupName="admins", Description="a", Precedence=1)
    aws.cognito().update_group(UserPoolId=made.id, GroupName="admins", Precedence=2)
    group = aws.cognito().get_group(UserPoolId=made.id, GroupName="admins")["Group"]
    assert (group["Description"], group["Precedence"]) == ("a", 2)
