"""Which issuer a user pool's tokens name, and who speaks of that pool.

Issuer hosts carry the primary's Region, which the pool's ID begins with, in both Regions.
Source: docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
"""

from __future__ import annotations

import re
from typing import Any, Final

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from .types import PLATFORM

HOSTS: Final = {"ORIGINAL": "cognito-idp", "UPDATED": "issuer-cognito-idp"}
COGNITO: Final = re.compile(r"https?://(?P<host>(?:issuer-)?cognito-idp)\.", re.I)


def issuer_kind(pool: Resource) -> str | Mark:
    """ORIGINAL, which is what a pool without the setting has, or UPDATED."""
    kind = pool.get("issuerConfiguration.type")
    if kind is MISSING:
        return "ORIGINAL"
    return kind if isinstance(kind, str) and kind in HOSTS else UNKNOWN


def pool_id(stack: StackFacts, pool: Resource) -> str | Mark:
    """The pool's ID, else the one that the stack file expects."""
    expected = [platform.get("expectedPoolId") for platform in stack.of_type(PLATFORM)]
    return next((one for one in (pool.get("userPoolId"), *expected) if isinstance(one, str)), UNKNOWN)


def own_issuers(stack: StackFacts, pool: Resource) -> list[str]:
    """The issuers that the pool's tokens may name as far as its settings are known; empty without its ID."""
    known, kind = pool_id(stack, pool), issuer_kind(pool)
    if not isinstance(known, str):
        return []
    region = known.partition("_")[0]
    hosts = [host for of, host in HOSTS.items() if kind in (of, UNKNOWN)]
    return [f"https://{host}.{region}.amazonaws.com/{known}" for host in hosts]


def names_pool(stack: StackFacts, resource: Resource, prop: str, arn: Any, pool: Resource) -> bool | Mark:
    """Whether an ARN is the pool's: by its ID where both are known, else by where the value comes from."""
    known = pool_id(stack, pool)
    if isinstance(arn, str) and isinstance(known, str):
        return arn.endswith(f"/{known}")
    return True if pool in stack.sources(resource, prop) else UNKNOWN
