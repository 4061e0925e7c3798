"""Every certificate of a user pool domain lies in us-east-1."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import MISSING, UNKNOWN, StackFacts
from ..findings import Finding, Judge
from ..regions import certificate_region
from ..registry import Severity, rule
from ..types import DOMAINS

HOME = "us-east-1"
EXPECTED = "a certificate in us-east-1"


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
        if arn in (MISSING, ""):
            continue  # a prefix domain has no certificate
        region = certificate_region(stack, domain, path, arn)
        if region is UNKNOWN:
            yield judge.undecided(domain, path, expected=EXPECTED)
        elif region != HOME:
            yield judge.violation(domain, path, found=f"one in {region}", expected=EXPECTED)
