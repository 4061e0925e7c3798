"""A port is a Region: nothing is found across Regions, whoever asks and however the request is signed."""

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from tests.sandbox.cloud_client import ACCOUNT, Cloud, refused


def test_an_unsigned_call_finds_only_the_ports_region(aws: Cloud) -> None:
    made = aws.pool()
    aws.user(made.id, "ada")
    unsigned = boto3.client(
        "cognito-idp",
        region_name=SECONDARY,
        endpoint_url=aws.endpoints.urls[SECONDARY],
        config=Config(signature_version=UNSIGNED),
    )
    with refused("ResourceNotFoundException"):
        unsigned.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=made.client,
            AuthParameters={"USERNAME": "ada", "PASSWORD": "any"},
        )


def test_a_pool_is_unknown_in_the_other_region(aws: Cloud) -> None:
    made = aws.pool()
    with refused("ResourceNotFoundException"):
        aws.cognito(SECONDARY).describe_user_pool(UserPoolId=made.id)
    assert aws.request("GET", f"/{made.id}/.well-known/jwks.json", region=SECONDARY)[0] == 404


def test_a_signature_for_another_region_is_refused(aws: Cloud) -> None:
    wrong = boto3.client(
        "cognito-idp",
        region_name=PRIMARY,
        endpoint_url=aws.endpoints.urls[SECONDARY],
        aws_access_key_id="sandbox",
        aws_secret_access_key="sandbox",
    )
    with refused("InvalidSignatureException", "Credential should be scoped to a valid region"):
        wrong.list_user_pools(MaxResults=1)


@pytest.mark.parametrize("region", [PRIMARY, SECONDARY])
def test_the_account_and_global_services_are_the_same_in_both_regions(aws: Cloud, region: str) -> None:
    assert aws.client("sts", region).get_caller_identity()["Account"] == ACCOUNT
    assert aws.client("iam", region).list_roles()["Roles"] is not None


def test_a_function_belongs_to_its_region(aws: Cloud) -> None:
    aws.function("only-here", "def handler(event, context): return 1\n")
    with refused("ResourceNotFoundException"):
        aws.client("lambda", SECONDARY).get_function(FunctionName="only-here")
