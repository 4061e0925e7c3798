"""`domain-routing-uses-serving-check`."""

from dataclasses import replace
from typing import Any

from pack.facts import UNKNOWN

from tests.policies.good_domains import certificate_arn
from tests.policies.maker import EAST, WEST, resource
from tests.policies.mutations import Cases, Mutation, added, both, prop, without, without_type


def routing(check: Any = "id-serving", region: Any = WEST) -> dict[str, Any]:
    """A domain's routing."""
    return {"failover": {"secondaryRegion": region, "primaryRoute53HealthCheckId": check}}


def exchanged(name: str) -> Mutation:
    """Weights and checks of one name exchanged between its Regions: the secondary serves while all is well."""
    return both(
        prop(f"record-{name}-{EAST}", weightedRoutingPolicies=[{"weight": 0.0}], healthCheckId="id-secondary"),
        prop(f"record-{name}-{WEST}", weightedRoutingPolicies=[{"weight": 100.0}], healthCheckId="id-serving"),
    )


def by_failover(primary: str = "id-serving", secondary: str | None = "id-secondary", first: str = EAST) -> Mutation:
    """`serving.` by failover routing instead of weights."""
    plain = {"weightedRoutingPolicies": None}
    second = WEST if first == EAST else EAST
    roles = {role: {"failoverRoutingPolicies": [{"type": role}]} for role in ("PRIMARY", "SECONDARY")}
    return both(
        prop(f"record-serving-{first}", healthCheckId=primary, **plain, **roles["PRIMARY"]),
        prop(f"record-serving-{second}", healthCheckId=secondary, **plain, **roles["SECONDARY"]),
    )


CLASSIC = resource(
    "aws:cognito/userPoolDomain:UserPoolDomain",
    "classic",
    None,
    domain="login.example.com",
    certificateArn=certificate_arn(EAST),
)
CASES = Cases(
    rule="domain-routing-uses-serving-check",
    violations=[
        prop("domain", routing=None),
        prop("domain", routing=routing(check="id-probe")),
        prop("domain", routing=routing(check="id-secondary")),
        prop("domain", routing=routing(check="0123-of-another-stack")),
        prop("domain", routing=routing(region="eu-west-1")),
        prop("domain", managedLoginVersion=1.0),
        prop("domain", managedLoginVersion=None),
        prop(f"record-serving-{EAST}", healthCheckId="id-probe"),
        prop(f"record-api-{WEST}", healthCheckId="id-primary-up"),
        exchanged("serving"),
        exchanged("api"),
        prop(f"record-serving-{EAST}", records=[f"cognito-idp.{WEST}.amazonaws.com"]),
        prop(f"record-serving-{WEST}", records=[f"cognito-idp.{EAST.upper()}.amazonaws.com"]),
        prop(f"record-serving-{WEST}", records=None, setIdentifier=EAST),
        by_failover("id-probe"),
        by_failover("id-serving", "id-primary-up"),
        by_failover(first=WEST),
        without("serving-check"),
        added(CLASSIC),
    ],
    near_misses=[
        both(prop("domain", managedLoginVersion=None), prop("domain", cloudFrontDistribution="d1.cloudfront.net")),
        prop("domain", managedLoginVersion="2"),
        by_failover(),
        by_failover(secondary=None),
        prop(f"record-serving-{EAST}", records=["login.example.net"], setIdentifier="blue"),
        prop(f"record-serving-{EAST}", records=["login.eu-west-1.example.net"], setIdentifier="blue"),
        prop(f"record-serving-{EAST}", setIdentifier=WEST),
        prop("serving-check", servingCheckId=UNKNOWN),
        added(resource("aws:cognito/userPoolDomain:UserPoolDomain", "prefix-classic", None, domain="prod")),
        added(replace(CLASSIC, props={"domain": "login.example.com", "certificateArn": ""})),
    ],
    unknown=[
        prop("domain", routing=UNKNOWN),
        prop("domain", routing=routing(check=UNKNOWN)),
        prop("domain", managedLoginVersion=UNKNOWN),
        prop(f"record-serving-{EAST}", records=UNKNOWN),
        prop(f"record-serving-{WEST}", records=None, setIdentifier=UNKNOWN),
        both(by_failover(), prop(f"record-serving-{WEST}", failoverRoutingPolicies=UNKNOWN)),
    ],
    malformed=[
        prop("domain", routing=[]),
        prop("domain", routing=routing(check=["id-serving"])),
        prop("domain", managedLoginVersion={}),
        prop("domain", routing=routing(region=7.0)),
        prop(f"record-serving-{EAST}", weightedRoutingPolicies=UNKNOWN),
        prop(f"record-serving-{EAST}", healthCheckId=UNKNOWN),
    ],
    absent=both(without_type("UserPoolReplica"), without_type("FrontDoor")),
)
