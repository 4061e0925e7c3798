"""Every AWS resource says where it is made."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import UNKNOWN, StackFacts
from ..findings import Finding, Judge
from ..registry import Level, Severity, rule

EXPECTED = "an explicit provider or a `region`"


@rule(
    id="explicit-provider-region",
    name="Every AWS resource has an explicit provider or Region",
    severity=Severity.MEDIUM,
    framework="REL13-BP04",
    why="A resource on the default provider lands in whatever Region the shell that runs Pulumi is set to.",
    mend="Give it `provider=` of its Region (or of its component), or its own `region`.",
    source="https://www.pulumi.com/docs/iac/concepts/resources/providers/",
    level=Level.RESOURCE,
)
def explicit_provider_region(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge inputs: in outputs the classic provider reports a Region for every resource."""
    for resource in stack.resources:
        if not resource.type.startswith(("aws:", "aws-native:")):
            continue
        provider, region = resource.provider, resource.get("region")
        if isinstance(region, str) or (provider and not provider.name.startswith("default")):
            continue
        if region is UNKNOWN:
            yield judge.undecided(resource, "region", expected=EXPECTED)
        else:
            name = f"the default provider {provider.name}" if provider else "no provider"
            yield judge.violation(resource, "provider", found=name, expected=EXPECTED)
