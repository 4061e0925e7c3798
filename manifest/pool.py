"""The pool's part of the manifest: what exists from the first phase on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PoolFacts:
    """The user pool: one ID, an ARN by Region."""

    id: str
    arns: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Regions:
    """Where the pool lives and where its replica does."""

    primary: str
    secondary: str


@dataclass(frozen=True, kw_only=True)
class ClientFacts:
    """An app client; `kind` is web (it has a secret) or native."""

    id: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class ApplicationFacts:
    """An application's one redirect set and the clients that share it."""

    callback_urls: tuple[str, ...]
    logout_urls: tuple[str, ...]
    clients: Mapping[str, ClientFacts]


@dataclass(frozen=True, kw_only=True)
class TriggerFacts:
    """A trigger in one Region: what Cognito calls, the version behind it, what its twin must share."""

    alias_arn: str
    version: str
    fingerprint: str
