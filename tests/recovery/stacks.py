"""A live stack's manifest whose endpoints are loopback ports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from manifest import (
    ApplicationFacts,
    CanaryFacts,
    ClientFacts,
    ClusterEndpoint,
    ControlFacts,
    DomainFacts,
    FailoverFacts,
    Manifest,
    PoolFacts,
    Regions,
    TableFacts,
    ZoneFacts,
)

FIVE = ("us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2")
P, S = "us-east-1", "us-west-2"
AUTH, API, SERVING = "auth.example.com", "api.example.com", "serving.example.com"
CHECKS = {role: f"id-{role}" for role in ("probe", "primaryUp", "forceA", "forceB", "pin", "serving", "secondary")}


def failover(ports: Sequence[int] = (), serving_check: str = "calculated") -> FailoverFacts:
    """With five ports routing controls, with none the item."""
    controls = ControlFacts(
        panel_arn="arn:panel", force="arn:force", pin="arn:pin", safety_rule_arn="arn:r", safety_rule_name="not-both"
    )
    urls = [f"http://127.0.0.1:{port}/v1" for port in ports]
    return FailoverFacts(
        serving_check=serving_check if ports else "verdict",
        override="routing_control" if ports else "item",
        latch_after=60,
        record_ttl=60,
        interval=10,
        threshold=3,
        checks=CHECKS,
        controls=controls if ports else None,
        cluster_endpoints=tuple(ClusterEndpoint(region=r, endpoint=u) for r, u in zip(FIVE, urls, strict=False)),
        table=TableFacts(name="t-failover", arn="arn:table", region=S),
        probers=(S,),
        verdict_function="t-verdict",
    )


def live(facts: FailoverFacts | None) -> Manifest:
    """A stack in phase live."""
    return Manifest(
        name="t",
        phase="live",
        account="000000000000",
        pool=PoolFacts(id="us-east-1_abc", arns={P: "arn:p", S: "arn:s"}),
        regions=Regions(primary=P, secondary=S),
        issuer=f"https://issuer-cognito-idp.{P}.amazonaws.com/us-east-1_abc",
        jwks_uri=f"https://issuer-cognito-idp.{P}.amazonaws.com/us-east-1_abc/.well-known/jwks.json",
        applications={
            "shop": ApplicationFacts(
                callback_urls=("https://shop.example.com/",),
                logout_urls=(),
                clients={"native": ClientFacts(id="n", kind="native")},
            )
        },
        keys={P: "arn:k1", S: "arn:k2"},
        triggers={},
        prefix_domains={r: f"https://t-{r}.auth.{r}.amazoncognito.com" for r in (P, S)},
        dns=ZoneFacts(zone_id="Z1", zone_name="example.com", name_servers=("ns-1.test",), created=True),
        domains=DomainFacts(auth=AUTH, api=API, serving=SERVING),
        failover=facts,
        canary=CanaryFacts(secret_arn="arn:secret", secret_region=S, username="canary", client_id="drill"),
    )


def founded() -> Manifest:
    """The same stack in its first phase."""
    bare = replace(live(None), phase="foundation", prefix_domains={}, dns=None, domains=None, canary=None)
    return replace(bare, triggers={})
