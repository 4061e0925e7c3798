"""The failover's health checks are fast enough, and read what they should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ..facts import MISSING, UNKNOWN, Mark, Resource, StackFacts, texts
from ..findings import Finding, Judge
from ..health_checks import (
    CALCULATED,
    DOWN,
    METRIC,
    RECOVERY_CONTROL,
    REQUESTING,
    UP,
    WITH_TEXT,
    deciding_checks,
    failover_checks,
)
from ..references import named_all
from ..registry import Severity, rule
from ..spelling import flag, number, read
from ..types import HEALTH_CHECKS, SERVING_CHECK

INTERVAL: Final = 10
FAILURES: Final = 3
CHECKERS: Final = 3
ROUTE_53_DEFAULT: Final = {"requestInterval": 30, "failureThreshold": 3}
PROBE: Final = "PRIMARY_DOWN inverted, so that a dead probe moves nobody"


@rule(
    id="health-check-thresholds",
    name="Health checks ask every 10 s, fail after 3 and read the probe's verdict",
    severity=Severity.HIGH,
    framework="REL11-BP01",
    why="Detection takes interval times threshold. A disabled check counts as healthy for ever, one that follows a "
    "CloudWatch metric waits for minutes, and one that fails without an answer moves everybody when the probe dies.",
    mend="Take interval and threshold from the settings; let the probe's check be inverted on PRIMARY_DOWN.",
    source="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html",
)
def health_check_thresholds(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge each check by itself; nothing here has to be compared with a value of another resource."""
    components, most = stack.of_type(SERVING_CHECK), FAILURES
    for component in components:
        limit = number(component.get("threshold"))
        if isinstance(limit, Mark):
            yield judge.undecided(component, "threshold", expected="published by the component")
        else:
            most = min(most, limit)
        yield from _opposites(stack, component, judge)
    modes = [component.get("mode") for component in components]
    for check in failover_checks(stack):
        kind = read(check, "type")
        if not isinstance(kind, str):
            yield judge.undecided(check, "type", expected="a known type")
        yield from _enabled(check, judge)
        if kind == METRIC:
            yield judge.violation(check, "type", found=kind, expected="no check that waits for a CloudWatch metric")
        if kind in REQUESTING:
            yield from _speed(check, most, judge)
            yield from _text(check, kind, modes, judge)
        if kind == CALCULATED:
            yield from _children(stack, check, judge)


def _enabled(check: Resource, judge: Judge) -> Iterator[Finding]:
    match flag(read(check, "disabled")):
        case True:
            yield judge.violation(check, "disabled", found="disabled, so always healthy", expected="enabled")
        case Mark():
            yield judge.undecided(check, "disabled", expected="enabled")


def _speed(check: Resource, most: float, judge: Judge) -> Iterator[Finding]:
    for path, limit, words in (
        ("requestInterval", INTERVAL, "10 seconds"),
        ("failureThreshold", most, f"at most {most:g}"),
    ):
        value = number(read(check, path), ROUTE_53_DEFAULT[path])
        if value is UNKNOWN:
            yield judge.undecided(check, path, expected=words)
        elif value > limit:
            yield judge.violation(check, path, found=f"{value:g}", expected=words)
    regions, few = texts(read(check, "regions")), f"at least {CHECKERS} checker Regions, or all"
    if not regions.whole and len(regions.known) < CHECKERS:
        yield judge.undecided(check, "regions", expected=few)
    elif regions.known and len(set(regions.known)) < CHECKERS:
        yield judge.violation(check, "regions", found=", ".join(sorted(set(regions.known))), expected=few)


def _text(check: Resource, kind: str, modes: list[Any], judge: Judge) -> Iterator[Finding]:
    """In mode `verdict` the secondary's check reads the same word without inversion."""
    text, inverted = read(check, "searchString"), flag(read(check, "invertHealthcheck"))
    if kind not in WITH_TEXT:
        yield judge.violation(check, "type", found=f"{kind}, which reads no word", expected=PROBE)
    elif text is UNKNOWN or not isinstance(text, str | Mark):
        yield judge.undecided(check, "searchString", expected=PROBE)
    elif text not in (DOWN, UP):
        yield judge.violation(check, "searchString", found="none" if text is MISSING else str(text), expected=PROBE)
    elif inverted is UNKNOWN:
        yield judge.undecided(check, "invertHealthcheck", expected=PROBE)
    elif text == UP and inverted:
        yield judge.violation(check, "invertHealthcheck", found="PRIMARY_UP inverted", expected="not inverted")
    elif text == DOWN and not inverted and all(mode == "calculated" for mode in modes):
        yield judge.violation(check, "invertHealthcheck", found="PRIMARY_DOWN not inverted", expected=PROBE)
    elif text == DOWN and not inverted and "verdict" not in modes:
        yield judge.undecided(check, "invertHealthcheck", expected=PROBE)


def _opposites(stack: StackFacts, component: Resource, judge: Judge) -> Iterator[Finding]:
    """In mode `verdict` the check that serves and its complement read one word, one of them inverted."""
    if component.get("mode") != "verdict":
        return
    checks = [check for check in deciding_checks(stack) if read(check, "type") != RECOVERY_CONTROL]
    senses = [flag(read(check, "invertHealthcheck")) for check in checks]
    vague = UNKNOWN in senses or not all(isinstance(read(check, "searchString"), str) for check in checks)
    if sorted(map(str, senses)) == ["False", "True"] and not vague:
        return
    expected = "two checks on PRIMARY_DOWN, one of them inverted"
    if vague:
        yield judge.undecided(component, "mode", expected=expected)
    else:
        yield judge.violation(component, "mode", found=f"{len(checks)} checks, not such a pair", expected=expected)


def _children(stack: StackFacts, check: Resource, judge: Judge) -> Iterator[Finding]:
    """A child of the stack is judged by itself; of one outside it nobody can see the type."""
    children = named_all(stack, check, "childHealthchecks", HEALTH_CHECKS)
    for child in children.known:
        if isinstance(child, Resource) and read(child, "searchString") == UP:
            found = f"{child.name}, which reads {UP}"
            yield judge.violation(check, "childHealthchecks", found=found, expected=PROBE)
    foreign = sorted(child for child in children.known if isinstance(child, str))
    if foreign or not children.whole:
        found = f"{', '.join(foreign)} is not in this stack" if foreign else ""
        expected = "children of this stack, none of them on a CloudWatch metric"
        yield judge.undecided(check, "childHealthchecks", expected=expected, found=found)
