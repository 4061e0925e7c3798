"""When two redirect URIs are the same, and when one is fit for a user pool client.

Cognito compares the URI of a request with the registered one; scheme and host have no case and a default
port says nothing, while path case and a trailing slash are significant.
Source: docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html, RFC 3986 6.2
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

PORTS: Final = {"https": 443, "http": 80}
LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}
DANGEROUS: Final = {"javascript", "data", "file", "vbscript", "blob", "about", "ftp", "ws", "wss"}
UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]")
SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def normalised(uri: str) -> str:
    """One spelling for all spellings that mean the same. What is no URI stays as it is."""
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return uri
    if not parts.scheme or not parts.hostname:
        return _percent(uri)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    user = parts.netloc.rpartition("@")[0]
    netloc = (f"{user}@" if user else "") + host
    if port is not None and port != PORTS.get(parts.scheme):
        netloc += f":{port}"
    rest = parts._replace(netloc=netloc, path=_percent(parts.path), query=_percent(parts.query))
    return rest.geturl()


def fault(uri: str) -> str | None:
    """What makes a URI unfit to receive an authorization code, or None."""
    if "*" in uri:
        return "a wildcard"
    if not SCHEME.match(uri) or re.search(r"[\s\\]", uri):
        return "no absolute URI"
    try:
        parts = urlsplit(uri)
        parts.port  # noqa: B018 - raises when the port is no number
    except ValueError:
        return "no absolute URI"
    if "#" in uri:
        return "a fragment"
    return _unfit_authority(parts)


def _unfit_authority(parts: SplitResult) -> str | None:
    if parts.scheme in DANGEROUS:
        return f"scheme {parts.scheme}"
    if parts.scheme not in PORTS:
        return None  # a native application's own scheme
    if not parts.hostname:
        return "no absolute URI"
    if "@" in parts.netloc:
        return "a user name"
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return "http outside loopback"
    return None


def _percent(text: str) -> str:
    """Decode what needs no encoding, and write the rest in capitals."""

    def one(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if UNRESERVED.fullmatch(char) else match[0].upper()

    return re.sub(r"%([0-9A-Fa-f]{2})", one, text)
