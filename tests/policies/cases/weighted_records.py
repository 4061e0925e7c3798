"""`weighted-records-checked`."""

from dataclasses import replace
from typing import Any

from pack.facts import UNKNOWN, Resource

from tests.policies.maker import EAST, WEST, component, resource
from tests.policies.mutations import Cases, Mutation, added, both, coming_from, prop, without, without_type

EAST_RECORD, WEST_RECORD = f"record-serving-{EAST}", f"record-serving-{WEST}"
OWN = {"type": "CNAME", "name": "cdn.example.com", "zoneId": "Z1", "records": ["a.example.net"]}


def blue_green(**props: Any) -> list[Resource]:
    """A weighted set of somebody's own, outside of the front door."""
    share = {"weightedRoutingPolicies": [{"weight": 50.0}], "ttl": 30.0}
    return [
        resource(
            "aws:route53/record:Record", f"cdn-{name}", None, **{**OWN, **share, "healthCheckId": f"id-{name}", **props}
        )
        for name in ("probe", "pin")
    ]


NATIVE = resource(
    "aws-native:route53:RecordSet",
    "native",
    None,
    weight=10.0,
    type="CNAME",
    name="cdn.example.com",
    ttl="300",
    healthCheckId="id-probe",
)
DOOR = component("FrontDoor", "door")
NAMES = ("serving", "api")
PLAIN = {"weightedRoutingPolicies": None}


def beside(kind: Any, name: Any = "serving.example.com", **props: Any) -> Mutation:
    """A plain record below the front door."""
    record = resource("aws:route53/record:Record", "beside", DOOR, zoneId="Z1", name=name, type=kind, ttl=60.0)
    return added(replace(record, props={**record.props, **props}))


CASES = Cases(
    rule="weighted-records-checked",
    violations=[
        prop(EAST_RECORD, ttl=300.0),
        prop(EAST_RECORD, ttl=30.0),
        both(prop(EAST_RECORD, ttl=None), prop(WEST_RECORD, ttl=None)),
        prop(WEST_RECORD, healthCheckId=None),
        prop(f"record-api-{EAST}", healthCheckId=None),
        both(prop(f"record-api-{EAST}", healthCheckId=None), prop(f"record-api-{WEST}", healthCheckId=None)),
        without(EAST_RECORD),
        both(without(EAST_RECORD), prop(WEST_RECORD, **PLAIN)),
        *(both(prop(f"record-{one}-{EAST}", **PLAIN), prop(f"record-{one}-{WEST}", **PLAIN)) for one in NAMES),
        *(beside(kind) for kind in ("A", "AAAA", "CNAME", "TXT")),
        beside("A", "Api.Example.com."),
        beside("A", failoverRoutingPolicies=[]),
        beside("CNAME", failoverRoutingPolicies=[{"type": "PRIMARY"}]),
        beside("CNAME", failoverRoutingPolicies=[{"type": "PRIMARY"}], healthCheckId=""),
        added(*blue_green(healthCheckId="id-probe")),
        added(*blue_green(healthCheckId="0123-of-another-stack")),
        added(*blue_green(ttl=61.0)),
        added(NATIVE, *blue_green()),
    ],
    near_misses=[
        added(*blue_green()),
        beside("MX"),
        beside("A", "_validation.api.example.com"),
        beside("CNAME", failoverRoutingPolicies=[{"type": "PRIMARY"}], healthCheckId="id-serving"),
        beside("CNAME", failoverRoutingPolicies=[{"type": "SECONDARY"}]),
        both(beside("CNAME", UNKNOWN), coming_from("beside", "", "name", "certificate")),
        both(prop(EAST_RECORD, ttl=30.0), prop(WEST_RECORD, ttl=30.0)),
        prop(EAST_RECORD, name="Serving.Example.com."),
        added(resource("aws:route53/record:Record", "plain", None, **OWN, ttl=3600.0)),
        added(resource("aws:route53/record:Record", "single", None, **OWN, ttl=3600.0, weightedRoutingPolicies=[])),
    ],
    unknown=[
        prop(EAST_RECORD, ttl=UNKNOWN),
        prop(EAST_RECORD, name=UNKNOWN),
        beside("A", UNKNOWN),
        beside(UNKNOWN),
        both(beside("CNAME", UNKNOWN), coming_from("beside", "", "name", "certificate", "prober")),
        added(*blue_green(healthCheckId=UNKNOWN)),
        coming_from(f"record-api-{EAST}", "", "aliases", f"api-domain-{EAST}"),
    ],
    malformed=[
        prop(EAST_RECORD, ttl=True),
        prop(EAST_RECORD, weightedRoutingPolicies="heavy"),
        prop(EAST_RECORD, weightedRoutingPolicies=[7]),
        prop(EAST_RECORD, healthCheckId={}),
    ],
    absent=without_type("route53/record"),
)
