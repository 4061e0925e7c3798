"""A steady stream of sign-ins in both Regions, to see whether a change loses any."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

PASSWORD = "Correct-horse-battery-9"


def cognito(endpoint: str, region: str, *, signed: bool = True):  # noqa: ANN201 boto3 clients have no static type
    """A Cognito client that never retries: a lost sign-in shall be seen."""
    once = Config(retries={"total_max_attempts": 1}, signature_version=None if signed else UNSIGNED)
    return boto3.client(
        "cognito-idp",
        region_name=region,
        endpoint_url=endpoint,
        aws_access_key_id="sandbox",
        aws_secret_access_key="sandbox",
        config=once,
    )


def create_user(endpoint: str, region: str, pool_id: str, username: str) -> None:
    """A confirmed user with PASSWORD."""
    client = cognito(endpoint, region)
    client.admin_create_user(UserPoolId=pool_id, Username=username, MessageAction="SUPPRESS")
    client.admin_set_user_password(UserPoolId=pool_id, Username=username, Password=PASSWORD, Permanent=True)


def wait_for_user(endpoint: str, region: str, pool_id: str, username: str, seconds: float = 20) -> None:
    """Until a Region knows the user's password; raises TimeoutError at the deadline."""
    client, deadline = cognito(endpoint, region), time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(client.exceptions.UserNotFoundException):
            if client.admin_get_user(UserPoolId=pool_id, Username=username)["UserStatus"] == "CONFIRMED":
                return
        time.sleep(0.05)
    raise TimeoutError(f"{username} did not reach {region} within {seconds} s")


def on_own_connections(client):  # noqa: ANN001, ANN201 boto3 clients have no static type
    """The client, each of its requests on a connection of its own.

    A server may close an idle connection just when it is used again. That loses a request without anybody's
    fault, SDKs repeat it, and this load must not.
    """
    client.meta.events.register("before-send", _alone)
    return client


def _alone(request, **_: object) -> None:  # noqa: ANN001 botocore's prepared request has no static type
    request.headers["Connection"] = "close"


class SignInLoad:
    """Signs one user in `per_second` times a second, the Regions in turn, from enter to exit."""

    def __init__(self, endpoints: Mapping[str, str], client_id: str, username: str, per_second: int) -> None:
        clients = (cognito(url, region, signed=False) for region, url in endpoints.items())
        self._clients = [on_own_connections(client) for client in clients]
        self._client_id, self._username, self._interval = client_id, username, 1 / per_second
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._drive)
        self.sent = 0
        self.failures: list[str] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _drive(self) -> None:
        started = time.monotonic()
        with ThreadPoolExecutor(max_workers=40) as workers:  # an open model: a slow answer delays no other start
            for number in itertools.count():
                if self._stop.wait(max(0.0, started + number * self._interval - time.monotonic())):
                    return
                self.sent += 1
                workers.submit(self._sign_in, self._clients[number % len(self._clients)])

    def _sign_in(self, client) -> None:  # noqa: ANN001 boto3 clients have no static type
        secrets = {"USERNAME": self._username, "PASSWORD": PASSWORD}
        try:
            client.initiate_auth(AuthFlow="USER_PASSWORD_AUTH", ClientId=self._client_id, AuthParameters=secrets)
        except (ClientError, BotoCoreError) as error:
            self.failures.append(f"{client.meta.region_name}: {error}")
