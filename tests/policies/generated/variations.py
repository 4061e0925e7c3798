"""Changes that leave a good stack good: other Regions, other names, resources of somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any, Final

from pack.facts import Provider, Resource, StackFacts

from tests.policies.generated.good_settings import ACCOUNT

MOVABLE: Final = ("us-west-2", "eu-west-1", "eu-central-1", "ap-northeast-1", "ap-southeast-2", "ca-central-1")
"""us-east-1 stays: there, and only there, are a domain's certificate and the metrics of health checks."""
REGION: Final = re.compile(r"(?<![a-z0-9])(?:[a-z]{2}-[a-z]+-\d)(?![a-z0-9])")
SHIFTS: Final = (0, 1, 3)


def renamed(stack: StackFacts, change: Callable[[str], str]) -> StackFacts:
    """The stack with every text changed, be it in a name, a URN, a value or a key."""

    def deep(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, Mapping):
            return {change(key): deep(item) for key, item in value.items()}
        return [deep(item) for item in value] if isinstance(value, list | tuple) else value

    return replace(stack, resources=[_renamed(one, change, deep) for one in stack.resources])


def _renamed(one: Resource, change: Callable[[str], str], deep: Callable[[Any], Any]) -> Resource:
    provider = one.provider
    return replace(
        one,
        name=change(one.name),
        urn=change(one.urn),
        props=deep(one.props),
        parent=change(one.parent) if one.parent else None,
        dependencies=tuple(map(change, one.dependencies)),
        property_dependencies=deep(one.property_dependencies),
        provider=Provider(name=change(provider.name), region=deep(provider.region)) if provider else None,
    )


def in_regions(stack: StackFacts, exchange: Mapping[str, str]) -> StackFacts:
    """The stack with Regions exchanged for others; one to one, so that what differed still differs."""
    return renamed(stack, lambda text: REGION.sub(lambda found: exchange.get(found[0], found[0]), text))


def under_other_names(stack: StackFacts) -> StackFacts:
    """Another account, pool and stack name."""
    return renamed(
        stack, lambda text: text.replace(ACCOUNT, "555566667777").replace("_Pool", "_Kunde").replace("stack-", "login-")
    )


def stranger(kind: str, name: str, region: str, /, **props: Any) -> Resource:
    """A resource of somebody else in the same stack, with a provider of its own."""
    urn = f"urn:pulumi:generated::cognito-dr::{kind}::{name}"
    return Resource(type=kind, name=name, urn=urn, props=props, provider=Provider(name="aws-own", region=region))


def strangers() -> tuple[tuple[Resource, ...], ...]:
    """What else a stack may hold, a set at a time; rules must not take it for the login's."""
    share = {"zoneId": "Z9", "name": "cdn.example.org", "type": "CNAME", "ttl": 30.0, "records": ["a.example.net"]}
    weighted = [
        stranger("aws:route53/record:Record", f"cdn-{n}", "us-east-1", **share, healthCheckId=f"other-{n}")
        for n in range(2)
    ]
    halves = [replace(one, props={**one.props, "weightedRoutingPolicies": [{"weight": 50.0}]}) for one in weighted]
    check = {
        "type": "HTTPS",
        "fqdn": "shop.example.org",
        "requestInterval": 30.0,
        "failureThreshold": 5.0,
        "id": "other",
    }
    action = [{"type": "authenticate-oidc", "authenticateOidc": {"issuer": "https://id.example.org"}}]
    return (
        (),
        (stranger("aws:sns/topic:Topic", "news", "us-east-1", name="news"), *halves),
        (stranger("aws:route53/healthCheck:HealthCheck", "shop", "us-east-1", **check),),
        (stranger("aws:lb/listener:Listener", "shop", "us-east-1", defaultActions=action),),
        (stranger("aws:kms/key:Key", "archive", "us-east-1", policy='{"Statement": []}'),),
        (
            stranger(
                "aws-native:cognito:UserPoolClient", "machine", "us-east-1", allowedOAuthFlows=["client_credentials"]
            ),
        ),
    )


def variations(stack: StackFacts) -> Iterator[StackFacts]:
    """The stack itself and its variations."""
    for shift, other, added in product(SHIFTS, (False, True), strangers()):
        exchange = dict(zip(MOVABLE, MOVABLE[shift:] + MOVABLE[:shift], strict=True))
        moved = in_regions(stack, exchange) if shift else stack
        named = under_other_names(moved) if other else moved
        yield replace(named, resources=[*named.resources, *added])
