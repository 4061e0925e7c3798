"""Every record of a weighted set has a check of its own and is forgotten within a minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from ..facts import MISSING, UNKNOWN, Resource, StackFacts
from ..findings import Finding, Judge
from ..front_doors import unrouted
from ..references import named
from ..registry import Severity, rule
from ..spelling import number, read
from ..types import HEALTH_CHECKS, RECORDS
from ..weights import is_alias, weight, weighted_sets

LONGEST: Final = 60
TTL_EXPECTED: Final = "at most 60 seconds, the same in the whole set"
ROUTED: Final = "weighted, or routed by a check, as all records of the front door's names"
CHECKED: Final = "a health check on every record of the set, not the same on all"


@rule(
    id="weighted-records-checked",
    name="Every record of a weighted set has a health check and a TTL of at most 60 s",
    severity=Severity.HIGH,
    framework="REL11-BP02",
    why="Route 53 takes a record without a check for healthy for ever, and gives a weight of 0 only when every "
    "other record is unhealthy. Clients keep an answer for its TTL after the switch.",
    mend="Give each record its own check, serving and its complement, and one TTL of at most 60 seconds.",
    source="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html",
)
def weighted_records_checked(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge each weighted record, what the records of one set have in common, then those without any routing."""
    records = stack.of_type(*RECORDS)
    readable = True
    for record in records:
        share = weight(record)
        if share is MISSING:
            continue
        names = read(record, "name"), read(record, "type")
        if share is UNKNOWN or not all(isinstance(name, str) for name in names):
            readable = False
            path = "weightedRoutingPolicies" if share is UNKNOWN else "name"
            yield judge.undecided(record, path, expected="known, so that its set is")
        yield from _ttl(record, judge)
        yield from _check(stack, record, judge)
    for records in weighted_sets(stack):
        yield from _set(stack, records, readable, judge)
    for record, answers in unrouted(stack):
        if answers is UNKNOWN:
            yield judge.undecided(record, "name", expected=ROUTED)
        elif answers:
            yield judge.violation(record, "weightedRoutingPolicies", found="none", expected=ROUTED)


def _ttl(record: Resource, judge: Judge) -> Iterator[Finding]:
    alias, ttl = is_alias(record), number(read(record, "ttl"))
    if alias is True:
        return  # an alias has its target's TTL
    if alias is UNKNOWN and not isinstance(ttl, int | float):
        yield judge.undecided(record, "aliases", expected="an alias, or " + TTL_EXPECTED)
    elif ttl is UNKNOWN:
        yield judge.undecided(record, "ttl", expected=TTL_EXPECTED)
    elif ttl is MISSING or ttl > LONGEST:
        yield judge.violation(record, "ttl", found="none" if ttl is MISSING else f"{ttl:g} s", expected=TTL_EXPECTED)


def _check(stack: StackFacts, record: Resource, judge: Judge) -> Iterator[Finding]:
    reference = named(stack, record, "healthCheckId", HEALTH_CHECKS)
    if reference is MISSING:
        yield judge.violation(record, "healthCheckId", found="none", expected=CHECKED)
    elif reference is UNKNOWN:
        yield judge.undecided(record, "healthCheckId", expected=CHECKED)


def _set(stack: StackFacts, records: Sequence[Resource], readable: bool, judge: Judge) -> Iterator[Finding]:
    first = records[0]
    if len(records) == 1 and readable:
        yield judge.violation(first, "setIdentifier", found="one record only", expected="a record for each Region")
    ttls: Any = {number(read(record, "ttl")) for record in records if is_alias(record) is not True}
    known = sorted(ttl for ttl in ttls if isinstance(ttl, int | float))
    if len(known) > 1:
        found = " and ".join(f"{ttl:g} s" for ttl in known)
        yield judge.violation(first, "ttl", found=found, expected=TTL_EXPECTED)
    checks = [named(stack, record, "healthCheckId", HEALTH_CHECKS) for record in records]
    names = {check.urn if isinstance(check, Resource) else check for check in checks}
    if len(records) > 1 and len(names) == 1 and MISSING not in names and UNKNOWN not in names:
        found = f"{checks[0].name if isinstance(checks[0], Resource) else checks[0]} on every record"
        yield judge.violation(first, "healthCheckId", found=found, expected=CHECKED)
