"""The rules as the engine's policies: names, levels and what a reader is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from pulumi_policy import EnforcementLevel as Enforcement
from pulumi_policy import (
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ResourceValidationPolicy,
    StackValidationPolicy,
)
from pulumi_policy import Severity as EngineSeverity

from .configuration import ITSELF, SUPPRESSIONS, UNDECIDED, WHEN_DEPLOYED
from .registry import Level, Rule, all_rules
from .remarks import GUARD

FORMS: Final = {Level.RESOURCE: ResourceValidationPolicy, Level.STACK: StackValidationPolicy}
STRICTNESS: Final[Mapping[str, Any]] = {
    "type": "string",
    "enum": ["mandatory", "advisory"],
    "default": "mandatory",
    "description": "what an undecided finding is where the pool is deployed and nothing in the graph decides.",
}
ENTRY: Final[Mapping[str, Any]] = {
    "type": "array",
    "default": [],
    "description": "exceptions, each with rule, urn (a pattern), reason and expires (YYYY-MM-DD).",
}


def policies() -> list[Policy]:
    """The pack's own policy, and those of every rule: for violations, for what stays undecided, and as guard."""
    made = [_configuration()]
    for rule in all_rules():
        made += [FORMS[rule.level](validate=_unused, **settings) for settings in (_violation(rule), _undecided(rule))]
        if rule.guards:
            made.append(ResourceValidationPolicy(validate=_unused, **_guard(rule)))
    return made


def schemas() -> Mapping[str, Collection[str]]:
    """The options of every policy by its name."""
    return {one.name: one.config_schema.properties if one.config_schema else () for one in policies()}


def _unused(args: Any, report: Any) -> None:
    """The SDK's way to judge; `servicer` replaces it, because it unpacks the whole stack anew for every policy."""
    raise RuntimeError("the pack's own servicer judges")


def _configuration() -> Policy:
    return StackValidationPolicy(
        validate=_unused,
        name=ITSELF,
        description="The pack's configuration is wrong, so rules are not held as somebody believes.",
        display_name="The pack's configuration names what exists and excuses nothing for ever",
        enforcement_level=Enforcement.MANDATORY,
        severity=EngineSeverity.HIGH,
        config_schema=PolicyConfigSchema(properties={SUPPRESSIONS: dict(ENTRY)}),
        remediation_steps="Correct the file given with --policy-pack-config.",
        url="https://www.pulumi.com/docs/insights/policy/policy-packs/configuration/",
    )


def _violation(rule: Rule) -> dict[str, Any]:
    return _common(rule, rule.options) | {
        "name": rule.id,
        "description": rule.why,
        "display_name": rule.name,
        "enforcement_level": Enforcement.MANDATORY,
        "severity": EngineSeverity(rule.severity),
    }


def _undecided(rule: Rule) -> dict[str, Any]:
    return _common(rule, {WHEN_DEPLOYED: STRICTNESS}) | {
        "name": rule.id + UNDECIDED,
        "description": f"Could not be decided: {rule.name[0].lower()}{rule.name[1:]}.",
        "display_name": f"{rule.name}: undecided",
        "enforcement_level": Enforcement.ADVISORY,
        "severity": EngineSeverity.LOW,
    }


def _guard(rule: Rule) -> dict[str, Any]:
    """It stops an update before the resource is applied; silent in a preview, where the stack rule speaks."""
    named = {"name": rule.id + GUARD, "display_name": f"{rule.name} (before it is applied)"}
    return _violation(rule) | named | {"config_schema": None}


def _common(rule: Rule, options: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    framework = PolicyComplianceFramework(
        name="AWS Well-Architected Framework",
        version="2024-06-27",
        reference=rule.framework,
        specification="",
    )
    schema = PolicyConfigSchema(properties={name: dict(option) for name, option in options.items()})
    return {
        "framework": framework,
        "remediation_steps": rule.mend,
        "url": rule.source,
        "config_schema": schema if options else None,
    }
