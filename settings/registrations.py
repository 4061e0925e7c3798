"""Rules on what is registered at an identity provider: the pool takes its answers at few places.

Source: docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from settings.errors import Path, Problem
from settings.look import at, texts
from settings.redirects import faults, normalised, refusal

SAML = ("/saml2/idpresponse", "/saml2/logout")
CODE = ("/oauth2/idpresponse",)
BY_PREFIX = ".amazoncognito.com"


def broken(path: Path, provider: Any, auth: Any) -> Iterator[Problem]:
    """Every registered URI at which the pool takes no answer; `auth` is its domain, if the stack file has one."""
    answers = SAML if at(provider, "kind") == "SAML" else CODE
    host = auth if isinstance(auth, str) else "<domains.auth>"
    rule = (
        f"must be https://{host}{answers[0]}, because the pool takes the provider's answers there. Mend it, or "
        "name it under alsoRegistered if it is another stack's or a name that comes or goes."
    )
    own, others = (((*path, key), texts(provider, key)) for key in ("registeredUris", "alsoRegistered"))
    yield from faults(*own, lambda uri: None if _taken(uri, answers, auth) else rule)
    yield from faults(*others, partial(refusal, native_only=True))


def _taken(uri: str, answers: tuple[str, ...], auth: Any) -> bool:
    try:
        parts = urlsplit(normalised(uri))
    except ValueError:
        return False
    host = parts.netloc
    named = host == auth.lower() if isinstance(auth, str) else bool(host)
    whole = parts.scheme == "https" and not (parts.query or parts.fragment)
    return whole and parts.path in answers and (named or host.endswith(BY_PREFIX))
