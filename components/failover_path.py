"""What decides which Region serves: prefix domains, routing controls, probe, serving check, alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.failover_alarms import HEALTH_CHECK_METRICS, FailoverAlarms, FailoverAlarmsArgs
from components.prefix_domains import PrefixDomains, PrefixDomainsArgs
from components.probe import Probe, ProbeArgs
from components.providers import RegionalProviders
from components.routing_controls import RoutingControls, RoutingControlsArgs
from components.serving_check import ServingCheck, ServingCheckArgs
from settings import Settings


@dataclass(frozen=True, kw_only=True)
class FailoverPathArgs:
    """`client_id` is the drill client's; `replica` are the replica and its attachment."""

    settings: Settings
    providers: dict[str, RegionalProviders]
    pool_id: pulumi.Output[str]
    client_id: pulumi.Output[str]
    replica: Sequence[pulumi.Resource]


@dataclass(frozen=True, kw_only=True)
class FailoverPath:
    """The components of phase replication that decide; nothing is led by them before phase domain."""

    prefixes: PrefixDomains
    controls: RoutingControls | None
    probe: Probe
    check: ServingCheck


def failover_path(args: FailoverPathArgs, own: pulumi.ResourceOptions) -> FailoverPath:
    """Make them in the order in which each finds what it refers to."""
    settings, name, providers = args.settings, args.settings.name, args.providers
    secondary = providers[settings.regions.secondary]
    domains = PrefixDomainsArgs(settings=settings, pool_id=args.pool_id, providers=providers, replica=args.replica)
    prefixes = PrefixDomains(f"{name}-prefix", domains, own)
    controls = None
    if settings.failover.controlled:
        controls = RoutingControls(f"{name}-controls", RoutingControlsArgs(settings=settings, provider=secondary), own)
    watching = ProbeArgs(
        settings=settings,
        providers=providers,
        client_id=args.client_id,
        controls=controls,
        after=prefixes.domains,
    )
    probe = Probe(f"{name}-probe", watching, own)
    serving = ServingCheckArgs(settings=settings, probe=probe, controls=controls, provider=secondary)
    check = ServingCheck(f"{name}-serving-check", serving, own)
    alarms = FailoverAlarmsArgs(settings=settings, providers=providers, primary_up=probe.primary_up.id)
    FailoverAlarms(f"{name}-alarms", alarms, own)
    return FailoverPath(prefixes=prefixes, controls=controls, probe=probe, check=check)


def regions_of(settings: Settings) -> list[str]:
    """Every Region in which the stack has something, the pool's first."""
    regions = list(settings.regions.both)
    if settings.rollout.replicated:
        regions += [HEALTH_CHECK_METRICS, *settings.failover.probe.regions(settings.regions.secondary)]
    return list(dict.fromkeys(regions))
