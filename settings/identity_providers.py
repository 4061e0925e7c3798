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
    "https://<domains.auth>/saml2/idpresponse (SAML) or https://<domains.auth>/oauth2/idpresponse (OIDC) there and "
    "name it here.",
)


class ProviderKind(StrEnum):
    """The protocol that a provider speaks."""

    SAML = "SAML"
    OIDC = "OIDC"


class IdentityProvider(Strict):
    """An external identity provider; its name is its key.

    `attributes` has the provider's name of each attribute of the pool; `registered_uris` are what the provider
    sends users back to, as they stand in its own settings. SAML has `metadata_url`, OIDC `issuer` and `client_id`;
    the client's secret stands encrypted under `identityProviderSecrets`.
    """

    kind: Annotated[str, one_of(tuple(ProviderKind), "a provider speaks one of these")]
    metadata_url: str | None = None
    single_sign_out: bool = False
    issuer: str | None = None
    client_id: str | None = None
    scopes: tuple[str, ...] = ("openid",)
    attributes: Mapping[str, str] = Field(default_factory=dict)
    registered_uris: Annotated[tuple[str, ...], NOT_EMPTY]


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
