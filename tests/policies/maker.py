"""Makes components and resources as plain data, as the engine shows them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pack.facts import Provider, Resource

from components.key_policy import key_policy

PROJECT = Path(__file__).parents[2]
ACCOUNT, POOL = "111122223333", "us-east-1_AbCdEf123"
EAST, WEST = "us-east-1", "us-west-2"
REGIONS = {"primary": EAST, "secondary": WEST}
DEPLOYER = f"arn:aws:iam::{ACCOUNT}:role/deploy"
STACK = "urn:pulumi:prod::cognito-dr::"
REDIRECTS = {"callbackUrls": ["https://shop.example.com/cb", "https://shop.example.com/x"], "logoutUrls": []}
THERE = "https://shop.staging.example.com"
SIBLING: dict[str, Any] = {
    "hosts": {"shop.staging.example.com": "shop.example.com"},
    "onlyHere": {"shop": {"callbackUrls": ["https://shop.example.com/x"], "logoutUrls": []}},
    "onlyThere": {"shop": {"callbackUrls": [f"{THERE}/debug"], "logoutUrls": []}},
    "applications": {"shop": {"callbackUrls": [f"{THERE}/cb", f"{THERE}/debug"], "logoutUrls": []}},
}
"""What the good stack publishes about its sibling."""


def urn(kind: str, name: str) -> str:
    """A URN as the engine writes it."""
    return f"{STACK}{kind}::{name}"


def component(kind: str, name: str, /, **props: Any) -> Resource:
    """A component with its registered outputs."""
    token = f"cognito-dr:index:{kind}"
    return Resource(type=token, name=name, urn=urn(token, name), props=props)


def after(one: Resource, *others: Resource) -> Resource:
    """The resource with a dependency on the others."""
    return replace(one, dependencies=[other.urn for other in others])


def resource(kind: str, name: str, parent: Resource | None, region: str = EAST, /, **props: Any) -> Resource:
    """A resource with an explicit provider of its Region."""
    package = kind.split(":")[0]
    provider = Provider(name=f"{package}-{region}", region=region)
    above = parent.urn if parent else None
    return Resource(
        type=kind, name=name, urn=urn(kind, name), props=props, parent=above, provider=provider, protect=True
    )


def key_arn(region: str) -> str:
    """The ARN of the pool's key in a Region; related keys have one ID."""
    return f"arn:aws:kms:{region}:{ACCOUNT}:key/mrk-0a1b2c3d"


def policy(region: str, pool: str | None = POOL) -> str:
    """The key policy that the program writes."""
    regions = (EAST, WEST)
    document = key_policy(account=ACCOUNT, region=region, regions=regions, pool_id=pool, deploy_roles=(DEPLOYER,))
    return json.dumps(document)
