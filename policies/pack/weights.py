"""Weighted record sets: Route 53 answers with one record of a set, by weight, among those whose checks are healthy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from .spelling import number, read
from .types import RECORDS


def weight(record: Resource) -> float | Mark:
    """A record's share of the answers; MISSING when it is not weighted at all."""
    policies: Any = read(record, "weightedRoutingPolicies")
    if isinstance(policies, list | tuple):  # the classic provider's list of one
        if not policies:
            return MISSING
        policy = policies[0]
        policies = policy.get("weight", UNKNOWN) if isinstance(policy, Mapping) else UNKNOWN
    return number(policies)


def is_alias(record: Resource) -> bool | Mark:
    """Whether it takes its values and its TTL from another AWS resource."""
    aliases = read(record, "aliases")
    if aliases is MISSING:
        return False
    return bool(aliases) if isinstance(aliases, list | tuple | Mapping) else UNKNOWN


def weighted_sets(stack: StackFacts) -> Iterator[list[Resource]]:
    """Records that answer for one name and type; zones part them only where every record's zone is known."""
    weighted = [record for record in stack.of_type(*RECORDS) if weight(record) is not MISSING]
    zones = [read(record, "zoneId") for record in weighted]
    parted = all(isinstance(zone, str) for zone in zones)
    sets: dict[tuple[str, ...], list[Resource]] = {}
    for record, zone in zip(weighted, zones, strict=True):
        names = read(record, "name"), read(record, "type")
        if all(isinstance(name, str) for name in names):
            sets.setdefault((*map(same_name, names), zone if parted else ""), []).append(record)
    yield from sets.values()


def same_name(name: str) -> str:
    """One spelling of a record's name."""
    return name.rstrip(".").lower()
