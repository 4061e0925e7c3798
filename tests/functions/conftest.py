"""Fixtures for the functions' edges."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import boto3
import pytest

from tests.functions import wires

KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "a-secret-key-of-nobody",
    "AWS_REGION": "us-west-2",
}


@dataclass
class Store:
    """A table of the failover stack on a DynamoDB of our own."""

    url: str
    name: str

    def client(self) -> object:
        return boto3.client("dynamodb", region_name="us-west-2", endpoint_url=self.url)


@pytest.fixture
def aws_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Lambda sets, and no way out of this machine."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "HTTPS_PROXY", "https_proxy", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")


@pytest.fixture
def store(aws_environment: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty table."""
    with wires.server(wires.dynamodb_answer) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        made = Store(url, f"failover-{uuid4().hex[:8]}")
        boto3.client("dynamodb", region_name="us-west-2").create_table(
            TableName=made.name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )
        yield made
