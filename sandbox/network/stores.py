"""Reads what the cloud holds: zones, records, health checks, domains. The only reader of the emulator's stores here.

The stores' keys are (account, ...); names and checks are looked up across accounts, as the world does.
"""

from collections.abc import Mapping
from typing import Any

from ministack.services import apigateway, route53

from sandbox.network.answers import AWS_TTL, Record, Zone, full
from sandbox.network.checks import Check, from_config


def checks() -> dict[str, Check]:
    """All health checks by ID."""
    found = dict(route53._health_checks._data)
    return {key[-1]: from_config(key[-1], value["config"]) for key, value in found.items()}


def runs_function(region: str, host: str, suffix: str) -> bool:
    """Whether the HTTP API at *host* in a Region calls a function whose name ends with *suffix*."""
    api, _, rest = host.partition(".")
    if not rest.startswith(f"execute-api.{region}."):
        return False
    found = (made for key, made in dict(apigateway._integrations._data).items() if key[1:] == (region, api))
    targets = (str(one.get("integrationUri", "")) for made in found for one in list(made.values()))
    return any(f"{suffix}{end}" in f"{target}$" for target in targets for end in ("$", "/", ":"))


def zones() -> list[Zone]:
    """All public hosted zones."""
    records = dict(route53._records._data)
    found = dict(route53._zones._data)
    return [_zone(zone["name"], records.get(key, [])) for key, zone in found.items() if not zone.get("private")]


def _zone(name: str, records: list[dict[str, Any]]) -> Zone:
    read = tuple(_record(record) for record in list(records))
    servers = (value for record in read if record.type == "NS" and record.name == full(name) for value in record.values)
    return Zone(name=full(name), name_servers=frozenset(map(full, servers)), records=read)


def _record(record: Mapping[str, Any]) -> Record:
    alias = record.get("AliasTarget") or {}
    return Record(
        name=full(record["Name"]),
        type=record["Type"],
        values=tuple(record.get("ResourceRecords") or ()),
        ttl=int(record.get("TTL") or AWS_TTL),
        weight=record.get("Weight"),
        failover=record.get("Failover"),
        set_id=record.get("SetIdentifier") or "",
        check=record.get("HealthCheckId"),
        alias=alias.get("DNSName"),
        evaluate_target_health=bool(alias.get("EvaluateTargetHealth")),
    )
