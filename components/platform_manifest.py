"""The manifest of a stack, from its settings and what its resources turned out to be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from components import prefix_domains
from components.drill_client import DRILL
from components.failover_alarms import FailoverAlarms
from components.failover_path import FailoverPath
from components.manifest_copy import KEY, bucket_name
from components.probe import CANARY
from components.regional_triggers import RegionalTriggers
from components.routing_controls import safety_rule_name
from components.zone import Zone
from manifest import (
    AlarmFacts,
    ApplicationFacts,
    CanaryFacts,
    ClientFacts,
    ClusterEndpoint,
    ControlFacts,
    CopyFacts,
    DomainFacts,
    FailoverFacts,
    Manifest,
    PoolFacts,
    Regions,
    TableFacts,
    TriggerFacts,
    ZoneFacts,
)
from settings import Issuer, Settings


@dataclass(frozen=True, kw_only=True)
class ManifestParts:
    """What the manifest tells of; `clients` are client IDs by `application/client`."""

    settings: Settings
    pool_id: pulumi.Output[str]
    keys: Mapping[str, pulumi.Output[str]]
    clients: Mapping[str, pulumi.Output[str]]
    triggers: Mapping[str, RegionalTriggers]
    zone: Zone | None
    path: FailoverPath | None


def manifest_output(parts: ManifestParts) -> pulumi.Output[dict[str, Any]]:
    """The manifest as plain data, known when everything it tells of is."""
    aliases = {
        region: {
            triggers.function_name(spec): {"arn": alias.arn, "version": alias.function_version}
            for spec, alias in triggers.by_spec()
        }
        for region, triggers in parts.triggers.items()
    }
    known = pulumi.Output.all(
        pool=parts.pool_id,
        keys=dict(parts.keys),
        clients=dict(parts.clients),
        aliases=aliases,
        zone={"id": parts.zone.id, "nameServers": parts.zone.name_servers} if parts.zone else None,
        path=_path_outputs(parts.path) if parts.path else None,
    )
    return known.apply(lambda found: manifest(parts, found).to_dict())


def _path_outputs(path: FailoverPath) -> dict[str, Any]:
    controls = path.controls
    checks = {"probe": path.probe.check.id, "primaryUp": path.probe.primary_up.id}
    checks |= {"serving": path.check.serving.id, "secondary": path.check.secondary.id}
    found: dict[str, Any] = {"table": {"name": path.probe.table.name, "arn": path.probe.table.arn}}
    found |= {"canary": path.probe.canary.arn, "verdict": path.probe.endpoint.function}
    if controls:
        checks |= {role: check.id for role, check in controls.checks.items()}
        found["controls"] = {
            "panel": controls.panel_arn,
            "force": controls.force.arn,
            "pin": controls.pin.arn,
            "rule": controls.rule.arn,
        }
        found["endpoints"] = controls.endpoints
    return found | {"checks": checks}


def manifest(parts: ManifestParts, known: dict[str, Any]) -> Manifest:
    """The manifest from known values."""
    settings, pool_id = parts.settings, known["pool"]
    primary, secondary = settings.regions.both
    issuer = issuer_of(settings, pool_id)
    path = known["path"]
    domains = settings.domains if settings.rollout.routed else None
    return Manifest(
        name=settings.name,
        phase=settings.rollout.phase,
        account=settings.account,
        pool=PoolFacts(
            id=pool_id,
            arns={r: f"arn:aws:cognito-idp:{r}:{settings.account}:userpool/{pool_id}" for r in (primary, secondary)},
        ),
        regions=Regions(primary=primary, secondary=secondary),
        issuer=issuer,
        jwks_uri=f"{issuer}/.well-known/jwks.json",
        applications=_applications(settings, known["clients"]),
        keys=known["keys"],
        triggers=_triggers(parts.triggers, known["aliases"]),
        prefix_domains={r: f"https://{prefix_domains.host(settings, r)}" for r in (primary, secondary)} if path else {},
        dns=_zone(settings, known["zone"]),
        domains=DomainFacts(auth=domains.auth, api=domains.api, serving=domains.serving) if domains else None,
        failover=_failover(settings, path) if path else None,
        canary=_canary(settings, known) if path else None,
        alarms=_alarms(settings) if path else {},
        copy=CopyFacts(bucket=bucket_name(settings), key=KEY, region=secondary) if path else None,
    )


def _applications(settings: Settings, clients: Mapping[str, str]) -> dict[str, ApplicationFacts]:
    return {
        name: ApplicationFacts(
            callback_urls=about.callback_urls,
            logout_urls=about.logout_urls,
            clients={
                client: ClientFacts(id=clients[f"{name}/{client}"], kind=str(of.kind))
                for client, of in about.clients.items()
            },
        )
        for name, about in settings.applications.items()
    }


def _triggers(
    triggers: Mapping[str, RegionalTriggers], aliases: Mapping[str, Any]
) -> dict[str, dict[str, TriggerFacts]]:
    return {
        region: {
            name: TriggerFacts(
                alias_arn=alias["arn"],
                version=alias["version"],
                fingerprint=fingerprint(triggers[region].fingerprints[name]),
            )
            for name, alias in by_name.items()
        }
        for region, by_name in aliases.items()
    }


def _zone(settings: Settings, zone: Mapping[str, Any] | None) -> ZoneFacts | None:
    if zone is None or settings.dns is None:
        return None
    servers = tuple(zone["nameServers"])
    return ZoneFacts(
        zone_id=zone["id"], zone_name=settings.dns.name, name_servers=servers, created=settings.dns.created
    )


def _failover(settings: Settings, path: Mapping[str, Any]) -> FailoverFacts:
    failover, controls = settings.failover, path.get("controls")
    return FailoverFacts(
        serving_check=failover.serving_check,
        override=failover.override,
        latch_after=failover.latch_after,
        record_ttl=failover.record_ttl,
        interval=failover.interval,
        threshold=failover.threshold,
        checks=path["checks"],
        controls=ControlFacts(
            panel_arn=controls["panel"],
            force=controls["force"],
            pin=controls["pin"],
            safety_rule_arn=controls["rule"],
            safety_rule_name=safety_rule_name(settings),
        )
        if controls
        else None,
        cluster_endpoints=tuple(
            ClusterEndpoint(region=one["region"], endpoint=one["endpoint"]) for one in path.get("endpoints") or ()
        ),
        table=TableFacts(**path["table"], region=settings.regions.secondary),
        probers=failover.probe.regions(settings.regions.secondary),
        verdict_function=path["verdict"],
    )


def _canary(settings: Settings, known: Mapping[str, Any]) -> CanaryFacts:
    return CanaryFacts(
        secret_arn=known["path"]["canary"],
        secret_region=settings.regions.secondary,
        username=CANARY,
        client_id=known["clients"][f"{DRILL}/{DRILL}"],
    )


def _alarms(settings: Settings) -> dict[str, AlarmFacts]:
    names = FailoverAlarms.names(settings.name, settings.regions.secondary)
    return {role: AlarmFacts(name=about["name"], region=about["region"]) for role, about in names.items()}


def issuer_of(settings: Settings, pool_id: str) -> str:
    """The `iss` of every token, in both Regions: the primary's Region, whichever issued it.

    Source: docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
    """
    host = "issuer-cognito-idp" if settings.pool.issuer == Issuer.UPDATED else "cognito-idp"
    return f"https://{host}.{settings.regions.primary}.amazonaws.com/{pool_id}"


def fingerprint(facts: dict[str, Any]) -> str:
    """One digest of all that a trigger must share with its twin in the other Region."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
