"""Rules on the claims that the pre token generation trigger adds.

Source: docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html (claims that
cannot be changed); API reference, CreateUserPoolClient, WriteAttributes (its default).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from settings.errors import Problem
from settings.look import at, clients, entries

STANDARD_ATTRIBUTES = frozenset(
    [
        "address",
        "birthdate",
        "email",
        "family_name",
        "gender",
        "given_name",
        "locale",
        "middle_name",
        "name",
        "nickname",
        "phone_number",
        "picture",
        "preferred_username",
        "profile",
        "updated_at",
        "website",
        "zoneinfo",
    ]
)
"""What a client may write when its list is absent."""

RESERVED_CLAIMS = frozenset(
    [
        "acr",
        "amr",
        "at_hash",
        "aud",
        "auth_time",
        "azp",
        "client_id",
        "exp",
        "iat",
        "iss",
        "jti",
        "nbf",
        "nonce",
        "origin_jti",
        "s_hash",
        "scope",
        "sub",
        "token_use",
        "username",
        "version",
        "device_key",
        "event_id",
        "cognito:username",
        "identities",
        "email_verified",
        "phone_number_verified",
    ]
)


def broken(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Every claim that Cognito would drop or a user could forge."""
    yield from _names(values)
    yield from _sources(values)
    yield from _writable(values)


def _names(values: Mapping[str, Any]) -> Iterator[Problem]:
    named = [
        (("claims", "attributes", attribute), claim) for attribute, claim in entries(values, "claims", "attributes")
    ]
    named += [(("claims", "groups", "claim"), at(values, "claims", "groups", "claim"))]
    seen: set[str] = set()
    for path, claim in named:
        if not isinstance(claim, str):
            continue  # the type check's
        if not claim.strip() or not claim.isprintable():
            rule = "must be a name that can be read, because applications look the claim up by it. Set one."
            yield Problem(path=path, found=claim, rule=rule)
        elif claim in RESERVED_CLAIMS or claim.startswith(("cognito:", "dev:")):
            rule = "must be another name, because Cognito sets this claim itself. Choose a name of your own."
            yield Problem(path=path, found=claim, rule=rule)
        elif claim in seen:
            rule = "must be a claim of its own, because two sources would overwrite each other. Rename one."
            yield Problem(path=path, found=claim, rule=rule)
        seen.add(claim)


def _sources(values: Mapping[str, Any]) -> Iterator[Problem]:
    custom = {f"custom:{name}" for name, _ in entries(values, "pool", "attributes")}
    for attribute, _ in entries(values, "claims", "attributes"):
        if attribute not in STANDARD_ATTRIBUTES | custom | {"sub"}:
            rule = (
                "must be an attribute of the pool, because the claim would always be missing. "
                "Declare it under pool.attributes or mend its spelling."
            )
            yield Problem(path=("claims", "attributes"), found=attribute, rule=rule)
    groups = {name for name, _ in entries(values, "groups")}
    for group, _ in entries(values, "claims", "groups", "names"):
        if group not in groups:
            rule = "must be a declared group, because nobody can be in another. Declare it under groups."
            yield Problem(path=("claims", "groups", "names"), found=group, rule=rule)


def _writable(values: Mapping[str, Any]) -> Iterator[Problem]:
    claimed = {attribute for attribute, _ in entries(values, "claims", "attributes")}
    for application, name, client in clients(values):
        written = at(client, "writeAttributes")
        path = ("applications", application, "clients", name, "writeAttributes")
        if written is None and (forgeable := sorted(claimed & STANDARD_ATTRIBUTES)):
            rule = (
                f"must be set without {', '.join(forgeable)}, because an absent list lets users write every standard "
                "attribute and so forge the claim. List the attributes that this client needs."
            )
            yield Problem(path=path, found="absent", rule=rule)
        elif isinstance(written, (list, tuple)) and (forgeable := sorted(claimed & set(map(str, written)))):
            rule = (
                f"must not hold {', '.join(forgeable)}, because users of this client could forge the claim that it "
                "feeds. Remove it from the list or from claims.attributes."
            )
            yield Problem(path=path, found=list(written), rule=rule)
