"""Every AWS resource says where it is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..facts import UNKNOWN, Resource, StackFacts
from ..findings import Finding, Judge
from ..registry import Level, Severity, rule

EXPECTED: Final = "an explicit provider with a Region, or a `region`"
DEFAULT: Final = re.compile(r"default(_\d.*)?")
"""The engine's name for a provider that no program made: with a version where the SDK asks for one."""


@rule(
    id="explicit-provider-region",
    name="Every AWS resource has an explicit provider or Region",
    severity=Severity.MEDIUM,
    framework="REL13-BP04",
    why="A resource on the default provider, or on one without a Region, lands in whatever Region the shell that runs "
    "Pulumi is set to.",
    mend="Give it `provider=` of its Region (or of its component), or its own `region`.",
    source="https://www.pulumi.com/docs/iac/concepts/resources/providers/",
    level=Level.RESOURCE,
)
def explicit_provider_region(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge inputs: in outputs the classic provider reports a Region for every resource."""
    for resource in stack.resources:
        if not resource.type.startswith(("aws:", "aws-native:")):
            continue
        region, fault = resource.get("region"), _fault(resource)
        if fault is None or (isinstance(region, str) and region):
            continue
        if region is UNKNOWN:
            yield judge.undecided(resource, "region", expected=EXPECTED)
        else:
            yield judge.violation(resource, "provider", found=fault, expected=EXPECTED)


def _fault(resource: Resource) -> str | None:
    """Why its provider does not say where it is made; a Region that is not known yet is one."""
    provider = resource.provider
    if provider is None:
        return "no provider"
    if DEFAULT.fullmatch(provider.name):
        return f"the default provider {provider.name}"  # whatever `aws:region` it took from the configuration
    region = provider.region
    return None if region is UNKNOWN or (isinstance(region, str) and region) else f"{provider.name} without a Region"
