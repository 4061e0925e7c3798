"""What a CloudWatch alarm watches, and whether it would tell anybody.

Source: docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html (HealthCheckStatus is 1 or 0, in
us-east-1 alone), docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from .references import identities
from .spelling import number
from .types import COMPOSITE_ALARMS, PLATFORM

ROUTE_53: Final = "AWS/Route53"
METRICS: Final = "us-east-1"
BELOW, AT_MOST = "LessThanThreshold", "LessThanOrEqualToThreshold"
PASSING: Final = ("notBreaching", "ignore")
EARLY: Final = ("foundation", "replication", "domain")
"""The phases in which nobody is called yet."""


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


def deaf(stack: StackFacts, alarm: Resource) -> str | Mark | None:
    """Why nobody would hear of an unhealthy check; UNKNOWN while that is, None when somebody would."""
    faults = [_place(stack, alarm), _comparison(alarm), _silence(alarm), _actions(stack, alarm)]
    known = [fault for fault in faults if isinstance(fault, str)]
    return known[0] if known else UNKNOWN if UNKNOWN in faults else None


def _place(stack: StackFacts, alarm: Resource) -> str | Mark | None:
    region = stack.region(alarm)
    if region == METRICS:
        return None
    return f"an alarm in {region}, where the metric is not" if isinstance(region, str) else UNKNOWN


def _comparison(alarm: Resource) -> str | Mark | None:
    """The status is 1 for healthy and 0 for unhealthy: the alarm has to part these two."""
    operator, threshold = alarm.get("comparisonOperator"), number(alarm.get("threshold"))
    if operator not in (BELOW, AT_MOST, UNKNOWN):
        return f"an alarm that compares by {'nothing' if operator is MISSING else operator}"
    if not isinstance(threshold, int | float):
        return UNKNOWN if threshold is UNKNOWN else "an alarm without a threshold"
    low, high = 0 < threshold <= 1, 0 <= threshold < 1
    if operator is UNKNOWN and (low or high):
        return UNKNOWN
    return None if (low if operator == BELOW else high) else f"an alarm with threshold {threshold:g}"


def _silence(alarm: Resource) -> str | Mark | None:
    """No data is what a check that is gone or disabled gives; left out, the alarm says that it has too little."""
    missing = alarm.get("treatMissingData")
    if missing in PASSING:
        return f"an alarm that takes missing data as {missing}"
    return None if missing is MISSING or isinstance(missing, str) else UNKNOWN


def _actions(stack: StackFacts, alarm: Resource) -> str | Mark | None:
    """Whether it calls anybody, in a phase in which it shall."""
    own = [one for one in stack.ancestors(alarm) if one.type == PLATFORM]
    enabled, phases = alarm.get("actionsEnabled"), [one.get("phase") for one in own or stack.of_type(PLATFORM)]
    if any(phase in EARLY for phase in phases):
        return None
    faults = [_called(stack, alarm), None if enabled in (MISSING, True) else UNKNOWN]
    if enabled is False:
        faults.append("an alarm whose actions are off")
    known = [fault for fault in faults if isinstance(fault, str)]
    if known and UNKNOWN not in phases:
        return known[0]
    return UNKNOWN if known or UNKNOWN in faults else None


def _called(stack: StackFacts, alarm: Resource) -> str | Mark | None:
    """A topic that this update makes has no ARN yet, and is one all the same; a composite alarm may call for others."""
    told = alarm.get("alarmActions")
    if told is UNKNOWN:
        return None if stack.sources(alarm, "alarmActions") else UNKNOWN
    called = [] if told is MISSING else told
    if not isinstance(called, list | tuple):
        return UNKNOWN
    if any(one is UNKNOWN or (isinstance(one, str) and one) for one in called):
        return None
    return UNKNOWN if stack.of_type(*COMPOSITE_ALARMS) else "an alarm that calls nobody"


def _dimension(dimensions: Any) -> Any:
    """The health check's ID: dimensions are an object in the classic provider, a list of pairs in the other."""
    if isinstance(dimensions, list | tuple):
        pairs = [pair for pair in dimensions if isinstance(pair, Mapping)]
        dimensions = {str(pair.get("name")): pair.get("value") for pair in pairs}
    return dimensions.get("HealthCheckId", MISSING) if isinstance(dimensions, Mapping) else UNKNOWN
