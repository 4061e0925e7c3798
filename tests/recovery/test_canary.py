"""The canary is there after every call, is made once, and no secret is ever shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from recovery.canary import Canary, Clients
from recovery.errors import RecoveryError
from tests.recovery.stacks import failover, founded, live

STACK = live(failover())


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": ""}}, "Call")


class Cognito:
    """Users, passwords and tokens of one pool."""

    def __init__(self) -> None:
        self.passwords: dict[str, str] = {}
        self.tokens: set[str] = set()
        self.challenge: str | None = None

    def admin_create_user(self, **words: Any) -> None:
        if words["Username"] in self.passwords:
            raise refused("UsernameExistsException")
        self.passwords[words["Username"]] = ""

    def admin_set_user_password(self, **words: Any) -> None:
        assert words["Permanent"]
        self.passwords[words["Username"]] = words["Password"]

    def initiate_auth(self, **words: Any) -> dict[str, Any]:
        given = words["AuthParameters"]
        if words["AuthFlow"] == "REFRESH_TOKEN_AUTH":
            if given["REFRESH_TOKEN"] not in self.tokens:
                raise refused("NotAuthorizedException")
            return {}
        assert self.passwords[given["USERNAME"]] == given["PASSWORD"]
        if self.challenge:
            return {"ChallengeName": self.challenge}
        token = f"token-{len(self.tokens)}-{given['PASSWORD']}"
        self.tokens.add(token)
        return {"AuthenticationResult": {"RefreshToken": token}}

    def revoke_token(self, **words: Any) -> None:
        self.tokens.discard(words["Token"])


class Secrets:
    """One secret, empty at first."""

    value: str | None = None

    def get_secret_value(self, **_: Any) -> dict[str, str]:
        if self.value is None:
            raise refused("ResourceNotFoundException")
        return {"SecretString": self.value}

    def put_secret_value(self, **words: Any) -> None:
        self.value = words["SecretString"]


class World:
    """A canary with its surroundings."""

    def __init__(self) -> None:
        self.cognito, self.secrets = Cognito(), Secrets()
        self.canary = Canary(STACK, Clients(admin=self.cognito, public=self.cognito, secrets=self.secrets))

    def ensure(self, *, rotate: bool = False) -> str:
        return "\n".join(self.canary.ensure(rotate=rotate))

    @property
    def kept(self) -> dict[str, Any]:
        assert self.secrets.value is not None
        return json.loads(self.secrets.value)


@pytest.fixture
def world() -> World:
    return World()


def test_the_first_call_makes_user_and_token(world: World) -> None:
    assert "made user canary in us-east-1" in world.ensure()
    assert world.kept["refreshToken"] in world.cognito.tokens
    assert (world.kept["username"], world.kept["clientId"]) == ("canary", "drill")
    assert world.kept["madeAt"] > 1_600_000_000_000


def test_the_second_call_changes_nothing(world: World) -> None:
    world.ensure()
    before = world.secrets.value
    assert "nothing to do" in world.ensure()
    assert world.secrets.value == before


def test_rotation_replaces_and_revokes(world: World) -> None:
    world.ensure()
    old = world.kept["refreshToken"]
    assert "revoked" in world.ensure(rotate=True)
    assert world.kept["refreshToken"] != old
    assert world.cognito.tokens == {world.kept["refreshToken"]}


@pytest.mark.parametrize("value", ["no json", "[]", '{"refreshToken": "x", "username": "other", "clientId": "drill"}'])
def test_a_foreign_value_is_replaced(world: World, value: str) -> None:
    world.secrets.value = value
    world.ensure()
    assert world.kept["username"] == "canary"


def test_a_dead_token_is_replaced(world: World) -> None:
    world.ensure()
    world.cognito.tokens.clear()
    world.ensure()
    assert world.kept["refreshToken"] in world.cognito.tokens


def test_no_secret_is_told(world: World) -> None:
    told = world.ensure() + world.ensure(rotate=True)
    hidden = [world.kept["refreshToken"], *world.cognito.passwords.values()]
    assert not any(secret in told for secret in hidden)


def test_a_challenge_is_named_with_the_way_out(world: World) -> None:
    world.cognito.challenge = "SOFTWARE_TOKEN_MFA"
    with pytest.raises(RecoveryError, match="challenge SOFTWARE_TOKEN_MFA in us-east-1: exempt it"):
        world.ensure()


def test_before_phase_replication_there_is_none() -> None:
    with pytest.raises(RecoveryError, match="no canary in phase foundation: roll out phase replication first"):
        Canary(founded())
