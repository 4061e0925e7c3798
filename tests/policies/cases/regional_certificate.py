"""`regional-certificates`."""

from typing import Any

from pack.facts import UNKNOWN

from tests.policies.good_domains import certificate_arn
from tests.policies.maker import EAST, WEST, resource
from tests.policies.mutations import Cases, Mutation, added, in_region, prop, without_type


def shaped(region: str = WEST, **changes: Any) -> Mutation:
    """The secondary API's domain name with another configuration."""
    shape = {"certificateArn": certificate_arn(region), "endpointType": "REGIONAL", **changes}
    known = {key: value for key, value in shape.items() if value is not None}
    return prop(f"api-domain-{WEST}", domainNameConfiguration=known)


def native(region: str) -> Mutation:
    """Another API in the secondary Region, by the other provider."""
    shape = [{"certificateArn": certificate_arn(region), "endpointType": "REGIONAL"}]
    name = "aws-native:apigatewayv2:DomainName"
    return added(resource(name, "native", None, WEST, domainName="a.example.com", domainNameConfigurations=shape))


CASES = Cases(
    rule="regional-certificates",
    violations=[
        shaped(EAST),
        shaped(certificateArn="arn:aws:acm:eu-west-1:111122223333:certificate/x"),
        shaped(certificateArn="a certificate"),
        shaped(endpointType="EDGE"),
        shaped(endpointType=None),
        in_region(f"api-domain-{WEST}", EAST),
        native(EAST),
    ],
    near_misses=[native(WEST), shaped(securityPolicy="TLS_1_3")],
    unknown=[
        shaped(certificateArn=UNKNOWN),
        shaped(endpointType=UNKNOWN),
        prop(f"api-domain-{WEST}", domainNameConfiguration=UNKNOWN),
    ],
    malformed=[
        prop(f"api-domain-{WEST}", domainNameConfiguration=[]),
        prop(f"api-domain-{WEST}", domainNameConfiguration="REGIONAL"),
        shaped(certificateArn=[7]),
        shaped(certificateArn=None),
    ],
    absent=without_type("apigatewayv2/domainName"),
)
