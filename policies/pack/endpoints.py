"""A cluster's endpoints: five, each in a Region of its own, without which nobody reaches a routing control.

Source: docs.aws.amazon.com/r53recovery/latest/dg/route53-arc-best-practices.regional.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from .facts import UNKNOWN

ENDPOINTS: Final = 5
URL: Final = re.compile(r"https://[^/:@\s]+(:\d+)?(/\S*)?")
LOOPBACK: Final = re.compile(r"http://127\.0\.0\.1(:\d+)?(/\S*)?")
"""Where a stack that is deployed to one machine has its five."""


def unknown(endpoints: Any) -> bool:
    """Whether any part of them is not known."""
    if isinstance(endpoints, list | tuple):
        return any(one is UNKNOWN or (isinstance(one, Mapping) and UNKNOWN in one.values()) for one in endpoints)
    return endpoints is UNKNOWN


def five(endpoints: Any, *, loopback: bool) -> bool:
    """Whether they are the https URLs of five Regions, or also of this machine."""
    whole = isinstance(endpoints, list | tuple) and len(endpoints) == ENDPOINTS
    return whole and all(len(found) == ENDPOINTS for found in _parts(endpoints, loopback=loopback))


def described(endpoints: Any) -> str:
    """What there is instead, in few words."""
    if not isinstance(endpoints, list | tuple):
        return "none"
    regions, urls = _parts(endpoints, loopback=False)
    return f"{len(endpoints)}, with {len(urls)} https URLs and {len(regions)} Regions"


def _parts(endpoints: Sequence[Any], *, loopback: bool) -> tuple[set[str], set[str]]:
    """The different Regions and the different URLs that will do."""
    pairs = [(one.get("region"), one.get("endpoint")) for one in endpoints if isinstance(one, Mapping)]
    regions = {region for region, _ in pairs if isinstance(region, str) and region}
    forms = (URL, LOOPBACK) if loopback else (URL,)
    return regions, {url for _, url in pairs if isinstance(url, str) and any(form.fullmatch(url) for form in forms)}
