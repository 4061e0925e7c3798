"""The failover path as the program builds it, for simulations: health checks, records, ARC, one stack `local`."""

from dataclasses import dataclass
from typing import Any

from sandbox.cloud.arc.state import Arc
from sandbox.network.answers import Names, Record, Zone, answer
from sandbox.network.checks import Check, from_config

PRIMARY, SECONDARY = "us-east-1", "us-west-2"
TARGETS = {region: f"cognito-idp.{region}.amazonaws.com" for region in (PRIMARY, SECONDARY)}
SERVING_NAME = "serving.login.example.org"
SERVERS = frozenset({"ns-1.awsdns.com."})
TTL = 60
MODES = (("calculated", "routing_control"), ("verdict", "routing_control"), ("verdict", "item"))


def _word(search: str, *, inverted: bool) -> dict[str, Any]:
    about = {"Type": "HTTPS_STR_MATCH", "FullyQualifiedDomainName": "api.example", "ResourcePath": "/secret"}
    return about | {"SearchString": search, "RequestInterval": 10, "FailureThreshold": 3, "Inverted": inverted}


def _control(arn: str, *, inverted: bool) -> dict[str, Any]:
    return {"Type": "RECOVERY_CONTROL", "RoutingControlArn": arn, "Inverted": inverted}


def _sum(*, inverted: bool) -> dict[str, Any]:
    children = ["probe", "forceA", "forceB", "pin"]
    return {"Type": "CALCULATED", "ChildHealthChecks": children, "HealthThreshold": 3, "Inverted": inverted}


@dataclass(frozen=True)
class Controls:
    """The cluster with the stack's two controls."""

    arc: Arc
    force: str
    pin: str


def controls(clock: Any) -> Controls:
    """ARC with the two controls and the rule that both are never On. `clock` in seconds."""
    arc = Arc(now=clock)
    cluster = arc.create_cluster("shared")
    panel = arc.create_panel(cluster.arn, "local")
    force, pin = (arc.create_control(cluster.arn, f"local-{name}", panel.arn).arn for name in ("force", "pin"))
    arc.create_rule(panel.arn, "local-not-force-and-pin", "AND", (force, pin), threshold=2, inverted=True)
    return Controls(arc, force, pin)


def checks(serving_check: str, force: str, pin: str) -> dict[str, Check]:
    """The health checks by role; `serving` of mode `verdict` is the probe."""
    configs = {"probe": _word("PRIMARY_DOWN", inverted=True), "primaryUp": _word("PRIMARY_UP", inverted=False)}
    if serving_check == "calculated":
        configs |= {"forceA": _control(force, inverted=True), "forceB": _control(force, inverted=True)}
        configs |= {"pin": _control(pin, inverted=False)}
        configs |= {"serving": _sum(inverted=False), "secondary": _sum(inverted=True)}
    else:
        configs |= {"secondary": _word("PRIMARY_DOWN", inverted=False)}
    return {role: from_config(role, config) for role, config in configs.items()}


def serving_role(serving_check: str) -> str:
    """The role of the check that decides."""
    return "serving" if serving_check == "calculated" else "probe"


def zone(serving_check: str) -> Zone:
    """The weighted pair."""
    pairs = ((PRIMARY, 100, serving_role(serving_check)), (SECONDARY, 0, "secondary"))
    records = tuple(
        Record(
            name=f"{SERVING_NAME}.",
            type="CNAME",
            values=(TARGETS[region],),
            ttl=TTL,
            weight=weight,
            set_id=region,
            check=check,
        )
        for region, weight, check in pairs
    )
    return Zone(name="login.example.org.", name_servers=SERVERS, records=records)


def chain(zone: Zone, health: dict[str, bool], draw: Any) -> list[str]:
    """The names a resolver gets for the serving name, in order."""
    names = Names(zones=[zone], delegations={zone.name: SERVERS}, health=health)
    rows = answer(names, SERVING_NAME, "A", draw).rows
    return [row.value if row.type == "CNAME" else row.name for row in rows]


def target_of(names: list[str]) -> str | None:
    """The Region of a chain, by its last CNAME: the oracle's own reading."""
    return next((region for region, target in TARGETS.items() if any(target in name for name in names)), None)
