"""A user for one measurement: made in the primary, signed in before the fault, deleted when the primary is back."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from manifest import Manifest
from recovery import aws
from recovery.canary import facts_of
from recovery.errors import RecoveryError, told
from recovery.oauth import OauthClient

REPLICATION_SECONDS = 30
DELETION_SECONDS = 20
POLL_SECONDS = 0.1


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What a sign-in before the fault gave; neither is printed or written anywhere."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)


class DrillUser:
    """One user of the drill client."""

    def __init__(self, manifest: Manifest) -> None:
        self.pool, self.client_id = manifest.pool.id, facts_of(manifest).client_id
        primary, secondary = manifest.regions.primary, manifest.regions.secondary
        self.username = f"failover-test-{secrets.token_hex(6)}"
        self.password = f"Aa1!{secrets.token_urlsafe(18)}"
        self._admin = {region: aws.client("cognito-idp", region) for region in (primary, secondary)}
        self._public = aws.client("cognito-idp", primary, signed=False)
        self.primary, self.secondary = primary, secondary
        self._asked_for = False

    def oauth(self, host: str) -> OauthClient:
        """The drill client on the auth domain, as it is registered."""
        answer = self._admin[self.primary].describe_user_pool_client(UserPoolId=self.pool, ClientId=self.client_id)
        about = answer["UserPoolClient"]
        redirects, scopes = about.get("CallbackURLs") or [], about.get("AllowedOAuthScopes") or []
        if not redirects or not scopes:
            raise RecoveryError(f"the drill client {self.client_id} has no redirect or no scope: run `pulumi up` again")
        scope = "openid" if "openid" in scopes else scopes[0]
        return OauthClient(host=host, client_id=self.client_id, redirect_uri=redirects[0], scope=scope)

    def sign_in(self) -> Tokens:
        """Make the user, wait until the secondary knows it, and sign it in. Raises RecoveryError."""
        admin, whom = self._admin[self.primary], {"UserPoolId": self.pool, "Username": self.username}
        self._asked_for = True
        admin.admin_create_user(MessageAction="SUPPRESS", **whom)
        admin.admin_set_user_password(Password=self.password, Permanent=True, **whom)
        self._wait_for_replica()
        answer = self._public.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=self.client_id,
            AuthParameters={"USERNAME": self.username, "PASSWORD": self.password},
        )
        result: dict[str, Any] | None = answer.get("AuthenticationResult")
        if result is None:
            raise RecoveryError(
                f"a new user meets the challenge {answer.get('ChallengeName')}: it needs a password only"
            )
        return Tokens(access=result["AccessToken"], refresh=result["RefreshToken"])

    def _wait_for_replica(self) -> None:
        end = time.monotonic() + REPLICATION_SECONDS
        while time.monotonic() < end:
            try:
                found = self._admin[self.secondary].admin_get_user(UserPoolId=self.pool, Username=self.username)
                if found["UserStatus"] == "CONFIRMED":
                    return
            except ClientError as error:
                if error.response["Error"]["Code"] != "UserNotFoundException":
                    raise
            time.sleep(POLL_SECONDS)
        raise RecoveryError(f"{self.secondary} does not know the new user after {REPLICATION_SECONDS} s: run `verify`")

    def delete(self) -> str | None:
        """Delete the user in the primary, if it was ever asked for; why not, if the primary does not let us in time."""
        if not self._asked_for:
            return None
        end, problem = time.monotonic() + DELETION_SECONDS, ""
        while time.monotonic() < end:
            try:
                self._admin[self.primary].admin_delete_user(UserPoolId=self.pool, Username=self.username)
                return None
            except ClientError as error:
                if error.response["Error"]["Code"] == "UserNotFoundException":
                    return None
                problem = told(error)
            except BotoCoreError as error:
                problem = told(error)
            time.sleep(POLL_SECONDS)
        return f"user {self.username} may be left in {self.primary}: {problem}. Delete it when the primary is back"
