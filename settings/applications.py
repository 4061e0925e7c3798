"""Settings of applications: one redirect set each, and the app clients that share it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from settings.values import Strict, between, held, one_of

NOT_EMPTY = held(bool, "must name at least one, because the authorization code flow redirects to one. Add it.")
WRITE_LIST = held(
    lambda names: names is None or bool(names),
    "must name at least one attribute, because Cognito reads an empty list as its default, which is every standard "
    "attribute. Name the attributes, or leave the key out to mean the default.",
)


class ClientKind(StrEnum):
    """Whether a client can keep a secret."""

    WEB = "web"
    NATIVE = "native"


class SignInFlow(StrEnum):
    """How a client signs users in through the API, beside managed login."""

    SRP = "srp"
    PASSWORD = "password"  # noqa: S105 the name of a flow


class Client(Strict):
    """An app client: `web` is confidential and has a secret, `native` is public. Times have their unit in the name."""

    kind: Annotated[str, one_of(tuple(ClientKind), "a client either can keep a secret or cannot")]
    sign_in: tuple[Annotated[str, one_of(tuple(SignInFlow), "Cognito signs in by these")], ...] = (SignInFlow.SRP,)
    read_attributes: Annotated[tuple[str, ...] | None, WRITE_LIST] = None
    write_attributes: Annotated[tuple[str, ...] | None, WRITE_LIST] = None
    access_token_minutes: Annotated[int, between(5, 1440, "Cognito allows 5 minutes to a day")] = 60
    id_token_minutes: Annotated[int, between(5, 1440, "Cognito allows 5 minutes to a day")] = 60
    refresh_token_days: Annotated[int, between(1, 3650, "Cognito allows a day to ten years")] = 30


class Application(Strict):
    """What users know as one application, whatever the number of its clients.

    `identity_providers` sign its users in beside the pool itself.
    """

    callback_urls: Annotated[tuple[str, ...], NOT_EMPTY]
    logout_urls: tuple[str, ...] = ()
    scopes: Annotated[tuple[str, ...], NOT_EMPTY] = ("openid",)
    identity_providers: tuple[str, ...] = ()
    clients: Annotated[
        Mapping[str, Client],
        held(bool, "must name at least one client, because users sign in through a client. Add one."),
    ] = Field()
