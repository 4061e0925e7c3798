"""Parts of a stack that tests make in the sandbox by hand."""

from __future__ import annotations

import secrets

from tests.recovery.stacks import S, failover
from tests.sandbox.cloud_client import Cloud


def verdict_table(aws: Cloud) -> str:
    """The ARN of the table that the manifest of `stacks` names."""
    made = aws.client("dynamodb", S).create_table(
        TableName=failover().table.name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return made["TableDescription"]["TableArn"]


def prefix_domain(aws: Cloud, region: str, pool: str) -> str:
    """The URL of a new prefix domain of the pool in a Region."""
    prefix = f"t-{secrets.token_hex(4)}"
    aws.cognito(region).create_user_pool_domain(Domain=prefix, UserPoolId=pool)
    return f"https://{prefix}.auth.{region}.amazoncognito.com"
