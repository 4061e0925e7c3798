"""Triggers of the serving Region (developer guide, cognito-user-pools-working-with-lambda-triggers.html)."""

import json
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from tests.sandbox.cloud_client import PASSWORD, Cloud, Made, refused
from tests.sandbox.test_cloud_tokens import claims

RAISE = "def handler(event, context):\n    raise ValueError('no')\n"
COUNT = """
CALLS = []
def handler(event, context):
    CALLS.append(1)
    raise Exception(f"call {len(CALLS)}")
"""
TOKENS = """
import os
RUNS = []
def handler(event, context):
    RUNS.append(1)
    add = {"from": os.environ["AWS_REGION"], "event": event["region"], "runs": len(RUNS),
           "version": context.function_version}
    names = ("idTokenGeneration", "accessTokenGeneration")
    details = {name: {"claimsToAddOrOverride": add} for name in names}
    event["response"]["claimsAndScopeOverrideDetails"] = details
    return event
"""
BLOCK = """
def handler(event, context):
    if event["request"]["userAttributes"].get("name") == "blocked":
        raise Exception("blocked in " + event["region"])
    return event
"""
ENVIRONMENT = """
import os
def handler(event, context):
    return dict(os.environ)
"""


def v2(arn: str) -> dict[str, Any]:
    return {
        "PreTokenGenerationConfig": {"LambdaVersion": "V2_0", "LambdaArn": arn},
        "PreTokenGeneration": arn,
    }


@pytest.fixture(scope="module")
def made(aws: Cloud) -> Made:
    """A replicated pool with both triggers in both Regions."""
    made = aws.replicated()
    aws.user(made.id, "ada")
    aws.user(made.id, "bob", name="blocked")
    for region in (PRIMARY, SECONDARY):
        tokens = aws.function("claims", TOKENS, region)
        after = aws.function("after", BLOCK, region)
        for arn in (tokens, after):
            aws.allow(arn, made.id, region)
        config = {**v2(tokens), "PostAuthentication": after}
        aws.cognito(region).update_user_pool(UserPoolId=made.id, LambdaConfig=config)
    aws.settle(made)
    return made


@pytest.mark.parametrize("region", [PRIMARY, SECONDARY])
def test_the_trigger_of_the_serving_region_writes_both_tokens(aws: Cloud, made: Made, region: str) -> None:
    tokens = aws.sign_in(made, "ada", region)
    for name in ("IdToken", "AccessToken"):
        assert claims(tokens[name])["from"] == claims(tokens[name])["event"] == region


def test_pre_token_generation_runs_once_for_both_tokens(aws: Cloud, made: Made) -> None:
    first, second = (aws.sign_in(made, "ada") for _ in range(2))
    assert claims(first["IdToken"])["runs"] == claims(first["AccessToken"])["runs"]
    assert claims(second["IdToken"])["runs"] == claims(first["IdToken"])["runs"] + 1


def test_pre_token_generation_runs_at_a_refresh(aws: Cloud, made: Made) -> None:
    tokens = aws.sign_in(made, "ada")
    assert claims(aws.refresh(made, tokens["RefreshToken"], SECONDARY)["IdToken"])["from"] == SECONDARY


@pytest.mark.parametrize("region", [PRIMARY, SECONDARY])
def test_post_authentication_can_refuse_the_sign_in(aws: Cloud, made: Made, region: str) -> None:
    with refused("UserLambdaValidationException", f"PostAuthentication failed with error blocked in {region}."):
        aws.sign_in(made, "bob", region)


def test_a_trigger_without_permission_is_not_invoked(aws: Cloud) -> None:
    made = aws.pool()
    aws.user(made.id, "ada")
    arn = aws.function("not-permitted", TOKENS)
    aws.cognito().update_user_pool(UserPoolId=made.id, LambdaConfig=v2(arn))
    with refused("UnexpectedLambdaException", "PreTokenGeneration invocation failed due to error AccessDenied"):
        aws.sign_in(made, "ada")
    aws.allow(arn, made.id)
    assert aws.sign_in(made, "ada")


def test_a_permission_for_another_pool_does_not_count(aws: Cloud) -> None:
    made = aws.pool()
    aws.user(made.id, "ada")
    arn = aws.function("for-another-pool", TOKENS)
    aws.allow(arn, "us-east-1_other")
    aws.cognito().update_user_pool(UserPoolId=made.id, LambdaConfig=v2(arn))
    with refused("UnexpectedLambdaException", "AccessDenied"):
        aws.sign_in(made, "ada")


def test_a_raising_trigger_refuses_the_sign_in(aws: Cloud) -> None:
    made = aws.pool()
    aws.user(made.id, "ada")
    arn = aws.function("raising", RAISE)
    aws.allow(arn, made.id)
    aws.cognito().update_user_pool(UserPoolId=made.id, LambdaConfig=v2(arn))
    with refused("UserLambdaValidationException", "PreTokenGeneration failed with error no."):
        aws.sign_in(made, "ada")


def test_an_alias_resolves_to_its_version_and_needs_its_own_permission(aws: Cloud) -> None:
    made = aws.pool()
    aws.user(made.id, "ada")
    arn = aws.function("released", TOKENS)
    functions = aws.client("lambda")
    version = functions.publish_version(FunctionName="released")["Version"]
    alias = functions.create_alias(FunctionName="released", Name="live", FunctionVersion=version)["AliasArn"]
    aws.cognito().update_user_pool(UserPoolId=made.id, LambdaConfig=v2(alias))
    aws.allow(arn, made.id)
    with refused("UnexpectedLambdaException", "AccessDenied"):
        aws.sign_in(made, "ada")
    functions.remove_permission(FunctionName="released", StatementId="cognito")
    aws.allow(arn, made.id, Qualifier="live")
    assert claims(aws.sign_in(made, "ada")["AccessToken"])["version"] == version


def test_a_direct_invocation_of_a_version_needs_no_permission_for_cognito(aws: Cloud) -> None:
    aws.function("direct", BLOCK)
    functions = aws.client("lambda")
    version = functions.publish_version(FunctionName="direct")["Version"]
    event = {"userPoolId": "us-east-1_x", "region": PRIMARY, "request": {"userAttributes": {}}}
    answer = functions.invoke(FunctionName="direct", Qualifier=version, Payload=json.dumps(event))
    assert "FunctionError" not in answer
    assert json.load(answer["Payload"]) == event


@pytest.mark.parametrize("region", [PRIMARY, SECONDARY])
def test_a_function_sees_its_own_region_and_nothing_of_the_caller(aws: Cloud, region: str) -> None:
    aws.function("environment", ENVIRONMENT, region)
    answer = aws.client("lambda", region).invoke(FunctionName="environment")
    seen = json.load(answer["Payload"])
    assert seen["AWS_REGION"] == region
    assert seen["AWS_ENDPOINT_URL"] == aws.endpoints.urls[region]
    assert not {"USER", "VIRTUAL_ENV", "AWS_PROFILE", "AWS_CONFIG_FILE", "PULUMI_HOME"} & set(seen)


def test_pre_authentication_can_refuse_before_the_password_counts(aws: Cloud) -> None:
    made = aws.pool()
    aws.user(made.id, "bob", name="blocked")
    arn = aws.function("before", BLOCK)
    aws.allow(arn, made.id)
    aws.cognito().update_user_pool(UserPoolId=made.id, LambdaConfig={"PreAuthentication": arn})
    with refused("UserLambdaValidationException", "PreAuthentication failed with error blocked"):
        aws.sign_in(made, "bob", password="wrong")


def test_a_raising_trigger_is_called_once_by_a_client_that_retries(aws: Cloud) -> None:
    made = aws.pool()
    aws.user(made.id, "ada")
    arn = aws.function("counting", COUNT)
    aws.allow(arn, made.id)
    aws.cognito().update_user_pool(UserPoolId=made.id, LambdaConfig={"PostAuthentication": arn})
    retrying = boto3.client(
        "cognito-idp",
        region_name=PRIMARY,
        endpoint_url=aws.endpoints.urls[PRIMARY],
        config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 4, "mode": "standard"}),
    )
    with refused("UserLambdaValidationException", "call 1"):
        retrying.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=made.client,
            AuthParameters={"USERNAME": "ada", "PASSWORD": PASSWORD},
        )
