"""Joins the cloud and the world around it: what each asks of the other."""

import random
from datetime import UTC, datetime

from sandbox.cloud import domains, function_faults, route53_checks
from sandbox.cloud.arc.state import Arc
from sandbox.network import alarm_watch
from sandbox.network.answers import address
from sandbox.network.routing import DomainRouting
from sandbox.network.statuses import Observation
from sandbox.network.world import World

CHECKER_REGIONS = ("us-west-1", "eu-west-1", "ap-southeast-1", "ap-northeast-1", "sa-east-1", "ap-southeast-2")
"""Where the checkers of a check that names no Regions stand, as GetHealthCheckStatus tells."""


def join(world: World, arc: Arc) -> None:
    """Let the world read controls and domains, and the cloud show what the checkers said."""
    world.asks.controls = lambda: {arn: control.state == "On" for arn, control in list(arc.controls.items())}
    world.asks.domain = domain_routing
    world.asks.endpoints_down = arc.set_dead
    world.asks.end_functions = function_faults.end
    function_faults.install(world.dead)
    alarm_watch.install()
    route53_checks.set_status_source(lambda check_id: observations(world, check_id))


def domain_routing(host: str) -> DomainRouting | None:
    """How the custom domain *host* is routed; None when there is no such domain."""
    found = domains.custom_domain(host)
    if found is None:
        return None
    return DomainRouting(home=found.region, secondary=found.secondary_region, check=found.check_id)


def observations(world: World, check_id: str) -> list[route53_checks.Observation]:
    """What GetHealthCheckStatus shows: every checker that has asked; none for checks without an endpoint."""
    check = world.statuses.checks().get(check_id)
    if check is None or not check.has_endpoint:
        return []
    regions = route53_checks.all_checks()[check_id].get("Regions") or CHECKER_REGIONS
    seen = world.statuses.observations(check_id)
    return [_shown(one, regions[one.checker % len(regions)]) for one in seen if one.at is not None]


def _shown(one: Observation, region: str) -> route53_checks.Observation:
    moment = datetime.fromtimestamp(one.at or 0, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    address = f"198.51.100.{one.checker + 1}"  # TEST-NET-2: checkers stand outside both Regions
    return route53_checks.Observation(region=region, address=address, status=one.text, checked=moment)


def resolve_domains(world: World) -> None:
    """Let Cognito look a custom domain's parent up as anybody would: an undelegated zone answers nothing."""
    domains.set_resolver(lambda name: address(world.names(), name, random.random) is not None)
