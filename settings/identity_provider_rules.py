"""Rules on identity providers and on the applications whose users they sign in.

Source: docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-specifying-attribute-mapping.html (mapped
attributes must be mutable and writable for the client); API reference, CreateIdentityProvider (names).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from settings import registrations
from settings.claim_rules import STANDARD_ATTRIBUTES
from settings.errors import MISSING, Problem
from settings.identity_providers import ProviderKind
from settings.look import at, clients, entries, texts
from settings.provider_details import broken_details, kind_of

NAME = re.compile(r"[^_\s]\S[^_\s]{1,30}")
SOCIAL = frozenset(ProviderKind) - {ProviderKind.SAML, ProviderKind.OIDC}
BY_COGNITO = frozenset({"username", "email_verified", "phone_number_verified"})
"""What a provider may fill and no client need be allowed to write."""


def broken(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Every provider that Cognito would refuse, and every sign-in that would fail at its attributes."""
    for name, provider in entries(values, "identityProviders"):
        yield from _name(name, kind_of(provider))
        yield from broken_details(("identityProviders", name), provider)
        yield from _attributes(name, provider, values)
        yield from registrations.broken(("identityProviders", name), provider, at(values, "domains", "auth"))
    yield from _secrets(values)
    yield from _accepted(values)
    yield from _writable(values)


def _name(name: str, kind: str | None) -> Iterator[Problem]:
    rule = None
    if not NAME.fullmatch(name) or not name.isprintable() or name.upper() == "COGNITO":
        rule = (
            "must be 3 to 32 characters without space and underscore and not COGNITO, because Cognito takes no other "
            "name. Rename it."
        )
    elif kind in SOCIAL and name != kind:
        rule = f"must be {kind}, because Cognito knows a social provider by the name of its kind. Rename it."
    elif name in SOCIAL and kind is not None and kind != name:
        rule = f"must be another name, because Cognito keeps this one for the kind {name}. Rename it or mend the kind."
    if rule:
        yield Problem(path=("identityProviders",), found=name, rule=rule)


def _attributes(name: str, provider: Any, values: Mapping[str, Any]) -> Iterator[Problem]:
    custom = {f"custom:{key}": about for key, about in entries(values, "pool", "attributes")}
    claimed = {attribute for attribute, _ in entries(values, "claims", "attributes")}
    path = ("identityProviders", name, "attributes")
    for attribute, theirs in entries(provider, "attributes"):
        rule = None
        if attribute not in STANDARD_ATTRIBUTES | BY_COGNITO | custom.keys():
            rule = "must be an attribute of the pool, because Cognito maps to no other. Declare it or mend it."
        elif at(custom.get(attribute), "mutable") is False:
            rule = "must be mutable, because Cognito writes it at every sign-in. Map another attribute."
        elif attribute in claimed:
            rule = (
                "must not feed a claim, because clients must be allowed to write what a provider fills, so users could "
                "forge the claim. Remove it here or from claims.attributes."
            )
        if rule:
            yield Problem(path=path, found=attribute, rule=rule)
        if isinstance(theirs, str) and not theirs.strip():
            rule = "must be the provider's name of the attribute, because nothing could be filled in. Set it."
            yield Problem(path=(*path, attribute), found=theirs, rule=rule)


def _secrets(values: Mapping[str, Any]) -> Iterator[Problem]:
    kinds = {name: kind_of(about) for name, about in entries(values, "identityProviders")}
    known = {name for name, _ in entries(values, "identityProviderSecrets")}
    wanting = {name for name, kind in kinds.items() if kind not in (None, ProviderKind.SAML)}
    for name in sorted(wanting - known):
        rule = (
            "must be set, because Cognito redeems the provider's codes with its client's secret. Run `pulumi config "
            f"set --secret --path 'cognito-dr:identityProviderSecrets.{name}'` and type the secret."
        )
        yield Problem(path=("identityProviderSecrets", name), found=MISSING, rule=rule)
    for name in sorted(known - wanting):
        if kinds.get(name, ProviderKind.SAML) is not None:
            rule = "must be an identity provider with a client, because no other has a secret. Remove it or rename it."
            yield Problem(path=("identityProviderSecrets",), found=name, rule=rule)


def _accepted(values: Mapping[str, Any]) -> Iterator[Problem]:
    known = {name for name, _ in entries(values, "identityProviders")}
    for name, application in entries(values, "applications"):
        seen: set[str] = set()
        for place, provider in texts(application, "identityProviders"):
            rule = None
            if provider == "COGNITO":
                rule = "must not be listed, because the pool's own users may always sign in. Remove it."
            elif provider not in known:
                rule = "must be declared under identityProviders, because Cognito refuses others. Declare or mend it."
            elif provider in seen:
                rule = "must not be listed twice, because one entry is enough. Remove one."
            seen.add(provider)
            if rule:
                yield Problem(path=("applications", name, "identityProviders", place), found=provider, rule=rule)


def _writable(values: Mapping[str, Any]) -> Iterator[Problem]:
    for application, name, client in clients(values):
        written = at(client, "writeAttributes")
        allowed = STANDARD_ATTRIBUTES if written is None else {text for _, text in texts(client, "writeAttributes")}
        filled = {
            attribute
            for _, provider in texts(values, "applications", application, "identityProviders")
            for attribute, _ in entries(values, "identityProviders", provider, "attributes")
        }
        if lacking := sorted(filled - BY_COGNITO - allowed):
            rule = (
                f"must hold {', '.join(lacking)}, because a sign-in fails when its client may not write what the "
                "provider fills. List every attribute that the client's users and providers write."
            )
            path = ("applications", application, "clients", name, "writeAttributes")
            yield Problem(path=path, found="absent" if written is None else list(written), rule=rule)
