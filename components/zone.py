"""The public hosted zone: one that exists, or one of our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.providers import RegionalProviders, child_of
from settings import Dns, Settings

APEX_TTL = 300


@dataclass(frozen=True, kw_only=True)
class Zone:
    """`name_servers` are empty for a zone that exists; `ready` comes before Cognito looks at the parent domain."""

    id: pulumi.Input[str]
    name: str
    name_servers: pulumi.Input[Sequence[str]]
    ready: Sequence[pulumi.Resource] = ()


def hosted_zone(parent: pulumi.Resource, settings: Settings, dns: Dns, providers: RegionalProviders) -> Zone:
    """Where all records go. A zone of our own is made in phase foundation, so that its owner can delegate to it.

    Accelerated recovery keeps a copy of the zone's control plane in us-west-2; AWS refuses to delete such a zone, so a
    teardown turns `dns.acceleratedRecovery` off first.
    Source: docs.aws.amazon.com/Route53/latest/DeveloperGuide/accelerated-recovery.html
    """
    if not dns.created:
        return Zone(id=dns.zone, name=dns.name, name_servers=[])
    zone = aws.route53.Zone(
        f"{settings.name}-zone",
        name=dns.name,
        comment=f"Names of {settings.name}",
        enable_accelerated_recovery=dns.accelerated_recovery,
        opts=child_of(parent, providers.classic, protect=settings.protect),
    )
    ready = []
    if dns.apex_addresses:
        apex = aws.route53.Record(
            f"{settings.name}-apex",
            zone_id=zone.zone_id,
            name=dns.name,
            type="A",
            ttl=APEX_TTL,
            records=list(dns.apex_addresses),
            opts=child_of(parent, providers.classic),
        )
        ready.append(apex)
    return Zone(id=zone.zone_id, name=dns.name, name_servers=zone.name_servers, ready=ready)
