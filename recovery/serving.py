"""The Region that `serving.` names: the hint that SDK callers follow."""

from __future__ import annotations

import re

from recovery.names import NoAnswerError, Resolver

_ENDPOINT = re.compile(r"cognito-idp(?:-fips)?\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?")


def region_of(target: str) -> str:
    """The Region in the name of a Cognito endpoint. Raises NoAnswerError for any other name."""
    found = _ENDPOINT.fullmatch(target.lower().rstrip("."))
    if found is None:
        raise NoAnswerError(f"{target} is no Cognito endpoint")
    return found["region"]


async def serving_region(resolver: Resolver, name: str) -> str:
    """Where `serving.` points now. Raises NoAnswerError."""
    (target, *_) = await resolver.values(name, "CNAME")
    return region_of(target)
