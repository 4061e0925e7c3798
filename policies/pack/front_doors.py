"""The front door's names: which records may answer for them, and to which Region a record leads.

Source: docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts, holds_unknown
from .health_checks import within
from .spelling import read, spelled
from .types import API_DOMAINS, CERTIFICATES, FRONT_DOOR, RECORDS
from .weights import same_name, weight

PRIMARY, SECONDARY = "PRIMARY", "SECONDARY"
ANSWERING: Final = ("A", "AAAA", "CNAME", "TXT")


def failover_role(record: Resource) -> str | Mark:
    """PRIMARY or SECONDARY of failover routing; MISSING for a record without it."""
    policies: Any = read(record, "failoverRoutingPolicies")
    if isinstance(policies, list | tuple):  # the classic provider's list of one
        if not policies:
            return MISSING
        policies = policies[0].get("type", UNKNOWN) if isinstance(policies[0], Mapping) else UNKNOWN
    return policies if policies in (MISSING, PRIMARY, SECONDARY) else UNKNOWN


def unrouted(stack: StackFacts) -> Iterator[tuple[Resource, bool | Mark]]:
    """Records below the front door that nothing switches, and whether they answer for one of its names."""
    names: set[str] | None = None
    for record in stack.of_type(*RECORDS):
        if weight(record) is MISSING and not _switched(record) and within(stack, record, FRONT_DOOR):
            names = _names(stack) if names is None else names
            yield record, _answers(stack, record, names)


def _switched(record: Resource) -> bool:
    """Whether failover routing has what it goes by: the primary's check. An unknown role is for others to say."""
    role = failover_role(record)
    return role is not MISSING and (role != PRIMARY or read(record, "healthCheckId") not in (MISSING, ""))


def published(stack: StackFacts) -> list[Any]:
    """The names that the front door says it answers for."""
    return [door.get(path) for door in stack.of_type(FRONT_DOOR) for path in ("api", "serving")]


def _names(stack: StackFacts) -> set[str]:
    found = published(stack)
    found += [domain.get("domainName") for domain in stack.of_type(*API_DOMAINS)]
    found += [read(one, "name") for one in stack.of_type(*RECORDS) if weight(one) is not MISSING]
    return {same_name(name) for name in found if isinstance(name, str)}


def _answers(stack: StackFacts, record: Resource, names: set[str]) -> bool | Mark:
    kind, name = read(record, "type"), read(record, "name")
    if isinstance(kind, str) and kind not in ANSWERING:
        return False
    if isinstance(name, str):
        return same_name(name) in names and (True if isinstance(kind, str) else UNKNOWN)
    sources = stack.sources(record, "name")
    return False if sources and all(one.type in CERTIFICATES for one in sources) else UNKNOWN


def leads_to(stack: StackFacts, record: Resource, places: Collection[str]) -> str | Mark:
    """Which of these Regions a record leads to: by its host's name, else by whose that is, else by its identifier."""
    found = {label for host in _targets(record) for label in host.lower().split(".") if label in places}
    if not found:
        props = [spelled(record, path) for path in ("aliases", "records")]
        domains = [one for prop in props for one in stack.sources(record, prop) if one.type in API_DOMAINS]
        found = {region for one in domains if isinstance(region := stack.region(one), str)}
        if not found and holds_unknown([record.get(prop) for prop in props]):
            return UNKNOWN
    named = record.get("setIdentifier")
    if not found and (named is UNKNOWN or named in places):
        return named
    return found.pop() if len(found) == 1 else MISSING


def _targets(record: Resource) -> list[str]:
    values, aliases = read(record, "records"), read(record, "aliases")
    found = list(values) if isinstance(values, list | tuple) else []
    listed = aliases if isinstance(aliases, list | tuple) else [aliases]
    found += [one.get(key) for one in listed if isinstance(one, Mapping) for key in ("name", "dnsName")]
    return [one for one in found if isinstance(one, str)]
