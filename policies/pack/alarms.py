"""What a CloudWatch alarm watches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from .references import identities

ROUTE_53 = "AWS/Route53"


def region_bound(alarm: Resource) -> bool:
    """Whether the metric exists in us-east-1 only, as Route 53's do, so that no other Region could have the alarm."""
    return alarm.get("namespace") == ROUTE_53


def watches(stack: StackFacts, alarm: Resource, check: Resource) -> bool | Mark:
    """Whether the alarm is on the status of this health check, by ID, else by where its dimension comes from."""
    expected = {"namespace": ROUTE_53, "metricName": "HealthCheckStatus"}
    found = {key: alarm.get(key) for key in expected}
    if any(value is not UNKNOWN and value != expected[key] for key, value in found.items()):
        return False
    watched = _dimension(alarm.get("dimensions"))
    if isinstance(watched, str) and (names := identities(check)):
        same: bool | Mark = watched in names
    elif watched is MISSING:
        same = False  # known, and of something else, wherever its values come from
    else:
        sources = stack.sources(alarm, "dimensions")
        same = (check in sources) if sources else UNKNOWN
    return UNKNOWN if same is True and UNKNOWN in found.values() else same


def _dimension(dimensions: Any) -> Any:
    """The health check's ID: dimensions are an object in the classic provider, a list of pairs in the other."""
    if isinstance(dimensions, list | tuple):
        pairs = [pair for pair in dimensions if isinstance(pair, Mapping)]
        dimensions = {str(pair.get("name")): pair.get("value") for pair in pairs}
    return dimensions.get("HealthCheckId", MISSING) if isinstance(dimensions, Mapping) else UNKNOWN
