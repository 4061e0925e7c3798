"""Signs a new user in through both Regions and says, a line a check, whether replication keeps its word."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from botocore.exceptions import ClientError

from manifest import Manifest
from recovery import aws, tokens
from recovery.verification.check import CheckFailedError

POLL_SECONDS = 0.02
REPLICATION_DEADLINE_SECONDS = 30


class SignInCheck:
    """The checks on one stack, in an order in which each finds what it needs."""

    def __init__(self, manifest: Manifest, lag: float) -> None:
        self.manifest, self.lag = manifest, lag
        self.pool_id = manifest.pool.id
        self.primary, self.secondary = manifest.regions.primary, manifest.regions.secondary
        self.regions = (self.primary, self.secondary)
        self.admin = {region: aws.client("cognito-idp", region) for region in self.regions}
        self.public = {region: aws.client("cognito-idp", region, signed=False) for region in self.regions}
        self.client_id = public_client(manifest)
        self.password = f"Aa1!{secrets.token_urlsafe(18)}"
        self.answers: dict[str, dict[str, str]] = {}
        self.claims: dict[tuple[str, str], dict[str, Any]] = {}

    def checks(self, username: str) -> Iterator[tuple[str, Callable[[], None]]]:
        """Every check with its line."""
        yield f"a user is created in {self.primary}", lambda: self.create_user(username)
        yield f"the user appears in {self.secondary} within {self.lag:g} s", lambda: self.appears(username)
        for region in self.regions:
            yield f"the user signs in in {region}", lambda region=region: self.sign_in(region, username)
        for region in self.regions:
            yield (
                f"tokens of {region} verify: one JWKS, one issuer",
                lambda region=region: self.verify(region),
            )
        yield "the trigger's claims are equal in both Regions", self.equal_claims
        for there, here in (self.regions, self.regions[::-1]):
            line = f"a refresh token of {there} works in {here}"
            yield line, lambda there=there, here=here: self.refresh(there, here)
        yield (
            f"sign-up in {self.secondary} is refused",
            lambda: self.refused("sign_up", Password=self.password),
        )
        yield f"password reset in {self.secondary} is refused", lambda: self.refused("forgot_password")

    def create_user(self, username: str) -> None:
        """A confirmed user with a password, made in the primary, with all that triggers make claims of."""
        admin, whom = self.admin[self.primary], {"UserPoolId": self.pool_id, "Username": username}
        admin.admin_create_user(MessageAction="SUPPRESS", UserAttributes=self.custom_attributes(), **whom)
        for group in admin.list_groups(UserPoolId=self.pool_id)["Groups"]:
            admin.admin_add_user_to_group(GroupName=group["GroupName"], **whom)
        admin.admin_set_user_password(Password=self.password, Permanent=True, **whom)

    def custom_attributes(self) -> list[dict[str, str]]:
        """A value for each text attribute that the pool declares itself."""
        pool = self.admin[self.primary].describe_user_pool(UserPoolId=self.pool_id)["UserPool"]
        own = (a for a in pool["SchemaAttributes"] if a["Name"].startswith("custom:"))
        return [{"Name": a["Name"], "Value": "check"} for a in own if a["AttributeDataType"] == "String"]

    def appears(self, username: str) -> None:
        """The secondary knows the user, password included, within the lag that was promised."""
        started = time.monotonic()
        while True:
            waited = time.monotonic() - started
            try:
                found = self.admin[self.secondary].admin_get_user(UserPoolId=self.pool_id, Username=username)
                if found["UserStatus"] == "CONFIRMED":
                    break
            except ClientError as error:
                if error.response["Error"]["Code"] != "UserNotFoundException":
                    raise
            if waited > REPLICATION_DEADLINE_SECONDS:
                raise CheckFailedError(f"not there after {waited:.0f} s")
            time.sleep(POLL_SECONDS)
        if waited > self.lag + 0.5:  # what one call may take
            raise CheckFailedError(f"it took {waited:.1f} s")

    def sign_in(self, region: str, username: str) -> None:
        """The same client ID signs in in either Region."""
        how = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": self.client_id}
        who = {"USERNAME": username, "PASSWORD": self.password}
        self.answers[region] = self.public[region].initiate_auth(AuthParameters=who, **how)["AuthenticationResult"]

    def verify(self, region: str) -> None:
        """Both tokens of a Region verify against the primary's keys, which both Regions publish alike."""
        sets = [tokens.fetch_jwks(c.meta.endpoint_url, self.pool_id) for c in self.public.values()]
        if sets[0] != sets[1]:
            raise CheckFailedError("the Regions publish different keys")
        for use, name in (("id", "IdToken"), ("access", "AccessToken")):
            token = self.answers[region][name]
            claims = tokens.verify(token, sets[0], self.manifest.issuer, use, self.client_id)
            self.claims[region, use] = claims

    def equal_claims(self) -> None:
        """What triggers and attributes add does not depend on the Region."""
        for use in ("id", "access"):
            one, other = (tokens.added_claims(self.claims[region, use]) for region in self.regions)
            if one != other:
                raise CheckFailedError(f"{use} token: {one} in {self.primary}, {other} in {self.secondary}")
            if self.manifest.triggers and not one:
                raise CheckFailedError(f"no trigger added a claim to the {use} token")

    def refresh(self, there: str, here: str) -> None:
        """A session that began in one Region goes on in the other."""
        how = {"AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": self.client_id}
        token = {"REFRESH_TOKEN": self.answers[there]["RefreshToken"]}
        self.public[here].initiate_auth(AuthParameters=token, **how)

    def refused(self, operation: str, **words: str) -> None:
        """The secondary takes no directory writes (developer guide, user-pool-multi-region.html)."""
        call = getattr(self.public[self.secondary], operation)
        try:
            call(ClientId=self.client_id, Username=f"check-{secrets.token_hex(4)}", **words)
        except ClientError as error:
            if error.response["Error"]["Code"] == "OperationNotEnabledException":
                return
            raise
        raise CheckFailedError(f"{operation} was accepted")

    @contextmanager
    def user(self) -> Generator[str]:
        """A user name for the checks; the user is deleted afterwards, whatever happened."""
        username = f"sign-in-check-{secrets.token_hex(6)}"
        try:
            yield username
        finally:
            admin = self.admin[self.primary]
            with suppress(admin.exceptions.UserNotFoundException):
                admin.admin_delete_user(UserPoolId=self.pool_id, Username=username)


def public_client(manifest: Manifest) -> str:
    """The first public client: it signs in without a secret."""
    for application in manifest.applications.values():
        for client in application.clients.values():
            if client.kind == "native":
                return client.id
    raise CheckFailedError("no application has a native client, and a web client's secret is not in the manifest")
