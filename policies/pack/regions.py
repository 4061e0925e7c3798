"""The stack's two Regions, as its components publish them, and the Region of a certificate."""

from __future__ import annotations

import re
from typing import Any, Final

from .facts import UNKNOWN, Mark, Resource, StackFacts
from .types import CERTIFICATES, KEY_PAIR, PLATFORM, POOL, POOL_COMPONENT, REPLICA_COMPONENT, VALIDATION

_PUBLISHED: Final = (
    (PLATFORM, "primaryRegion"),
    (REPLICA_COMPONENT, "primaryRegion"),
    (KEY_PAIR, "regions.primary"),
    (POOL_COMPONENT, "region"),
)
_ARN: Final = re.compile(r"arn:aws[a-z-]*:(?:acm|iam):(?P<region>[a-z0-9-]*):\d{12}:(?:server-)?certificate/.+", re.S)


def primary_region(stack: StackFacts) -> str | Mark:
    """Where the pool is made: its provider's Region, else what the components say as one."""
    found = {region for pool in stack.of_type(POOL) if isinstance(region := stack.region(pool), str)}
    if not found:
        values = [one.get(path) for kind, path in _PUBLISHED for one in stack.of_type(kind)]
        found = {value for value in values if isinstance(value, str)}
    return found.pop() if len(found) == 1 else UNKNOWN


def certificate_region(stack: StackFacts, holder: Resource, path: str, arn: Any) -> str | Mark:
    """The Region of the certificate that a property names: from its ARN, else from where it comes."""
    if isinstance(arn, str):
        return _of_arn(arn)
    sources = stack.sources(holder, path.split(".")[0])
    return _one({_made_in(stack, one) for one in sources if one.type in (*CERTIFICATES, VALIDATION)})


def _made_in(stack: StackFacts, source: Resource) -> str | Mark:
    """A certificate's own Region. A validation makes none: it hands on the ARN of the one that it waits for.

    Source: www.pulumi.com/registry/packages/aws/api-docs/acm/certificatevalidation
    """
    if source.type != VALIDATION:
        return stack.region(source)
    arn = source.get("certificateArn")
    if isinstance(arn, str):
        return _of_arn(arn)
    return _one({stack.region(one) for one in stack.sources(source, "certificateArn") if one.type in CERTIFICATES})


def _one(regions: set[str | Mark]) -> str | Mark:
    return regions.pop() if len(regions) == 1 else UNKNOWN


def _of_arn(arn: str) -> str:
    match = _ARN.fullmatch(arn)
    return match["region"] or "no Region" if match else f"no certificate: {arn!r}"
