"""The rules as the engine's policies: its servicer, its policy classes; its proxies are read in `proxies`.

The analyzer's servicer is private in pulumi_policy. The SDK offers no other way to learn of stack and configuration
when a language host started the pack: `ConfigureStack` brings both and the SDK keeps the tags only.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pulumi_policy import EnforcementLevel as Enforcement
from pulumi_policy import (
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy import Severity as EngineSeverity
from pulumi_policy import policy as engine

from .facts import Context
from .findings import Finding, Verdict
from .proxies import of_one, of_stack
from .registry import Level, Rule, all_rules

UNDECIDED: Final = "-undecided"
GUARD: Final = "-guard"


class Engine:
    """What the engine said about this run. Written once by `ConfigureStack`, before any analysis."""

    def __init__(self) -> None:
        self.context = Context()
        self.call = threading.local()  # facts and findings of the analysis that this thread is in


ENGINE: Final = Engine()


def findings(rule: Rule, args: StackValidationArgs) -> list[Finding]:
    """The findings of a stack rule; facts and findings are made once for an analysis of the engine.

    The two policies of a rule may be configured differently, so its findings are kept by configuration, too.
    """
    options = _options(args)
    kept = getattr(ENGINE.call, "kept", None)
    if kept is None:
        return rule.judge(of_stack(args, ENGINE.context), options)
    facts = kept.setdefault("", None) or of_stack(args, ENGINE.context)
    kept[""] = facts
    key = rule.id, json.dumps(options, sort_keys=True)
    if key not in kept:
        kept[key] = rule.judge(facts, options)
    return kept[key]


def _options(args: StackValidationArgs | ResourceValidationArgs) -> Mapping[str, Any]:
    """The pack configuration's properties for this policy; the engine has checked them and filled in defaults."""
    return args.get_config() or {}


def policies() -> list[Policy]:
    """The policies of every rule: one for violations, one for what stays undecided, one as guard."""
    made: list[Policy] = []
    for rule in all_rules():
        form = _resource_policies if rule.level is Level.RESOURCE else _stack_policies
        made += form(rule)
        if rule.guards:
            made.append(_guard(rule))
    return made


def _stack_policies(rule: Rule) -> list[Policy]:
    def validate(verdict: Verdict) -> Callable[[StackValidationArgs, ReportViolation], None]:
        def report(args: StackValidationArgs, report_violation: ReportViolation) -> None:
            _report(findings(rule, args), verdict, rule, report_violation)

        return report

    return [
        StackValidationPolicy(validate=validate(Verdict.VIOLATION), **_violation(rule)),
        StackValidationPolicy(validate=validate(Verdict.UNDECIDED), **_undecided(rule)),
    ]


def _resource_policies(rule: Rule) -> list[Policy]:
    def validate(verdict: Verdict) -> Callable[[ResourceValidationArgs, ReportViolation], None]:
        def report(args: ResourceValidationArgs, report_violation: ReportViolation) -> None:
            _report(rule.judge(of_one(args, ENGINE.context), _options(args)), verdict, rule, report_violation)

        return report

    return [
        ResourceValidationPolicy(validate=validate(Verdict.VIOLATION), **_violation(rule)),
        ResourceValidationPolicy(validate=validate(Verdict.UNDECIDED), **_undecided(rule)),
    ]


def _guard(rule: Rule) -> Policy:
    """Stop an update before the resource is applied; silent in a preview, where the stack rule speaks."""

    def validate(args: ResourceValidationArgs, report_violation: ReportViolation) -> None:
        if args.resource_type in rule.guards and not ENGINE.context.dry_run:
            _report(rule.judge(of_one(args, ENGINE.context), _options(args)), Verdict.VIOLATION, rule, report_violation)

    settings: dict[str, Any] = _violation(rule) | {
        "name": rule.id + GUARD,
        "display_name": f"{rule.name} (before it is applied)",
    }
    return ResourceValidationPolicy(validate=validate, **settings)


def _report(found: Sequence[Finding], verdict: Verdict, rule: Rule, report: ReportViolation) -> None:
    for finding in found:
        if finding.verdict is verdict:
            mend = f"\n{rule.mend}" if verdict is Verdict.VIOLATION else ""
            report(finding.message + mend, finding.urn)


def _violation(rule: Rule) -> dict[str, Any]:
    return _common(rule) | {
        "name": rule.id,
        "description": rule.why,
        "display_name": rule.name,
        "enforcement_level": Enforcement.MANDATORY,
        "severity": EngineSeverity(rule.severity),
    }


def _undecided(rule: Rule) -> dict[str, Any]:
    return _common(rule) | {
        "name": rule.id + UNDECIDED,
        "description": f"Could not be decided: {rule.name[0].lower()}{rule.name[1:]}.",
        "display_name": f"{rule.name}: undecided",
        "enforcement_level": Enforcement.ADVISORY,
        "severity": EngineSeverity.LOW,
    }


def _common(rule: Rule) -> dict[str, Any]:
    framework = PolicyComplianceFramework(
        name="AWS Well-Architected Framework",
        version="2024-06-27",
        reference=rule.framework,
        specification="",
    )
    common: dict[str, Any] = {"framework": framework, "remediation_steps": rule.mend, "url": rule.source}
    if rule.options:
        schema = {name: dict(option) for name, option in rule.options.items()}
        common["config_schema"] = PolicyConfigSchema(properties=schema)
    return common


def remember_stack(servicer: type | None = None) -> None:
    """Keep stack, project, dry run and configuration that the engine sends, and share facts in one analysis."""
    target: Any = servicer or next(
        kind for kind in vars(engine).values() if isinstance(kind, type) and "ConfigureStack" in vars(kind)
    )
    configure, analyze = target.ConfigureStack, target.AnalyzeStack

    def configure_stack(self: Any, request: Any, context: Any) -> Any:
        ENGINE.context = Context(
            stack=request.stack, project=request.project, dry_run=request.dry_run, config=dict(request.config)
        )
        return configure(self, request, context)

    def analyze_stack(self: Any, request: Any, context: Any) -> Any:
        ENGINE.call.kept = {}
        try:
            return analyze(self, request, context)
        finally:
            ENGINE.call.kept = None

    target.ConfigureStack, target.AnalyzeStack = configure_stack, analyze_stack
