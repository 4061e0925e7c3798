"""An API's certificate lies in the API's own Region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..facts import MISSING, UNKNOWN, Resource, StackFacts
from ..findings import Finding, Judge
from ..regions import certificate_region
from ..registry import Severity, rule
from ..spelling import spelled
from ..types import API_DOMAINS, REST_DOMAINS

EXPECTED = "a certificate in the API's own Region"
EDGE = "a certificate in us-east-1, from where CloudFront reads those of edge-optimised domain names"
EDGE_REGION = "us-east-1"
REGIONAL = "REGIONAL, so that each Region answers for itself"


@rule(
    id="regional-certificates",
    name="An API's domain name is regional, its certificate in the API's own Region",
    severity=Severity.HIGH,
    framework="REL10-BP01",
    why="API Gateway refuses a certificate of another Region for a regional domain name, and a certificate or an "
    "edge shared by both Regions would fail with one of them.",
    mend="Request a certificate for the domain in each Region and make the domain name REGIONAL there.",
    source="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html",
    guards=(*API_DOMAINS, *REST_DOMAINS),
)
def regional_certificates(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Read the certificate's Region from its ARN, else from the certificate it will come from."""
    for domain in stack.of_type(*API_DOMAINS):
        path = spelled(domain, "domainNameConfiguration")
        for shape in _each(domain.get(path)):
            if not isinstance(shape, Mapping):
                yield judge.undecided(domain, path, expected=EXPECTED)
                continue
            yield from _endpoint(domain, f"{path}.endpointType", shape.get("endpointType", MISSING), judge)
            yield from _own(stack, domain, f"{path}.certificateArn", shape.get("certificateArn"), judge)
    for domain in stack.of_type(*REST_DOMAINS):
        yield from _of_rest(stack, domain, judge)


def _of_rest(stack: StackFacts, domain: Resource, judge: Judge) -> Iterator[Finding]:
    """A REST API's domain name has a property for the certificate of each kind of endpoint.

    Without a kind it is edge-optimised.
    Source: docs.aws.amazon.com/apigateway/latest/developerguide/how-to-edge-optimized-custom-domain-name.html
    """
    for kind in _each(domain.get("endpointConfiguration.types")):
        yield from _endpoint(domain, "endpointConfiguration.types", kind, judge)
    yield from _own(stack, domain, "regionalCertificateArn", domain.get("regionalCertificateArn"), judge)
    edge = domain.get("certificateArn")
    if edge in (MISSING, ""):
        return
    region = certificate_region(stack, domain, "certificateArn", edge)
    if region is UNKNOWN:
        yield judge.undecided(domain, "certificateArn", expected=EDGE)
    elif region != EDGE_REGION:
        yield judge.violation(domain, "certificateArn", found=f"one in {region}", expected=EDGE)


def _own(stack: StackFacts, domain: Resource, path: str, arn: Any, judge: Judge) -> Iterator[Finding]:
    own, region = stack.region(domain), certificate_region(stack, domain, path, arn)
    if UNKNOWN in (own, region):
        yield judge.undecided(domain, path, expected=EXPECTED)
    elif region != own:
        yield judge.violation(domain, path, found=f"one in {region}, the API in {own}", expected=EXPECTED)


def _each(value: Any) -> list[Any]:
    """What the classic provider has as one is a list in the other."""
    return list(value) if isinstance(value, list | tuple) and value else [value]


def _endpoint(domain: Resource, path: str, kind: Any, judge: Judge) -> Iterator[Finding]:
    if kind is UNKNOWN:
        yield judge.undecided(domain, path, expected=REGIONAL)
    elif kind != "REGIONAL":
        found = "none" if kind is MISSING else str(kind)
        yield judge.violation(domain, path, found=found, expected=REGIONAL)
