"""A pack with one rule that never says anything."""

from typing import Any

from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy


def nothing(args: Any, report_violation: Any) -> None:
    """Say nothing."""


PolicyPack(
    name="empty",
    enforcement_level=EnforcementLevel.MANDATORY,
    policies=[ResourceValidationPolicy(name="nothing", description="Says nothing.", validate=nothing)],
)
