"""The user whose refresh token the prober redeems: made in the primary, its token kept in the secondary.

Nothing secret leaves this module: the password is made up, used and forgotten, the token goes to Secrets Manager only.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from manifest import CanaryFacts, Manifest
from recovery import aws
from recovery.errors import RecoveryError, told


@dataclass(frozen=True, kw_only=True)
class Clients:
    """Cognito in the primary, with and without credentials, and the secret's own Region."""

    admin: Any
    public: Any
    secrets: Any


def clients_of(manifest: Manifest, facts: CanaryFacts) -> Clients:
    """Real ones."""
    primary = manifest.regions.primary
    return Clients(
        admin=aws.client("cognito-idp", primary),
        public=aws.client("cognito-idp", primary, signed=False),
        secrets=aws.client("secretsmanager", facts.secret_region),
    )


def facts_of(manifest: Manifest) -> CanaryFacts:
    """The canary's place. Raises RecoveryError before it is rolled out."""
    if manifest.canary is None:
        raise RecoveryError(
            f"stack {manifest.name} has no canary in phase {manifest.phase}: roll out phase replication first"
        )
    return manifest.canary


class Canary:
    """Makes the user and its token so that they are there, however often it is called."""

    def __init__(self, manifest: Manifest, clients: Clients | None = None) -> None:
        self.facts = facts_of(manifest)
        self.pool = manifest.pool.id
        self.primary = manifest.regions.primary
        self.clients = clients or clients_of(manifest, self.facts)

    def ensure(self, *, rotate: bool) -> Iterator[str]:
        """Do what is missing; a line for each thing done or found. Raises RecoveryError."""
        if self._make_user():
            yield f"made user {self.facts.username} in {self.primary}"
        kept = self._kept()
        if kept is not None and not rotate and self._works(kept):
            yield f"the refresh token in {self.facts.secret_arn} works: nothing to do"
            return
        self._store(self._sign_in())
        yield f"signed in in {self.primary} and stored a refresh token in {self.facts.secret_arn}"
        if kept is not None and self._revoke(kept):
            yield "revoked the token that was there before"

    def _make_user(self) -> bool:
        """Whether the user was missing."""
        whom = {"UserPoolId": self.pool, "Username": self.facts.username}
        try:
            self.clients.admin.admin_create_user(MessageAction="SUPPRESS", **whom)
        except ClientError as error:
            if error.response["Error"]["Code"] == "UsernameExistsException":
                return False
            raise
        return True

    def _kept(self) -> str | None:
        """The token in the secret, if it is one of this user and client."""
        try:
            answer = self.clients.secrets.get_secret_value(SecretId=self.facts.secret_arn)
            found = json.loads(answer["SecretString"])
            owner = (found["username"], found["clientId"])
            return found["refreshToken"] if owner == (self.facts.username, self.facts.client_id) else None
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":  # also: no value yet
                return None
            raise
        except (ValueError, KeyError, TypeError):
            return None

    def _works(self, token: str) -> bool:
        try:
            self.clients.public.initiate_auth(
                AuthFlow="REFRESH_TOKEN_AUTH", ClientId=self.facts.client_id, AuthParameters={"REFRESH_TOKEN": token}
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "NotAuthorizedException":
                return False
            raise
        return True

    def _sign_in(self) -> str:
        password = f"Aa1!{secrets.token_urlsafe(24)}"
        self.clients.admin.admin_set_user_password(
            UserPoolId=self.pool, Username=self.facts.username, Password=password, Permanent=True
        )
        answer = self.clients.public.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=self.facts.client_id,
            AuthParameters={"USERNAME": self.facts.username, "PASSWORD": password},
        )
        if "AuthenticationResult" not in answer:
            raise RecoveryError(
                f"canary {self.facts.username} meets the challenge {answer.get('ChallengeName')} in {self.primary}: "
                "exempt it from MFA, it signs in with a password only"
            )
        return answer["AuthenticationResult"]["RefreshToken"]

    def _store(self, token: str) -> None:
        content = {
            "refreshToken": token,
            "username": self.facts.username,
            "clientId": self.facts.client_id,
            "madeAt": int(time.time() * 1000),
        }
        try:
            self.clients.secrets.put_secret_value(SecretId=self.facts.secret_arn, SecretString=json.dumps(content))
        except ClientError as error:
            raise RecoveryError(
                f"the secret {self.facts.secret_arn} in {self.facts.secret_region} takes no value: {told(error)}. "
                "Give this role secretsmanager:PutSecretValue on it"
            ) from None

    def _revoke(self, token: str) -> bool:
        """The prober reads the new one within a round; an old one that is no longer valid needs no revocation."""
        try:
            self.clients.public.revoke_token(Token=token, ClientId=self.facts.client_id)
        except ClientError as error:
            if error.response["Error"]["Code"] in {"UnsupportedTokenTypeException", "NotAuthorizedException"}:
                return False
            raise
        return True
