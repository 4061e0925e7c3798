"""Rules on identity providers and on the applications whose users they sign in.

Source: docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-specifying-attribute-mapping.html (mapped
attributes must be mutable and writable for the client); API reference, CreateIdentityProvider (names, details).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from settings.claim_rules import STANDARD_ATTRIBUTES
from settings.errors import MISSING, Path, Problem
from settings.look import at, clients, entries, texts
from settings.redirects import faults

OF_KIND = {"SAML": ("metadataUrl",), "OIDC": ("issuer", "clientId")}
"""What a provider of each kind must have; the same and these two are refused for the other."""
OPTIONAL = {"SAML": ("singleSignOut",), "OIDC": ("scopes",)}
VERIFIED = frozenset({"email_verified", "phone_number_verified"})
"""Attributes that a provider may fill and no client may write."""


def broken(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Every provider that Cognito would refuse, and every sign-in that would fail at its attributes."""
    for name, provider in entries(values, "identityProviders"):
        yield from _name(name)
        yield from _details(("identityProviders", name), provider)
        yield from _attributes(name, provider, values)
        uris = texts(provider, "registeredUris")
        yield from faults(("identityProviders", name, "registeredUris"), uris, native_only=False)
    yield from _secrets(values)
    yield from _accepted(values)
    yield from _writable(values)


def _name(name: str) -> Iterator[Problem]:
    if not re.fullmatch(r"[A-Za-z0-9-]{3,32}", name) or name.upper() == "COGNITO":
        rule = "must be 3 to 32 letters, digits or dashes and not COGNITO, which is the pool's own. Rename it."
        yield Problem(path=("identityProviders",), found=name, rule=rule)


def _details(path: Path, provider: Any) -> Iterator[Problem]:
    kind = at(provider, "kind")
    if kind not in OF_KIND:
        return  # the type check's
    for key in OF_KIND[kind]:
        if at(provider, key) is None:
            rule = f"must be set, because Cognito needs it for a provider of kind {kind}. Add the key."
            yield Problem(path=(*path, key), found=MISSING, rule=rule)
    foreign = [key for other in OF_KIND if other != kind for key in (*OF_KIND[other], *OPTIONAL[other])]
    for key in foreign:
        if at(provider, key) is not None:
            rule = f"must not be there, because a provider of kind {kind} has none. Remove it or mend the kind."
            yield Problem(path=(*path, key), found=at(provider, key), rule=rule)
    for key in ("metadataUrl", "issuer"):
        if isinstance(url := at(provider, key), str) and not _https(url):
            rule = "must be an https URL, because Cognito trusts what it reads there. Set the provider's own."
            yield Problem(path=(*path, key), found=url, rule=rule)


def _https(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


def _attributes(name: str, provider: Any, values: Mapping[str, Any]) -> Iterator[Problem]:
    custom = {f"custom:{key}": about for key, about in entries(values, "pool", "attributes")}
    claimed = {attribute for attribute, _ in entries(values, "claims", "attributes")}
    for attribute, _ in entries(provider, "attributes"):
        rule = None
        if attribute not in STANDARD_ATTRIBUTES | VERIFIED | custom.keys():
            rule = "must be an attribute of the pool, because Cognito maps to no other. Declare it or mend it."
        elif at(custom.get(attribute), "mutable") is False:
            rule = "must be mutable, because Cognito writes it at every sign-in. Map another attribute."
        elif attribute in claimed:
            rule = (
                "must not feed a claim, because clients must be allowed to write what a provider fills, so users could "
                "forge the claim. Remove it here or from claims.attributes."
            )
        if rule:
            yield Problem(path=("identityProviders", name, "attributes"), found=attribute, rule=rule)


def _secrets(values: Mapping[str, Any]) -> Iterator[Problem]:
    with_client = {name for name, about in entries(values, "identityProviders") if at(about, "kind") == "OIDC"}
    known = {name for name, _ in entries(values, "identityProviderSecrets")}
    for name in sorted(with_client - known):
        rule = (
            "must be set, because Cognito redeems the provider's codes with its client's secret. Run `pulumi config "
            f"set --secret --path 'cognito-dr:identityProviderSecrets.{name}'` and type the secret."
        )
        yield Problem(path=("identityProviderSecrets", name), found=MISSING, rule=rule)
    for name in sorted(known - with_client):
        rule = "must be an identity provider of kind OIDC, because no other has a secret. Remove it or mend its name."
        yield Problem(path=("identityProviderSecrets",), found=name, rule=rule)


def _accepted(values: Mapping[str, Any]) -> Iterator[Problem]:
    known = {name for name, _ in entries(values, "identityProviders")}
    for name, application in entries(values, "applications"):
        seen: set[str] = set()
        for place, provider in texts(application, "identityProviders"):
            path = ("applications", name, "identityProviders", place)
            if provider not in known:
                rule = (
                    "must be declared under identityProviders, because Cognito refuses others. Declare it or mend it."
                )
                yield Problem(path=path, found=provider, rule=rule)
            elif provider in seen:
                yield Problem(path=path, found=provider, rule="must not be listed twice. Remove one.")
            seen.add(provider)


def _writable(values: Mapping[str, Any]) -> Iterator[Problem]:
    for application, name, client in clients(values):
        written = at(client, "writeAttributes")
        allowed = STANDARD_ATTRIBUTES if written is None else {text for _, text in texts(client, "writeAttributes")}
        filled = {
            attribute
            for _, provider in texts(values, "applications", application, "identityProviders")
            for attribute, _ in entries(values, "identityProviders", provider, "attributes")
        }
        if lacking := sorted(filled - VERIFIED - allowed):
            rule = (
                f"must hold {', '.join(lacking)}, because a sign-in fails when its client may not write what the "
                "provider fills. List every attribute that the client's users and providers write."
            )
            path = ("applications", application, "clients", name, "writeAttributes")
            yield Problem(path=path, found="absent" if written is None else list(written), rule=rule)
