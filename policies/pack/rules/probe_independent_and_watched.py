"""The probe survives the primary, asks nothing that the failover moves, and is itself watched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ..alarms import deaf, region_bound, watches
from ..facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from ..findings import Finding, Judge
from ..health_checks import UP, failover_checks
from ..hosts import wrong_host
from ..regions import primary_region
from ..registry import Severity, rule
from ..spelling import number, read, spelled
from ..types import ALARMS, FAILOVER_ALARMS, FUNCTIONS, PROBE

ELSEWHERE: Final = "a Region other than the primary"
HOST: Final = "the verdict's own host, not one that Cognito serves or that the failover moves"
WATCHED: Final = "an alarm in us-east-1 that tells when HealthCheckStatus of the PRIMARY_UP check is below 1"
RESERVED: Final = "concurrency of its own"


@rule(
    id="probe-independent-and-watched",
    name="The probe and its alarms do not depend on what they watch",
    severity=Severity.CRITICAL,
    framework="REL11-BP04",
    why="A probe or an alarm in the primary Region is silent when that Region fails. A check on the auth domain "
    "turns healthy as soon as the secondary answers there, and moves everybody back. An inverted check is green "
    "when the probe is blind, so only a second one tells.",
    mend="Keep Probe and FailoverAlarms in the secondary Region, each function with reserved concurrency, and let "
    "an alarm watch the PRIMARY_UP check; health check metrics exist in us-east-1 only.",
    source="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html",
)
def probe_independent_and_watched(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge the probe's place, functions and hosts, then the alarms."""
    primary = primary_region(stack)
    for probe in stack.of_type(PROBE):
        yield from _place(probe, "region", probe.get("region"), primary, judge)
        for function in stack.below(probe, *FUNCTIONS):
            yield from _place(function, "region", stack.region(function), primary, judge)
            yield from _reserved(function, judge)
        yield from _watched(stack, probe, judge)
    for check in failover_checks(stack):
        yield from _host(stack, check, judge)
    for alarm in stack.of_type(*ALARMS) if stack.of_type(PROBE, FAILOVER_ALARMS) else []:
        if not region_bound(alarm):
            yield from _place(alarm, "region", stack.region(alarm), primary, judge)


def _place(one: Resource, path: str, region: Any, primary: Any, judge: Judge) -> Iterator[Finding]:
    if not isinstance(region, str) or not isinstance(primary, str):
        yield judge.undecided(one, path, expected=ELSEWHERE)
    elif region == primary:
        yield judge.violation(one, path, found=f"{region}, the primary", expected=ELSEWHERE)


def _reserved(function: Resource, judge: Judge) -> Iterator[Finding]:
    path = "reservedConcurrentExecutions"
    reserved = number(function.get(path))
    if reserved is UNKNOWN:
        yield judge.undecided(function, path, expected=RESERVED)
    elif reserved is MISSING or reserved <= 0:
        found = "none, so logins in this Region can starve it" if reserved is MISSING or reserved < 0 else "0"
        yield judge.violation(function, path, found=found, expected=RESERVED)


def _host(stack: StackFacts, check: Resource, judge: Judge) -> Iterator[Finding]:
    path, fault = wrong_host(stack, check) or ("", None)
    if fault is UNKNOWN:
        known = isinstance(read(check, path), str)
        reason = "nothing tells whose host it is" if known else ""
        yield judge.undecided(check, spelled(check, path), expected=HOST, found=reason)
    elif fault is not None:
        yield judge.violation(check, spelled(check, path), found=str(fault), expected=HOST)


def _watched(stack: StackFacts, probe: Resource, judge: Judge) -> Iterator[Finding]:
    """An alarm that is not known to be on the plain check, or to tell, leaves it undecided."""
    faults: list[str | Mark] = []
    for check in failover_checks(stack):
        text = read(check, "searchString")
        for alarm in stack.of_type(*ALARMS) if text in (UP, UNKNOWN) else []:
            on, fault = watches(stack, alarm, check), deaf(stack, alarm)
            if on is True and text == UP and fault is None:
                return
            if on is not False:
                faults.append(fault or UNKNOWN)
    known = [fault for fault in faults if isinstance(fault, str)]
    if UNKNOWN in faults:
        yield judge.undecided(probe, "watchedBy", expected=WATCHED)
    else:
        yield judge.violation(probe, "watchedBy", found=known[0] if known else "no such alarm", expected=WATCHED)
