"""Rules on redirect and logout URIs of applications.

Source: docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html (callback URLs).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from settings.errors import Path, Problem
from settings.look import at, entries, texts

LOOPBACK = ("localhost", "127.0.0.1", "::1")
PORTS = {"https": 443, "http": 80}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")
LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
HOST = re.compile(rf"(?=.{{1,253}}$)(?:{LABEL}\.)*{LABEL}|[0-9a-f.:]*:[0-9a-f.:]*")
"""A host name, or an IPv6 address without its brackets."""
ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def broken(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Every URI that Cognito or this program refuses."""
    for name, application in entries(values, "applications"):
        native_only = all(at(client, "kind") == "native" for _, client in entries(application, "clients"))
        for key in ("callbackUrls", "logoutUrls"):
            refused = partial(refusal, native_only=native_only)
            yield from faults(("applications", name, key), texts(application, key), refused)


def faults(path: Path, uris: Iterable[tuple[int, str]], refused: Callable[[str], str | None]) -> Iterator[Problem]:
    """Every URI of one list that is refused or there twice; `uris` have their places, `refused` says why or None."""
    seen: set[str] = set()
    for place, uri in uris:
        rule = refused(uri)
        if normalised(uri) in seen:
            rule = "must not be listed twice, in whatever spelling, because one entry is enough. Remove one."
        seen.add(normalised(uri))
        if rule:
            yield Problem(path=(*path, place), found=uri, rule=rule)


def normalised(uri: str) -> str:
    """One spelling for all that mean the same: no case in scheme and host, no default port, no needless escapes."""
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return uri
    authority = parts.netloc.lower()
    if parts.hostname and (port is None or port == PORTS.get(parts.scheme)):
        authority = re.sub(r":\d*$", "", authority)
    whole = parts._replace(netloc=authority).geturl()
    return ESCAPE.sub(lambda found: quote(unquote(found[0], "latin-1"), safe="", encoding="latin-1"), whole)


def refusal(uri: str, *, native_only: bool) -> str | None:
    """Why a URI is refused, with the mend; None when it is fine."""
    if "*" in uri:
        return "must not hold a wildcard, because Cognito compares redirect URIs exactly. Name each URI."
    if not uri.isprintable() or re.search(r"[\s\\]", uri):
        return "must not hold spaces, backslashes or control characters, because no URI does. Encode or remove them."
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return "must be a URI, because users are sent there. Set one such as https://shop.example.com/callback."
    if not SCHEME.fullmatch(parts.scheme) or not (parts.hostname or parts.scheme not in PORTS):
        return "must be an absolute URI, because users are sent there. Set one with scheme and host."
    if "#" in uri:
        return "must not have a fragment, because Cognito refuses it. Remove what begins with '#'."
    if port == 0:
        return "must not have port 0, because nobody can be sent there. Set the port or leave it out."
    return _unfit_place(parts) or _unfit_scheme(parts, native_only=native_only)


def _unfit_place(parts: SplitResult) -> str | None:
    if "@" in parts.netloc:
        return "must not have a user name, because it hides which host gets the code. Remove what is before '@'."
    if parts.scheme in PORTS and not HOST.fullmatch(parts.hostname or ""):
        return "must have a host name such as shop.example.com, because users are sent there. Mend the host."
    return None


def _unfit_scheme(parts: SplitResult, *, native_only: bool) -> str | None:
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return None
    if parts.scheme == "http":
        return "must be https, because anybody on the way can read a code sent over http. Set an https URI."
    if native_only:
        return None
    return (
        "must be https, because this application has a web client and all its clients share one redirect set. "
        "Make the native clients an application of their own, or set an https URI."
    )
