"""The role of the preview on real state: reads the state and the adopted pool, no secret, and uses no key."""

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import boto3
import pytest

IAM = Path(__file__).parents[2] / "docs" / "iam"
POLICY: dict[str, Any] = json.loads((IAM / "preview-role.json").read_text())
TRUST: dict[str, Any] = json.loads((IAM / "preview-role-trust.json").read_text())
READING = re.compile(r"(Get|List|Describe)[A-Z]\w*")
CLIENTS = {"cloudformation:GetResource": "cloudcontrol", "s3:GetObject": "s3", "s3:ListBucket": "s3"}
NAMES = {"s3:ListBucket": "ListObjectsV2"}  # IAM's name of the action differs from the operation's
FORBIDDEN = [
    "cognito-idp:AdminGetUser",
    "cognito-idp:DescribeIdentityProvider",  # with its client secret
    "cognito-idp:DescribeUserPoolClient",  # with its client secret
    "dynamodb:GetItem",
    "iam:PassRole",
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:PutKeyPolicy",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "lambda:GetFunction",
    "lambda:InvokeFunction",
    "s3:DeleteObject",
    "s3:PutObject",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "sts:AssumeRole",
]


def listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else value


def actions(effect: str) -> list[str]:
    return [action for one in POLICY["Statement"] if one["Effect"] == effect for action in listed(one["Action"])]


def named(action: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(action.lower(), pattern.lower()) for pattern in patterns)


@pytest.mark.parametrize("action", FORBIDDEN)
def test_a_secret_or_a_key_is_denied_and_not_allowed(action: str) -> None:
    assert not named(action, actions("Allow"))
    assert named(action, actions("Deny"))


def test_what_is_allowed_is_named_one_by_one_and_only_reads() -> None:
    for action in actions("Allow"):
        assert READING.fullmatch(action.split(":")[1]), action
        assert not named(action, actions("Deny"))


def test_every_allowed_action_is_an_operation_that_aws_knows() -> None:
    for action in actions("Allow"):
        service, name = action.split(":")
        client = boto3.client(CLIENTS.get(action, service), region_name="us-east-1")
        assert NAMES.get(action, name) in client.meta.service_model.operation_names


def test_every_statement_is_bounded_in_what_the_grammar_has() -> None:
    for one in POLICY["Statement"]:
        assert set(one) <= {"Sid", "Effect", "Action", "Resource", "Condition"}
        assert one["Effect"] == "Deny" or one["Resource"] != "*" or not named("s3:GetObject", listed(one["Action"]))


def test_only_approved_runs_of_this_repository_may_take_the_role() -> None:
    [one] = TRUST["Statement"]
    assert one["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert list(one["Condition"]) == ["StringEquals"]
    bound = {key.split(":")[1]: listed(value) for key, value in one["Condition"]["StringEquals"].items()}
    assert bound["aud"] == ["sts.amazonaws.com"]
    assert all(re.fullmatch(r"repo:OWNER/REPOSITORY:environment:preview-\w+", sub) for sub in bound["sub"])
