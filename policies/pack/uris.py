"""When two redirect URIs are the same, and when one is fit for a user pool client.

Cognito compares the URI of a request with the registered one; scheme and host have no case, a default port
says nothing, and what is not ASCII means its encoding, while path case, a trailing slash and an empty query
are significant.
Source: docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html,
RFC 3986 6.2, RFC 3987 3.1
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

LISTS: Final = ("callbackUrls", "logoutUrls")
"""Where an application and its clients have them."""
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
    if not parts.scheme:
        return _percent(uri)
    if not parts.hostname:
        return f"{parts.scheme}:{_percent(uri.partition(':')[2])}"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else _ascii(parts.hostname)
    user = parts.netloc.rpartition("@")[0]
    netloc = (f"{user}@" if user else "") + host
    if port is not None and port != PORTS.get(parts.scheme):
        netloc += f":{port}"
    query = f"?{parts.query}" if "?" in uri.partition("#")[0] else ""
    fragment = f"#{parts.fragment}" if "#" in uri else ""
    return f"{parts.scheme}://{netloc}{_percent(parts.path + query + fragment)}"


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


def _ascii(host: str) -> str:
    """An internationalised host in punycode, label by label; a label that would not come back stays as it is."""

    def one(label: str) -> str:
        try:
            encoded = label.encode("idna")
            return encoded.decode("ascii") if encoded.decode("idna") == label else label
        except UnicodeError:
            return label

    return ".".join(map(one, host.split(".")))


def _percent(text: str) -> str:
    """Decode what needs no encoding, write the rest in capitals, and encode what is not ASCII."""

    def one(match: re.Match[str]) -> str:
        if not match[1]:
            return quote(match[0], errors="surrogatepass")
        char = chr(int(match[1], 16))
        return char if UNRESERVED.fullmatch(char) else match[0].upper()

    return re.sub(r"%([0-9A-Fa-f]{2})|[^\x00-\x7f]", one, text)
