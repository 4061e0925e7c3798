"""The good stack's names: the auth domain, the front door's weighted records, an API in each Region."""

from __future__ import annotations

from typing import Any

from pack.facts import Resource

from tests.policies.maker import ACCOUNT, EAST, POOL, WEST, component, resource

ISSUER = f"https://issuer-cognito-idp.{EAST}.amazonaws.com/{POOL}"


def certificate_arn(region: str, name: str = "api") -> str:
    """A certificate's ARN."""
    return f"arn:aws:acm:{region}:{ACCOUNT}:certificate/{name}"


def auth_domain() -> list[Resource]:
    """The custom domain with its routing, its certificate and its alias record."""
    facts = {"domain": "auth.example.com", "secondaryRegion": WEST, "servingCheckId": "id-serving"}
    parent = component("AuthDomain", "auth", **facts)
    arn = certificate_arn(EAST, "auth")
    certificate = resource("aws:acm/certificate:Certificate", "certificate", parent, arn=arn)
    domain = resource(
        "aws-native:cognito:UserPoolDomain",
        "domain",
        parent,
        userPoolId=POOL,
        domain="auth.example.com",
        managedLoginVersion=2.0,
        customDomainConfig={"certificateArn": arn},
        routing={"failover": {"secondaryRegion": WEST, "primaryRoute53HealthCheckId": "id-serving"}},
    )
    prefix = resource("aws-native:cognito:UserPoolDomain", "prefix", parent, userPoolId=POOL, domain="prod-us-east-1")
    alias = record("auth", parent, aliases=[{"name": "d1.cloudfront.net", "zoneId": "Z2FDTNDATAQYW2"}], type="A")
    return [parent, certificate, domain, prefix, alias]


def record(name: str, parent: Resource, /, **props: Any) -> Resource:
    """A record of the stack's zone."""
    fqdn = f"{name.partition('-')[0]}.example.com"
    return resource("aws:route53/record:Record", f"record-{name}", parent, zoneId="Z1", name=fqdn, **props)


def front_door() -> list[Resource]:
    """`serving.` and `api.`, each with two weighted records."""
    facts = {"api": "api.example.com", "serving": "serving.example.com", "ttl": 60.0}
    parent = component("FrontDoor", "door", servingCheckId="id-serving", secondaryCheckId="id-secondary", **facts)
    found = [parent]
    for region, weight, role in ((EAST, 100.0, "serving"), (WEST, 0.0, "secondary")):
        share = {"weightedRoutingPolicies": [{"weight": weight}], "healthCheckId": f"id-{role}"}
        target = [{"name": f"d.execute-api.{region}.amazonaws.com", "zoneId": "Z2", "evaluateTargetHealth": False}]
        values = {"type": "CNAME", "ttl": 60.0, "records": [f"cognito-idp.{region}.amazonaws.com"]}
        found.append(record(f"serving-{region}", parent, setIdentifier=region, **share, **values))
        found.append(record(f"api-{region}", parent, setIdentifier=region, type="A", aliases=target, **share))
    return found


def sample_apis() -> list[Resource]:
    """The API of each Region behind its JWT authorizer and its regional domain."""
    found = []
    for region in (EAST, WEST):
        facts = {"region": region, "issuer": ISSUER, "apiDomain": "api.example.com"}
        parent = component("SampleApi", f"api-{region}", **facts)
        jwt = {"issuer": ISSUER, "audiences": ["client"]}
        authorizer = "aws:apigatewayv2/authorizer:Authorizer"
        kept = {"authorizerType": "JWT", "jwtConfiguration": jwt}
        arn = certificate_arn(region)
        shape = {"certificateArn": arn, "endpointType": "REGIONAL", "securityPolicy": "TLS_1_2"}
        domain = "aws:apigatewayv2/domainName:DomainName"
        found += [
            parent,
            resource("aws:acm/certificate:Certificate", f"api-certificate-{region}", parent, region, arn=arn),
            resource(authorizer, f"authorizer-{region}", parent, region, **kept),
            resource(domain, f"api-domain-{region}", parent, region, domainNameConfiguration=shape),
        ]
    return found
