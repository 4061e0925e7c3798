"""Every certificate of a user pool domain lies in us-east-1."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from ..findings import Finding, Judge
from ..registry import Severity, rule
from ..types import CERTIFICATES, DOMAINS

HOME = "us-east-1"
EXPECTED = "a certificate in us-east-1"
ARN = re.compile(r"arn:aws[a-z-]*:(?:acm|iam):(?P<region>[a-z0-9-]*):\d{12}:(?:server-)?certificate/.+", re.S)


@rule(
    id="certificate-in-us-east-1",
    name="The certificate of a user pool domain lies in us-east-1",
    severity=Severity.HIGH,
    framework="SEC09-BP01",
    why="Cognito serves a custom domain through CloudFront, which reads certificates from us-east-1 only.",
    mend="Request the certificate with region='us-east-1' or a us-east-1 provider, in whatever Region the pool is.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html",
    guards=DOMAINS,
)
def certificate_in_us_east_1(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Read the Region from the ARN, or, before there is one, from the certificate it will come from."""
    for domain in stack.of_type(*DOMAINS):
        path = "customDomainConfig.certificateArn" if "native" in domain.type else "certificateArn"
        arn = domain.get(path)
        if arn is MISSING:
            continue  # a prefix domain has no certificate
        region = _of_arn(arn) if isinstance(arn, str) else _of_source(stack, domain, path.split(".")[0])
        if region is UNKNOWN:
            yield judge.undecided(domain, path, expected=EXPECTED)
        elif region != HOME:
            yield judge.violation(domain, path, found=f"one in {region}", expected=EXPECTED)


def _of_arn(arn: str) -> str:
    match = ARN.fullmatch(arn)
    return match["region"] or "no Region" if match else f"no certificate: {arn!r}"


def _of_source(stack: StackFacts, domain: Resource, prop: str) -> str | Mark:
    """The one Region of the certificates that the value comes from; several Regions decide nothing."""
    certificates = [source for source in stack.sources(domain, prop) if source.type in CERTIFICATES]
    regions = {stack.region(certificate) for certificate in certificates}
    return regions.pop() if len(regions) == 1 else UNKNOWN
