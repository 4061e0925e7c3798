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


def rest(kind: Any = ("REGIONAL",), /, **certificates: Any) -> Mutation:
    """A REST API's domain name in the secondary Region."""
    name = "aws-native:apigateway:DomainName"
    shape = {"types": list(kind)} if isinstance(kind, tuple) else {"types": kind}
    return added(resource(name, "rest", None, WEST, endpointConfiguration=shape, **certificates))


def rest_classic(**props: Any) -> Mutation:
    """The same by the classic provider, which has one kind of endpoint."""
    return added(resource("aws:apigateway/domainName:DomainName", "rest", None, WEST, **props))


REGIONAL = {"certificateArn": certificate_arn(WEST), "endpointType": "REGIONAL"}
HERE, THERE = certificate_arn(WEST), certificate_arn(EAST)
CLASSIC: dict[str, Any] = {"endpointConfiguration": {"types": "REGIONAL"}}
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
        prop(f"api-domain-{WEST}", domainNameConfiguration=[REGIONAL, {**REGIONAL, "endpointType": "EDGE"}]),
        rest(regionalCertificateArn=THERE),
        rest(("EDGE",), regionalCertificateArn=HERE),
        rest(("REGIONAL", "EDGE"), regionalCertificateArn=HERE),
        rest(regionalCertificateArn=HERE, certificateArn=HERE),
        rest(regionalCertificateArn=UNKNOWN, certificateArn=certificate_arn("eu-west-1")),
        rest(("EDGE",), certificateArn=THERE),
        rest_classic(**CLASSIC, regionalCertificateArn="", certificateArn=THERE),
        rest_classic(regionalCertificateArn=HERE),
        rest_classic(**CLASSIC, regionalCertificateArn=THERE),
    ],
    near_misses=[
        native(WEST),
        shaped(securityPolicy="TLS_1_3"),
        rest(regionalCertificateArn=HERE),
        rest(regionalCertificateArn=HERE, certificateArn=THERE),
        rest_classic(**CLASSIC, regionalCertificateArn=HERE, certificateArn=""),
    ],
    unknown=[
        shaped(certificateArn=UNKNOWN),
        shaped(endpointType=UNKNOWN),
        prop(f"api-domain-{WEST}", domainNameConfiguration=UNKNOWN),
        rest(UNKNOWN, regionalCertificateArn=HERE),
        rest(regionalCertificateArn=UNKNOWN),
        rest(regionalCertificateArn=HERE, certificateArn=UNKNOWN),
        rest(),
        rest(certificateArn=THERE),
    ],
    malformed=[
        prop(f"api-domain-{WEST}", domainNameConfiguration=[]),
        prop(f"api-domain-{WEST}", domainNameConfiguration="REGIONAL"),
        shaped(certificateArn=[7]),
        shaped(certificateArn=None),
    ],
    absent=without_type("apigatewayv2/domainName"),
)
