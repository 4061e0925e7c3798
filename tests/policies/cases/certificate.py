"""`certificate-in-us-east-1`."""

from __future__ import annotations

from pack.facts import UNKNOWN

from tests.policies.maker import ACCOUNT, EAST, WEST
from tests.policies.mutations import Cases, prop, without_type


def certificate(arn: object) -> dict[str, object]:
    """A custom domain's configuration."""
    return {"certificateArn": arn}


def arn(region: str) -> str:
    """A certificate of a Region."""
    return f"arn:aws:acm:{region}:{ACCOUNT}:certificate/a"


CASES = Cases(
    rule="certificate-in-us-east-1",
    violations=[
        prop("domain", customDomainConfig=certificate(arn(WEST))),
        prop("domain", customDomainConfig=certificate(arn("eu-central-1"))),
        prop("domain", customDomainConfig=certificate(f"arn:aws:iam::{ACCOUNT}:server-certificate/a")),
    ],
    near_misses=[
        prop("domain", customDomainConfig=certificate(arn(EAST))),
        prop("domain", customDomainConfig=certificate("")),
    ],
    unknown=[
        prop("domain", customDomainConfig=certificate(UNKNOWN)),
    ],
    malformed=[
        prop("domain", customDomainConfig=certificate([7.0])),
        prop("domain", customDomainConfig=certificate({})),
        prop("domain", customDomainConfig=certificate("a certificate")),
    ],
    absent=without_type("UserPoolDomain"),
)
