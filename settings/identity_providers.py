"""Settings of identity providers: who else signs users in, and what is registered there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from settings.values import Strict, held, one_of

NOT_EMPTY = held(
    bool,
    "must name at least one, because the provider sends users back to none but a registered one. Register "
    "https://<domains.auth>/saml2/idpresponse (SAML) or https://<domains.auth>/oauth2/idpresponse (the others) there "
    "and name it here.",
)


class ProviderKind(StrEnum):
    """What Cognito knows to speak with. A social provider has the name of its kind."""

    SAML = "SAML"
    OIDC = "OIDC"
    GOOGLE = "Google"
    FACEBOOK = "Facebook"
    AMAZON = "LoginWithAmazon"
    APPLE = "SignInWithApple"


class IdentityProvider(Strict):
    """An external identity provider; its name is its key.

    `attributes` has the provider's name of each attribute of the pool. `registered_uris` are where the provider sends
    the pool's users back to, as they stand in its own settings; `also_registered` is what else stands there, of another
    stack or a name that comes or goes. SAML has `metadata_url`; the others are known by `client_id` and `scopes`, OIDC
    by its `issuer` as well, Apple by `team_id` and `key_id`. The secret of a client (Apple's private key) stands
    encrypted under `identityProviderSecrets`.
    """

    kind: Annotated[str, one_of(tuple(ProviderKind), "Cognito knows no other providers")]
    metadata_url: str | None = None
    single_sign_out: bool = False
    issuer: str | None = None
    client_id: str | None = None
    team_id: str | None = None
    key_id: str | None = None
    scopes: tuple[str, ...] | None = None
    attributes: Mapping[str, str] = Field(default_factory=dict)
    registered_uris: Annotated[tuple[str, ...], NOT_EMPTY]
    also_registered: tuple[str, ...] = ()


class Secrecy(StrEnum):
    """What is known about a secret without its value."""

    ENCRYPTED = "encrypted"
    PLAIN = "plain text"
    EMPTY = "empty"


Encrypted = Annotated[
    str,
    held(
        lambda value: value == Secrecy.ENCRYPTED,
        "must be encrypted, because a stack file is read by everybody who reads the repository. Run `pulumi config set "
        "--secret --path 'cognito-dr:identityProviderSecrets.<provider>'` and type the secret.",
    ),
]
