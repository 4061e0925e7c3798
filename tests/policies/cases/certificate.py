"""`certificate-in-us-east-1`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pack.facts import UNKNOWN
from pack.types import VALIDATION

from tests.policies.maker import ACCOUNT, EAST, WEST, resource, urn
from tests.policies.mutations import Cases, Mutation, added, both, coming_from, in_region, prop, without_type


def certificate(arn: object) -> dict[str, object]:
    """A custom domain's configuration."""
    return {"certificateArn": arn}


def arn(region: str) -> str:
    """A certificate of a Region."""
    return f"arn:aws:acm:{region}:{ACCOUNT}:certificate/a"


def validated(value: Any, *sources: str, region: str = EAST) -> Mutation:
    """The domain behind a validation whose certificate has this ARN, or comes from these certificates."""
    validation = resource(VALIDATION, "validation", None, region, certificateArn=value)
    tied = replace(validation, property_dependencies={"certificateArn": [*sources, validation.urn]})
    return both(added(tied), coming_from("domain", "", "customDomainConfig", "validation"))


CLASSIC = "aws:cognito/userPoolDomain:UserPoolDomain"
CERTIFICATE = "aws:acm/certificate:Certificate"
OWN, OTHER = urn(CERTIFICATE, "certificate"), urn(CERTIFICATE, f"api-certificate-{WEST}")
CASES = Cases(
    rule="certificate-in-us-east-1",
    violations=[
        prop("domain", customDomainConfig=certificate(arn(WEST))),
        prop("domain", customDomainConfig=certificate(arn("eu-central-1"))),
        prop("domain", customDomainConfig=certificate(f"arn:aws:iam::{ACCOUNT}:server-certificate/a")),
        validated(arn(WEST)),
        validated(UNKNOWN, OTHER),
        validated("a certificate"),
        both(validated(UNKNOWN, OWN), in_region("certificate", WEST)),
        both(
            added(resource("aws-native:certificatemanager:Certificate", "own", None, WEST)),
            validated(UNKNOWN, urn("aws-native:certificatemanager:Certificate", "own")),
        ),
    ],
    near_misses=[
        prop("domain", customDomainConfig=certificate(arn(EAST))),
        prop("domain", customDomainConfig=certificate("")),
        validated(arn(EAST)),
        validated(UNKNOWN, OWN),
        validated(UNKNOWN, OWN, region=WEST),
    ],
    unknown=[
        prop("domain", customDomainConfig=certificate(UNKNOWN)),
        validated(UNKNOWN),
        validated(UNKNOWN, OWN, OTHER),
    ],
    malformed=[  # the first one has no routing either
        added(resource(CLASSIC, "classic", None, domain="login.example.com", certificateArn=arn(WEST))),
        prop("domain", customDomainConfig=certificate([7.0])),
        prop("domain", customDomainConfig=certificate({})),
        prop("domain", customDomainConfig=certificate("a certificate")),
    ],
    absent=without_type("UserPoolDomain"),
)
