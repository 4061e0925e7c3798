"""What Route 53's name servers would answer, as a pure function of zones, records, delegations and health.

Sources: Route 53 developer guide, dns-failover-how-route-53-chooses-records.html (which record of a group),
dns-failover-complex-configs.html (evaluate target health), routing-policy-weighted.html; RFC 1034 4.3.2 (CNAME,
no such name). It also plays the resolver's part: CNAMEs are followed through all zones it knows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sandbox.network.addresses import ADDRESSES, aws_place

AWS_TTL = 60
"""Seconds: the TTL of AWS's own names, and so of an alias record for them."""
MAX_CHAIN = 8

Code = Literal["NOERROR", "NXDOMAIN", "SERVFAIL"]


@dataclass(frozen=True, kw_only=True)
class Record:
    """One resource record set. *name* is lower case with a closing dot; *ttl* in seconds; *alias* has none."""

    name: str
    type: str
    values: tuple[str, ...] = ()
    ttl: int = AWS_TTL
    weight: int | None = None
    failover: Literal["PRIMARY", "SECONDARY"] | None = None
    set_id: str = ""
    check: str | None = None
    alias: str | None = None
    evaluate_target_health: bool = False


@dataclass(frozen=True, kw_only=True)
class Zone:
    """A hosted zone and its name servers."""

    name: str
    name_servers: frozenset[str]
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Names:
    """Everything answers depend on. *health* maps check IDs to statuses, *delegations* zone names to name servers."""

    zones: Sequence[Zone] = ()
    delegations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    health: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One record of an answer."""

    name: str
    type: str
    ttl: int
    value: str


@dataclass(frozen=True)
class Answer:
    """An answer; *authority* is the SOA that a negative answer carries."""

    code: Code
    rows: tuple[Row, ...] = ()
    authority: tuple[Row, ...] = ()


def full(name: str) -> str:
    """A name as the zones hold it: lower case, with its closing dot."""
    return name.lower().rstrip(".") + "."


def answer(names: Names, name: str, kind: str, draw: Callable[[], float]) -> Answer:
    """The answer for *name* and record type *kind*. *draw* gives numbers in [0, 1) for weighted choices."""
    rows: list[Row] = []
    at = full(name)
    for _ in range(MAX_CHAIN):
        found = _within(names, at, kind, draw)
        rows += found.rows
        if not found.rows or kind == "CNAME" or found.rows[-1].type != "CNAME":
            return Answer(found.code, tuple(rows), found.authority)
        at = full(found.rows[-1].value)
    return Answer("SERVFAIL")


def address(names: Names, name: str, draw: Callable[[], float]) -> str | None:
    """The first IPv4 address of a name, or None."""
    rows = answer(names, name, "A", draw).rows
    return next((row.value for row in rows if row.type == "A"), None)


def choose(group: Sequence[Record], healthy: Callable[[Record], bool], draw: Callable[[], float]) -> Record:
    """The record of a group (same name and type) that Route 53 answers with.

    Weighted: among the healthy ones with a weight; when none of them is healthy, among the healthy ones with
    weight 0; when nothing is healthy, as if everything were. All weights 0: equal chances.
    """
    live = [record for record in group if healthy(record)]
    if group[0].failover:
        primary = next((record for record in group if record.failover == "PRIMARY"), group[0])
        return primary if primary in live else (live or [primary])[0]
    heavy = [record for record in live if record.weight]
    return _by_weight(heavy or live or [record for record in group if record.weight] or group, draw)


def _by_weight(candidates: Sequence[Record], draw: Callable[[], float]) -> Record:
    weights = [record.weight or 0 for record in candidates]
    if not any(weights):
        weights = [1] * len(candidates)
    point = draw() * sum(weights)
    for record, weight in zip(candidates, weights, strict=True):
        point -= weight
        if point < 0:
            return record
    return candidates[-1]


def _within(names: Names, name: str, kind: str, draw: Callable[[], float], depth: int = 0) -> Answer:
    """The answer without following CNAMEs."""
    if place := aws_place(name):
        return Answer("NOERROR", (Row(name, "A", AWS_TTL, ADDRESSES[place]),) if kind == "A" else ())
    zone = _zone(names, name)
    if not isinstance(zone, Zone):
        return Answer(zone)
    here = [record for record in zone.records if record.name == name]
    group = [record for record in here if record.type == kind] or [record for record in here if record.type == "CNAME"]
    soa = tuple(row for record in zone.records if record.type == "SOA" for row in _rows(record, record.name))
    if not group:
        below = any(record.name.endswith(f".{name}") for record in zone.records)
        return Answer("NOERROR" if here or below else "NXDOMAIN", (), soa)
    chosen = choose(group, lambda record: _healthy(names, record, draw, depth), draw)
    if chosen.alias is None:
        return Answer("NOERROR", _rows(chosen, name))
    if depth >= MAX_CHAIN:
        return Answer("SERVFAIL")
    target = _within(names, full(chosen.alias), kind, draw, depth + 1)
    rows = tuple(Row(name, row.type, row.ttl, row.value) for row in target.rows)
    return Answer("NOERROR" if target.code == "NXDOMAIN" else target.code, rows, () if rows else soa)


def _rows(record: Record, name: str) -> tuple[Row, ...]:
    return tuple(Row(name, record.type, record.ttl, value) for value in record.values)


def _zone(names: Names, name: str) -> Zone | Code:
    """The deepest delegated zone of a name. Not delegated: no such name; delegated elsewhere: nobody answers."""
    delegated = [zone for zone in names.delegations if name == full(zone) or name.endswith(f".{full(zone)}")]
    if not delegated:
        return "NXDOMAIN"
    deepest = max(delegated, key=len)
    servers = frozenset(map(full, names.delegations[deepest]))
    same_name = (zone for zone in names.zones if full(zone.name) == full(deepest))
    return next((zone for zone in same_name if frozenset(map(full, zone.name_servers)) == servers), "SERVFAIL")


def _healthy(names: Names, record: Record, draw: Callable[[], float], depth: int) -> bool:
    """A record without a check is always healthy; a check that is gone says nothing against its record."""
    if record.check and not names.health.get(record.check, True):
        return False
    if record.alias is None or not record.evaluate_target_health:
        return True
    return _target_healthy(names, full(record.alias), record.type, draw, depth + 1)


def _target_healthy(names: Names, name: str, kind: str, draw: Callable[[], float], depth: int) -> bool:
    """Whether at least one record that an alias names is healthy; AWS's own names always are."""
    zone = _zone(names, name)
    if depth > MAX_CHAIN or not isinstance(zone, Zone):
        return aws_place(name) is not None
    group = [record for record in zone.records if record.name == name and record.type in (kind, "CNAME")]
    return any(_healthy(names, record, draw, depth) for record in group)
