"""`domain-routing-uses-serving-check`."""

from dataclasses import replace
from typing import Any

from pack.facts import UNKNOWN

from tests.policies.good_domains import certificate_arn
from tests.policies.maker import EAST, WEST, resource
from tests.policies.mutations import Cases, added, both, prop, without, without_type


def routing(check: Any = "id-serving", region: Any = WEST) -> dict[str, Any]:
    """A domain's routing."""
    return {"failover": {"secondaryRegion": region, "primaryRoute53HealthCheckId": check}}


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
        without("serving-check"),
        added(CLASSIC),
    ],
    near_misses=[
        both(prop("domain", managedLoginVersion=None), prop("domain", cloudFrontDistribution="d1.cloudfront.net")),
        prop("domain", managedLoginVersion="2"),
        prop("serving-check", servingCheckId=UNKNOWN),
        added(resource("aws:cognito/userPoolDomain:UserPoolDomain", "prefix-classic", None, domain="prod")),
        added(replace(CLASSIC, props={"domain": "login.example.com", "certificateArn": ""})),
    ],
    unknown=[
        prop("domain", routing=UNKNOWN),
        prop("domain", routing=routing(check=UNKNOWN)),
        prop("domain", managedLoginVersion=UNKNOWN),
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
