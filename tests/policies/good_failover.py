"""The good stack's failover: probe, routing controls, health checks and alarms."""

from __future__ import annotations

from typing import Any

from pack.facts import Resource

from tests.policies.maker import ACCOUNT, EAST, WEST, component, resource

PANEL = f"arn:aws:route53-recovery-control::{ACCOUNT}:controlpanel/p"
FORCE, PIN = f"{PANEL}/routingcontrol/force", f"{PANEL}/routingcontrol/pin"
PLACES = (EAST, WEST, "eu-west-1", "ap-northeast-1", "ap-southeast-2")
ENDPOINTS = [{"region": region, "endpoint": f"https://{region}.example.com/v1"} for region in PLACES]
HOST = f"verdict0.execute-api.{WEST}.amazonaws.com"
CHECKERS = [EAST, WEST, "eu-west-1"]


def probe() -> list[Resource]:
    """Prober and verdict in the secondary Region."""
    facts: dict[str, Any] = {"region": WEST, "probers": [WEST], "interval": 10, "timeout": 1.5, "endpointHost": HOST}
    parent = component("Probe", "probe", table="prod-failover", watchedBy=["primaryUp"], **facts)
    functions = [
        resource("aws:lambda/function:Function", name, parent, WEST, reservedConcurrentExecutions=float(reserved))
        for name, reserved in (("prober", 1), ("verdict", 10))
    ]
    api = resource("aws:apigatewayv2/api:Api", "verdict-api", parent, WEST, apiEndpoint=f"https://{HOST}")
    reading: dict[str, Any] = {"type": "HTTPS_STR_MATCH", "fqdn": HOST, "regions": CHECKERS, "enableSni": True}
    reading |= {"requestInterval": 10.0, "failureThreshold": 3.0}
    down = check("probe", parent, searchString="PRIMARY_DOWN", invertHealthcheck=True, **reading)
    up = check("primary-up", parent, searchString="PRIMARY_UP", **reading)
    return [parent, *functions, api, down, up]


def routing_controls() -> list[Resource]:
    """Cluster, panel, both controls and the rule between them."""
    facts = {"cluster": "own", "panelArn": PANEL, "force": FORCE, "pin": PIN, "endpoints": ENDPOINTS}
    parent = component("RoutingControls", "controls", safetyRule=f"{PANEL}/safetyrule/s", **facts)
    package = "aws:route53recoverycontrol"
    cluster = resource(f"{package}/cluster:Cluster", "cluster", parent, clusterEndpoints=ENDPOINTS)
    force, pin = (
        resource(f"{package}/routingControl:RoutingControl", name, parent, name=f"prod-{name}", arn=arn)
        for name, arn in (("force-secondary", FORCE), ("pin-primary", PIN))
    )
    rule = resource(
        f"{package}/safetyRule:SafetyRule",
        "not-force-and-pin",
        parent,
        assertedControls=[FORCE, PIN],
        ruleConfig={"type": "AND", "inverted": True, "threshold": 2.0},
        waitPeriodMs=5000.0,
    )
    kept = {"type": "RECOVERY_CONTROL"}
    checks = [
        check("force-a", parent, routingControlArn=FORCE, invertHealthcheck=True, **kept),
        check("force-b", parent, routingControlArn=FORCE, invertHealthcheck=True, **kept),
        check("pin", parent, routingControlArn=PIN, **kept),
    ]
    return [parent, cluster, force, pin, rule, *checks]


def check(name: str, parent: Resource, /, **props: Any) -> Resource:
    """A health check with its ID."""
    return resource("aws:route53/healthCheck:HealthCheck", f"check-{name}", parent, id=f"id-{name}", **props)


def serving_check() -> list[Resource]:
    """The checks of mode `calculated`."""
    facts = {"mode": "calculated", "servingCheckId": "id-serving", "secondaryCheckId": "id-secondary"}
    parent = component("ServingCheck", "serving-check", interval=10.0, threshold=3.0, **facts)
    children = ["id-probe", "id-force-a", "id-force-b", "id-pin"]
    calculated: dict[str, Any] = {"type": "CALCULATED", "childHealthchecks": children, "childHealthThreshold": 3.0}
    return [
        parent,
        check("serving", parent, invertHealthcheck=False, **calculated),
        check("secondary", parent, invertHealthcheck=True, **calculated),
    ]


def alarms() -> list[Resource]:
    """The alarms of the failover."""
    roles = ("latchEngaged", "verdictUnknown", "primaryUpMissing")
    parent = component("FailoverAlarms", "alarms", alarms={role: f"prod-{role}" for role in roles})
    kind, own = "aws:cloudwatch/metricAlarm:MetricAlarm", {"namespace": "cognito-dr"}
    watching: dict[str, Any] = {"namespace": "AWS/Route53", "metricName": "HealthCheckStatus", "actionsEnabled": True}
    watching |= {"comparisonOperator": "LessThanThreshold", "threshold": 1.0, "treatMissingData": "breaching"}
    watching["alarmActions"] = [f"arn:aws:sns:{EAST}:{ACCOUNT}:prod-failover"]
    return [
        parent,
        resource(kind, "latch-engaged", parent, WEST, metricName="ForcedAway", **own),
        resource(kind, "verdict-unknown", parent, WEST, metricName="VerdictUnknown", **own),
        resource(kind, "primary-up-missing", parent, dimensions={"HealthCheckId": "id-primary-up"}, **watching),
    ]
