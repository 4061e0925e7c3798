"""A good stack as plain data, and ways to break it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pack.facts import Resource, StackFacts
from pack.findings import Finding, Verdict
from pack.registry import all_rules

from tests.policies import good_domains, good_failover, good_login
from tests.policies.maker import EAST, POOL, WEST, component


def good_stack() -> StackFacts:
    """Everything of a deployed stack that a rule looks at."""
    platform = component(
        "IdentityPlatform",
        "prod",
        phase="live",
        poolId=POOL,
        expectedPoolId=POOL,
        primaryRegion=EAST,
        secondaryRegion=WEST,
        clusterEndpoints=good_failover.ENDPOINTS,
    )
    login = [*good_login.keys(), *good_login.triggers(EAST, "primary"), *good_login.triggers(WEST, "secondary")]
    login += [*good_login.applications(), *good_login.identity_provider(), *good_login.pool_and_replica()]
    failover = [*good_failover.probe(), *good_failover.routing_controls(), *good_failover.serving_check()]
    failover += good_failover.alarms()
    domains = [*good_domains.auth_domain(), *good_domains.front_door(), *good_domains.sample_apis()]
    return StackFacts(resources=[platform, *login, *failover, *domains])


def with_props(stack: StackFacts, name: str, kind: str = "", /, **props: Any) -> StackFacts:
    """The stack with properties of one resource set; `kind` tells resources of one name apart."""

    def change(one: Resource) -> Resource:
        merged = {**one.props, **props}
        return replace(one, props={key: value for key, value in merged.items() if value is not None})

    return changed(stack, name, change, kind)


def changed(stack: StackFacts, name: str, change: Callable[[Resource], Resource], kind: str = "") -> StackFacts:
    """The stack with one resource changed; a name that is not there is a broken test."""
    hit = [r for r in stack.resources if r.name == name and kind in r.type]
    assert len(hit) == 1, (name, kind, hit)
    return replace(stack, resources=[change(r) if r is hit[0] else r for r in stack.resources])


def findings(stack: StackFacts) -> list[Finding]:
    """What all rules say."""
    return [finding for rule in all_rules() for finding in rule.judge(stack)]


def violated(stack: StackFacts) -> set[str]:
    """The rules that are broken."""
    return {finding.rule for finding in findings(stack) if finding.verdict is Verdict.VIOLATION}


def undecided(stack: StackFacts) -> set[str]:
    """The rules that cannot be decided."""
    return {finding.rule for finding in findings(stack) if finding.verdict is Verdict.UNDECIDED}
