"""Settings of the user pool itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from settings.values import PoolId, Strict, between, held, matching, one_of


class Tier(StrEnum):
    """Feature plans with replication; LITE has none."""

    ESSENTIALS = "ESSENTIALS"
    PLUS = "PLUS"


class Issuer(StrEnum):
    """Which host tokens name: the Region's own, or the one that several Regions serve."""

    ORIGINAL = "ORIGINAL"
    UPDATED = "UPDATED"


class PasswordPolicy(Strict):
    """What a password must be."""

    minimum_length: Annotated[int, between(6, 99, "Cognito accepts no other minimum")] = 12
    require_lowercase: bool = True
    require_uppercase: bool = True
    require_numbers: bool = True
    require_symbols: bool = False
    temporary_password_validity_days: Annotated[int, between(1, 365, "Cognito keeps it a year at most")] = 7


class CustomAttribute(Strict):
    """A custom attribute; its name in Cognito is `custom:<key>`. It can be added, never changed or removed."""

    type: Annotated[
        str, one_of(("String", "Number", "DateTime", "Boolean"), "Cognito has no other types of attributes")
    ] = "String"
    mutable: bool = True
    min_length: Annotated[int, between(0, 2048, "Cognito stores 2048 characters")] | None = None
    max_length: Annotated[int, between(1, 2048, "Cognito stores 2048 characters and 0 admits no value")] | None = None


class Pool(Strict):
    """The user pool."""

    name: Annotated[
        str,
        matching(
            r"[\w +=,.@-]{1,128}",
            "must be 1 to 128 letters, digits, spaces or + = , . @ - _, because Cognito takes no other. "
            "Set a plain name such as customers.",
        ),
    ]
    id: PoolId | None = None
    adopt: bool = False
    tier: Annotated[
        str,
        one_of(tuple(Tier), "replication needs the Essentials or Plus plan and Cognito refuses it on Lite"),
    ] = Tier.ESSENTIALS
    issuer: Annotated[str, one_of(tuple(Issuer), "Cognito has these two kinds of issuer")] = Issuer.UPDATED
    mfa: Annotated[
        str,
        held(
            lambda value: value == "OFF",
            'must be "OFF", because the only second factor without e-mail or SMS settings is TOTP, which does not work '
            'in the secondary Region. Set it to "OFF".',
        ),
    ] = "OFF"
    password_policy: PasswordPolicy = PasswordPolicy()
    self_sign_up: bool = False
    attributes: Mapping[str, CustomAttribute] = Field(default_factory=dict)
    adopted: Mapping[str, Any] = Field(default_factory=dict)
