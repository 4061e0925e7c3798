"""boto3 against the cloud, as the tests use it: clients, pools with replicas, users, functions."""

import functools
import http.client
import io
import json
import os
import time
import zipfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from sandbox.cloud import process
from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from sandbox.cloud.process import Endpoints

Client = Any  # boto3 makes its classes at run time
Setting = Any
PASSWORD = "Correct-Horse-9"
ACCOUNT = "000000000000"


@dataclass(frozen=True)
class Made:
    """A pool with a public client and a confidential one."""

    id: str
    client: str
    key: str


@dataclass(frozen=True, eq=False)
class Cloud:
    """Short ways to what the tests need."""

    endpoints: Endpoints

    @functools.cache  # noqa: B019 - lives as long as the session
    def client(self, service: str, region: str = PRIMARY) -> Client:
        """A client that does not retry."""
        return boto3.client(
            service,
            region_name=region,
            endpoint_url=self.endpoints.urls[region],
            aws_access_key_id="sandbox",
            aws_secret_access_key="sandbox",
            config=Config(retries={"total_max_attempts": 1}),
        )

    def cognito(self, region: str = PRIMARY) -> Client:
        """Cognito in a Region."""
        return self.client("cognito-idp", region)

    def key(self, *, replicated: bool = True) -> str:
        """A multi-Region key; returns its ARN in the primary."""
        key = self.client("kms").create_key(MultiRegion=True)["KeyMetadata"]
        if replicated:
            self.client("kms").replicate_key(KeyId=key["KeyId"], ReplicaRegion=SECONDARY)
        return key["Arn"]

    def pool(self, *, replicated_key: bool = True, **settings: Setting) -> Made:
        """A pool with one public client."""
        key = self.key(replicated=replicated_key)
        given = {
            "PoolName": "customers",
            "KeyConfiguration": {"KeyType": "CUSTOMER_MANAGED_KEY", "KmsKeyArn": key},
            "IssuerConfiguration": {"Type": "UPDATED"},
            **settings,
        }
        pool = self.cognito().create_user_pool(**given)["UserPool"]["Id"]
        client = self.cognito().create_user_pool_client(
            UserPoolId=pool,
            ClientName="web",
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )["UserPoolClient"]["ClientId"]
        return Made(pool, client, key)

    def replicated(self, status: str = "ACTIVE", **settings: Setting) -> Made:
        """A pool whose replica has reached *status*."""
        made = self.pool(**settings)
        self.replicate(made, status)
        return made

    def replicate(self, made: Made, status: str = "ACTIVE") -> None:
        """Give the pool a replica and wait until it has reached *status*."""
        self.cognito().create_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)
        until(lambda: self.replica_status(made.id) == "INACTIVE")
        if status == "ACTIVE":
            self.set_replica(made.id, "ACTIVE")

    def set_replica(self, pool: str, status: str, region: str = PRIMARY) -> None:
        """Activate or deactivate the replica."""
        self.cognito(region).update_user_pool_replica(UserPoolId=pool, RegionName=SECONDARY, Status=status)

    def replica_status(self, pool: str) -> str | None:
        """The status of the replica; None without one."""
        replicas = self.cognito().list_user_pool_replicas(UserPoolId=pool)["UserPoolReplicas"]
        return next((one["Status"] for one in replicas if one["RegionName"] == SECONDARY), None)

    def user(self, pool: str, name: str, /, **attributes: str) -> str:
        """A user with a permanent password; returns its sub."""
        made = self.cognito().admin_create_user(
            UserPoolId=pool,
            Username=name,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
        )["User"]
        self.cognito().admin_set_user_password(UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)
        return next(one["Value"] for one in made["Attributes"] if one["Name"] == "sub")

    def settle(self, made: Made) -> None:
        """Wait until everything written so far is seen in the secondary."""
        mark = f"mark-{time.monotonic_ns()}"
        self.cognito().create_group(UserPoolId=made.id, GroupName=mark)
        until(lambda: self.cognito(SECONDARY).get_group(UserPoolId=made.id, GroupName=mark))

    def sign_in(self, made: Made, name: str, region: str = PRIMARY, password: str = PASSWORD) -> dict[str, Any]:
        """The tokens of a user."""
        answer = self.cognito(region).initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=made.client,
            AuthParameters={"USERNAME": name, "PASSWORD": password},
        )
        return answer["AuthenticationResult"]

    def refresh(self, made: Made, token: str, region: str = PRIMARY) -> dict[str, Any]:
        """New tokens for a refresh token."""
        answer = self.cognito(region).initiate_auth(
            AuthFlow="REFRESH_TOKEN_AUTH", ClientId=made.client, AuthParameters={"REFRESH_TOKEN": token}
        )
        return answer["AuthenticationResult"]

    def function(self, name: str, source: str, region: str = PRIMARY) -> str:
        """A function whose handler is `index.handler`; returns its ARN."""
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as zipped:
            zipped.writestr("index.py", source)
        return self.client("lambda", region).create_function(
            FunctionName=name,
            Runtime="python3.12",
            Handler="index.handler",
            Role=f"arn:aws:iam::{ACCOUNT}:role/none",
            Code={"ZipFile": archive.getvalue()},
        )["FunctionArn"]

    def allow(self, function_arn: str, pool: str, region: str = PRIMARY, **more: str) -> None:
        """Let Cognito invoke the function for the Region's pool."""
        name = function_arn.split(":")[6]
        self.client("lambda", region).add_permission(
            FunctionName=name,
            StatementId="cognito",
            Action="lambda:InvokeFunction",
            Principal="cognito-idp.amazonaws.com",
            SourceArn=f"arn:aws:cognito-idp:{region}:{ACCOUNT}:userpool/{pool}",
            **more,
        )

    def request(
        self, method: str, path: str, body: str | None = None, region: str = PRIMARY
    ) -> tuple[int, dict[str, Any]]:
        """A plain HTTP request; returns status and JSON answer, {} when the answer is none."""
        host = self.endpoints.urls[region].removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=5)
        connection.request(method, path, body)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return answer.status, json.loads(content) if is_json else {}

    def get(self, path: str, region: str = PRIMARY) -> dict[str, Any]:
        """The JSON document at a path."""
        status, content = self.request("GET", path, region=region)
        assert status == 200, content
        return content

    def put_lag(self, seconds: float) -> None:
        """Set the replication lag."""
        assert self.request("PUT", "/_sandbox/replication", json.dumps({"lagSeconds": seconds}))[0] == 200

    @contextmanager
    def lag(self, seconds: float) -> Generator[None]:
        """Another replication lag for a while."""
        before = self.get("/_sandbox/replication")["lagSeconds"]
        self.put_lag(seconds)
        try:
            yield
        finally:
            self.put_lag(before)


@contextmanager
def started(directory: Path) -> Generator[Endpoints]:
    """A cloud with a short replication lag; it ends with the tests, even when they are killed."""
    endpoints = process.start(directory, lag=0.2, parent_pid=os.getpid())
    try:
        yield endpoints
    finally:
        process.stop(directory)


def until(condition: Callable[[], object], deadline: float = 5.0) -> object:
    """Wait until *condition* holds; a ClientError counts as not yet."""
    end = time.monotonic() + deadline
    while True:
        try:
            if result := condition():
                return result
        except ClientError:
            if time.monotonic() > end:
                raise
        if time.monotonic() > end:
            raise AssertionError(f"the condition did not hold within {deadline} s")
        time.sleep(0.02)


@contextmanager
def refused(code: str, text: str = "") -> Generator[None]:
    """Expect this error code, and *text* in its message."""
    with pytest.raises(ClientError) as caught:
        yield
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    assert text in error["Message"], error
