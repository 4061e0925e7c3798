"""Rules on what Cognito has to know of an identity provider of each kind.

Source: API reference, CreateIdentityProvider, ProviderDetails; OpenID Connect Core 1.0, 3.1.2.1 (scope) and 2 (issuer).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from settings.errors import MISSING, Path, Problem
from settings.look import at, texts
from settings.redirects import refusal

NEEDED = {
    "SAML": ("metadataUrl",),
    "OIDC": ("issuer", "clientId"),
    "Google": ("clientId", "scopes"),
    "Facebook": ("clientId", "scopes"),
    "LoginWithAmazon": ("clientId", "scopes"),
    "SignInWithApple": ("clientId", "teamId", "keyId", "scopes"),
}
"""What a provider of each kind must have."""
OPTIONAL = {"SAML": ("singleSignOut",), "OIDC": ("scopes",)}
"""What a provider of a kind may have besides. Anything else is another kind's."""
EVERY = sorted({key for keys in (*NEEDED.values(), *OPTIONAL.values()) for key in keys})
URLS, NAMES = ("metadataUrl", "issuer"), ("clientId", "teamId", "keyId")
SCOPE = re.compile(r"[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+")
"""RFC 6749 3.3, without the comma, which parts Facebook's."""


def kind_of(provider: Any) -> str | None:
    """A provider's kind; None for one that Cognito does not know, which is the type check's."""
    kind = at(provider, "kind")
    return kind if isinstance(kind, str) and kind in NEEDED else None


def broken_details(path: Path, provider: Any) -> Iterator[Problem]:
    """Keys that lack or are another kind's, and values that no provider could have."""
    kind = kind_of(provider)
    if kind is None:
        return
    own = (*NEEDED[kind], *OPTIONAL.get(kind, ()))
    for key in EVERY:
        found = at(provider, key)
        if found is None and key in NEEDED[kind]:
            rule = f"must be set, because Cognito needs it for a provider of kind {kind}. Add the key."
            yield Problem(path=(*path, key), found=MISSING, rule=rule)
        elif found is not None and key not in own:
            rule = f"must not be there, because a provider of kind {kind} has none. Remove it or mend the kind."
            yield Problem(path=(*path, key), found=found, rule=rule)
        elif key in URLS and isinstance(found, str) and (rule := _unfit_url(key, found)):
            yield Problem(path=(*path, key), found=found, rule=rule)
        elif key in NAMES and isinstance(found, str) and not re.fullmatch(r"\S+", found):
            rule = "must be what the provider calls the client, because it knows no blank one. Copy it from there."
            yield Problem(path=(*path, key), found=found, rule=rule)
    yield from _scopes((*path, "scopes"), provider, kind)


def _unfit_url(key: str, url: str) -> str | None:
    why = "must be an https URL, because Cognito trusts what it reads there. Set the provider's own."
    if not url.startswith("https://") or refusal(url, native_only=False):
        return why
    if key == "issuer" and ("?" in url or url.endswith("/.well-known/openid-configuration")):
        return "must be the issuer alone, because Cognito adds the discovery path itself. Cut it off."
    return None


def _scopes(path: Path, provider: Any, kind: str) -> Iterator[Problem]:
    given = at(provider, "scopes")
    if isinstance(given, (list, tuple)) and kind == "OIDC" and "openid" not in given:
        rule = "must hold openid, because without it the provider sends no ID token. Add it."
        yield Problem(path=path, found=list(given), rule=rule)
    elif given in ([], ()):
        rule = "must name at least one, because the provider tells nothing without. Add what it calls them."
        yield Problem(path=path, found=[], rule=rule)
    for place, scope in texts(provider, "scopes"):
        if not SCOPE.fullmatch(scope):
            rule = "must be one scope without spaces and commas, because the list parts them. Split or mend it."
            yield Problem(path=(*path, place), found=scope, rule=rule)
