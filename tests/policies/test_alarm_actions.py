"""Whether an alarm calls anybody in a stack of several platforms, each in a phase of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pack.alarms import deaf
from pack.facts import StackFacts

from tests.policies.maker import EAST, component, resource

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
ABOUT = {"namespace": "AWS/Route53", "comparisonOperator": "LessThanThreshold", "threshold": 1.0}


@pytest.mark.parametrize(
    ("own", "other", "reason"),
    [
        ("live", "foundation", "an alarm that calls nobody"),
        ("live", "live", "an alarm that calls nobody"),
        ("domain", "live", None),
    ],
)
def test_the_phase_is_that_of_the_alarms_own_platform(own: str, other: str, reason: str | None) -> None:
    platform = component("IdentityPlatform", "prod", phase=own)
    alarms = replace(component("FailoverAlarms", "alarms"), parent=platform.urn)
    alarm = resource(ALARM, "alarm", alarms, EAST, **ABOUT)
    second = component("IdentityPlatform", "second", phase=other)
    stack = StackFacts(resources=[platform, alarms, alarm, second])
    assert deaf(stack, alarm) == reason


def test_an_alarm_outside_of_every_platform_goes_by_any() -> None:
    alarm = resource(ALARM, "alarm", None, EAST, **ABOUT)
    early = component("IdentityPlatform", "early", phase="domain")
    assert deaf(StackFacts(resources=[alarm, early]), alarm) is None
    assert deaf(StackFacts(resources=[alarm]), alarm) == "an alarm that calls nobody"
