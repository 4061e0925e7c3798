"""The custom domain and the weighted records follow the one serving check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from ..findings import Finding, Judge
from ..front_doors import PRIMARY, failover_role, leads_to
from ..health_checks import is_secondary, is_serving, within
from ..references import named
from ..regions import primary_region
from ..registry import Severity, rule
from ..spelling import number
from ..types import DOMAINS, FRONT_DOOR, HEALTH_CHECKS, RECORDS, REPLICA, SERVING_CHECK
from ..weights import weight

REGION = "routing.failover.secondaryRegion"
CHECK = "routing.failover.primaryRoute53HealthCheckId"
Plays = Callable[[StackFacts, Resource, Resource | str], bool | Mark]


@rule(
    id="domain-routing-uses-serving-check",
    name="Custom domain and records switch by the one serving check",
    severity=Severity.CRITICAL,
    framework="REL11-BP02",
    why="Cognito moves a custom domain to the Region that its routing names when the check that it names fails. "
    "Records that follow another check send some clients to one Region and the rest to the other.",
    mend="Give AuthDomain and FrontDoor the ServingCheck of the stack, managed login version 2, and the replica's "
    "Region as the secondary.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-multi-region.html",
)
def domain_routing_uses_serving_check(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge by ID where it is known, else by the check that the value comes from."""
    replicas = stack.of_type(REPLICA)
    for domain in stack.of_type(*DOMAINS) if replicas else []:
        if "native" not in domain.type:
            if domain.get("certificateArn") not in (MISSING, ""):
                found = "a domain of the classic provider, which has no routing"
                yield judge.violation(domain, "type", found=found, expected="routing to the replica's Region")
        elif domain.get("customDomainConfig") not in (MISSING, {}):  # a prefix domain has none, or an empty one
            yield from _routing(stack, domain, replicas, judge)
    places = primary_region(stack), [replica.get("regionName") for replica in replicas]
    for record in stack.of_type(*RECORDS):
        if (share := _share(record)) is not MISSING and within(stack, record, FRONT_DOOR):
            yield from _of_record(stack, record, share, judge)
            yield from _place(stack, record, share, *places, judge)


def _routing(stack: StackFacts, domain: Resource, replicas: list[Resource], judge: Judge) -> Iterator[Finding]:
    region, homes = domain.get(REGION), [replica.get("regionName") for replica in replicas]
    expected = "the replica's Region"
    if UNKNOWN in homes or region is UNKNOWN:
        yield judge.undecided(domain, REGION, expected=expected)
    elif region not in homes:
        yield judge.violation(domain, REGION, found="none" if region is MISSING else str(region), expected=expected)
    version = number(domain.get("managedLoginVersion"))
    exists = isinstance(domain.get("cloudFrontDistribution"), str)
    if version is UNKNOWN:
        yield judge.undecided(domain, "managedLoginVersion", expected="2")
    elif version != 2 and not (version is MISSING and exists):  # AWS never shows the version of one that exists
        found = "none" if version is MISSING else f"{version:g}"
        yield judge.violation(domain, "managedLoginVersion", found=found, expected="2, the only one with routing")
    yield from _follows(stack, domain, CHECK, is_serving, "the serving check", judge)


def _share(record: Resource) -> float | Mark:
    """A record's weight; the roles of failover routing are all and nothing."""
    if (share := weight(record)) is not MISSING:
        return share
    role = failover_role(record)
    return role if isinstance(role, Mark) else float(role == PRIMARY)


def _place(
    stack: StackFacts, record: Resource, share: float | Mark, primary: str | Mark, homes: list[Any], judge: Judge
) -> Iterator[Finding]:
    """Who gets the answers while all is well; a record whose Region nothing tells has none to be wrong."""
    if isinstance(share, Mark) or isinstance(primary, Mark):
        return
    region = leads_to(stack, record, [primary, *(home for home in homes if isinstance(home, str))])
    expected = f"{primary}, the primary" if share else "a Region other than the primary"
    if region is UNKNOWN:
        yield judge.undecided(record, "records", expected=expected)
    elif region is not MISSING and (region == primary) != bool(share):
        yield judge.violation(record, "records", found=f"{region} with weight {share:g}", expected=expected)


def _of_record(stack: StackFacts, record: Resource, share: float | Mark, judge: Judge) -> Iterator[Finding]:
    if share is UNKNOWN:
        yield judge.undecided(record, "weightedRoutingPolicies", expected="a known weight")
    elif share:
        yield from _follows(stack, record, "healthCheckId", is_serving, "the serving check", judge)
    else:
        yield from _follows(stack, record, "healthCheckId", is_secondary, "the serving check's complement", judge)


def _follows(
    stack: StackFacts, holder: Resource, path: str, plays: Plays, expected: str, judge: Judge
) -> Iterator[Finding]:
    reference, components = named(stack, holder, path, HEALTH_CHECKS), stack.of_type(SERVING_CHECK)
    if reference is MISSING or not components:
        found = "no health check" if reference is MISSING else "no ServingCheck in the stack"
        if path == CHECK or reference is not MISSING:  # a record without any check is weighted-records-checked's
            yield judge.violation(holder, path, found=found, expected=expected)
        return
    verdict = UNKNOWN if isinstance(reference, Mark) else plays(stack, components[0], reference)
    if verdict is UNKNOWN:
        yield judge.undecided(holder, path, expected=expected)
    elif not verdict:
        found = reference.name if isinstance(reference, Resource) else str(reference)
        yield judge.violation(holder, path, found=found, expected=expected)
