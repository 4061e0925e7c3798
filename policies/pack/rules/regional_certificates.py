"""An API's certificate lies in the API's own Region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..facts import MISSING, UNKNOWN, Resource, StackFacts
from ..findings import Finding, Judge
from ..regions import certificate_region
from ..registry import Severity, rule
from ..spelling import spelled
from ..types import API_DOMAINS

EXPECTED = "a certificate in the API's own Region"
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
    guards=API_DOMAINS,
)
def regional_certificates(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Read the certificate's Region from its ARN, else from the certificate it will come from."""
    for domain in stack.of_type(*API_DOMAINS):
        path = spelled(domain, "domainNameConfiguration")
        shape: Any = _first(domain.get(path))
        if not isinstance(shape, Mapping):
            yield judge.undecided(domain, path, expected=EXPECTED)
            continue
        yield from _endpoint(domain, path, shape, judge)
        own = stack.region(domain)
        region = certificate_region(stack, domain, path, shape.get("certificateArn"))
        if UNKNOWN in (own, region):
            yield judge.undecided(domain, f"{path}.certificateArn", expected=EXPECTED)
        elif region != own:
            found = f"one in {region}, the API in {own}"
            yield judge.violation(domain, f"{path}.certificateArn", found=found, expected=EXPECTED)


def _first(value: Any) -> Any:
    """The configuration: an object in the classic provider, a list of one in the other."""
    return value[0] if isinstance(value, list | tuple) and value else value


def _endpoint(domain: Resource, path: str, shape: Mapping[str, Any], judge: Judge) -> Iterator[Finding]:
    kind = shape.get("endpointType", MISSING)
    if kind is UNKNOWN:
        yield judge.undecided(domain, f"{path}.endpointType", expected=REGIONAL)
    elif kind != "REGIONAL":
        found = "none" if kind is MISSING else str(kind)
        yield judge.violation(domain, f"{path}.endpointType", found=found, expected=REGIONAL)
