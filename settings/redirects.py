"""Rules on redirect and logout URIs of applications.

Source: docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html (callback URLs).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from settings.errors import Problem
from settings.look import at, entries, texts

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")


def broken(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Every URI that Cognito or this program refuses."""
    for name, application in entries(values, "applications"):
        native_only = all(at(client, "kind") == "native" for _, client in entries(application, "clients"))
        for key in ("callbackUrls", "logoutUrls"):
            seen: set[str] = set()
            for place, uri in texts(application, key):
                rule = "must not be listed twice, because one entry is enough. Remove one." if uri in seen else None
                seen.add(uri)
                if rule := rule or refusal(uri, native_only=native_only):
                    yield Problem(path=("applications", name, key, place), found=uri, rule=rule)


def refusal(uri: str, *, native_only: bool) -> str | None:
    """Why a URI is refused, with the mend; None when it is fine."""
    if "*" in uri:
        return "must not hold a wildcard, because Cognito compares redirect URIs exactly. Name each URI."
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:
        return "must be a URI, because users are sent there. Set one such as https://shop.example.com/callback."
    if not SCHEME.fullmatch(parts.scheme) or not (host or parts.scheme not in ("http", "https")):
        return "must be an absolute URI, because users are sent there. Set one with scheme and host."
    if parts.fragment or uri.endswith("#"):
        return "must not have a fragment, because Cognito refuses it. Remove what begins with '#'."
    if parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK):
        return None
    if parts.scheme == "http":
        return "must be https, because anybody on the way can read a code sent over http. Set an https URI."
    if native_only:
        return None
    return (
        "must be https, because this application has a web client and all its clients share one redirect set. "
        "Make the native clients an application of their own, or set an https URI."
    )
