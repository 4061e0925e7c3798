"""`routing-controls-guarded`."""

from typing import Any

from pack.facts import UNKNOWN

from tests.policies.good_failover import ENDPOINTS, FORCE, PANEL, PIN
from tests.policies.maker import EAST, component, resource
from tests.policies.mutations import Cases, Mutation, added, both, prop, without, without_type

CONTROL = "aws:route53recoverycontrol/routingControl:RoutingControl"
RULE = "not-force-and-pin"
OTHER = resource(CONTROL, "elsewhere", None, name="other-force-secondary", arn=f"{PANEL}/routingcontrol/other")
THIRD = resource(
    CONTROL, "third", component("RoutingControls", "controls"), name="prod-third", arn=f"{PANEL}/routingcontrol/third"
)
CHILDREN = ["id-probe", "id-force-a", "id-force-b", "id-pin"]
URLS = (
    "https://a.example.com",
    "https://a.example.com/",
    "https://a.example.com:8443/v1",
)
NO_URLS = (
    "http://127.0.0.1:7001/v1/c",
    "http://a.example.com/v1",
    "a.example.com/v1",
    "https://",
    "https:///v1",
    "https://a.example.com/v1 x",
    "x",
    "https://u:p@a.example.com",
)
GUARD: dict[str, Any] = {"type": "AND", "inverted": True, "threshold": 2.0}


def counting(children: Any, threshold: Any = 3.0) -> Mutation:
    """Both calculated checks over other children."""
    props = {"childHealthchecks": children, "childHealthThreshold": threshold}
    return both(prop("check-serving", **props), prop("check-secondary", **props))


def endpoints(value: Any) -> Mutation:
    """Other endpoints, published by both components."""
    return both(prop("controls", endpoints=value), prop("prod", clusterEndpoints=value))


CASES = Cases(
    rule="routing-controls-guarded",
    violations=[
        without("pin-primary", "check-pin"),
        added(THIRD),
        without(RULE),
        prop(RULE, ruleConfig={**GUARD, "inverted": False}),
        prop(RULE, ruleConfig={**GUARD, "type": "ATLEAST"}),
        prop(RULE, assertedControls=[FORCE]),
        *(prop(RULE, waitPeriodMs=wait) for wait in (0.0, -1.0, None, "0")),
        both(added(OTHER), prop(RULE, assertedControls=[FORCE, PIN, f"{PANEL}/routingcontrol/other"])),
        endpoints(ENDPOINTS[:4]),
        endpoints([*ENDPOINTS[:4], ENDPOINTS[0]]),
        endpoints([{**one, "region": EAST} for one in ENDPOINTS]),
        endpoints([*ENDPOINTS[:4], {**ENDPOINTS[4], "region": EAST}]),
        endpoints([*ENDPOINTS[:4], {**ENDPOINTS[4], "region": ""}]),
        endpoints([*ENDPOINTS[:4], {**ENDPOINTS[4], "endpoint": ENDPOINTS[0]["endpoint"]}]),
        *(endpoints([*ENDPOINTS[:4], {**ENDPOINTS[4], "endpoint": url}]) for url in NO_URLS),
        endpoints([*ENDPOINTS, {"region": "eu-north-1", "endpoint": "https://eu-north-1.example.com/v1"}]),
        prop("prod", clusterEndpoints=None),
        prop("prod", clusterEndpoints=[]),
        prop("check-force-a", invertHealthcheck=False),
        prop("check-pin", invertHealthcheck=True),
        prop("check-force-a", routingControlArn=PIN, invertHealthcheck=False),
        both(added(OTHER), prop("check-force-b", routingControlArn=f"{PANEL}/routingcontrol/other")),
        counting(CHILDREN, 2.0),
        counting(["id-probe", "id-force-a", "id-pin"]),
        counting(CHILDREN[:3]),
        prop("check-serving", childHealthThreshold=4.0),
        prop("check-serving", childHealthThreshold=None),
    ],
    near_misses=[
        prop(RULE, assertedControls=[PIN, FORCE]),
        prop(RULE, ruleConfig={"type": "AND", "inverted": True}),
        counting(CHILDREN[::-1]),
        endpoints(ENDPOINTS[::-1]),
        *(endpoints([*ENDPOINTS[:4], {**ENDPOINTS[4], "endpoint": url}]) for url in URLS),
        *(prop(RULE, waitPeriodMs=wait) for wait in (0.5, "5000")),
        added(OTHER),
    ],
    unknown=[
        prop(RULE, ruleConfig=UNKNOWN),
        prop(RULE, assertedControls=UNKNOWN),
        prop(RULE, waitPeriodMs=UNKNOWN),
        prop("force-secondary", CONTROL, name=UNKNOWN),
        endpoints(UNKNOWN),
        prop("controls", endpoints=UNKNOWN),
        prop("prod", clusterEndpoints=UNKNOWN),
        prop("check-pin", routingControlArn=UNKNOWN),
        prop("check-force-a", invertHealthcheck=UNKNOWN),
        prop("check-serving", childHealthThreshold=UNKNOWN),
    ],
    malformed=[
        prop(RULE, ruleConfig=[]),
        prop(RULE, assertedControls={"a": FORCE}),
        prop(RULE, waitPeriodMs=["5000"]),
        prop("controls", endpoints="five"),
        prop("controls", endpoints=[7.0, 7.0, 7.0, 7.0, 7.0]),
        prop("check-serving", childHealthchecks=7.0),
        prop("check-serving", childHealthThreshold="three"),
        prop("serving-check", mode=[]),
    ],
    absent=without_type("recoverycontrol", "RoutingControls"),
)
