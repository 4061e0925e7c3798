"""The engine's questions, answered from facts that are made once for each.

The analyzer's servicer is private in pulumi_policy. The SDK offers no other way to learn of stack and configuration
when a language host started the pack (`ConfigureStack` brings both and the SDK keeps the tags only), none to see names
that no policy has, and none to judge a stack without unpacking it once for each policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from google.protobuf import json_format
from pulumi_policy import EnforcementLevel as Enforcement
from pulumi_policy import Policy
from pulumi_policy import policy as engine

from . import wire
from .adapter import schemas
from .configuration import ITSELF, Configuration, configuration
from .facts import Context
from .registry import Level, Rule, all_rules
from .remarks import Force, Remark, on_configuration, remarks

LEVELS: Final = {number: name.lower() for name, number in engine.proto.EnforcementLevel.items()}


@dataclass
class Run:
    """What the engine said about this run: written before any analysis, read by all of its threads."""

    context: Context = field(default_factory=Context)
    configuration: Configuration = field(default_factory=Configuration)


def utc_today() -> date:
    """The date by which suppressions expire."""
    return datetime.now(UTC).date()


def install(policies: Iterable[Policy], target: Any = None, today: Callable[[], date] = utc_today) -> None:
    """Make the SDK's servicer answer for these policies from facts."""
    target = target or next(
        kind for kind in vars(engine).values() if isinstance(kind, type) and "ConfigureStack" in vars(kind)
    )
    run, by_name = Run(), {policy.name: policy for policy in policies}
    configure, configure_stack = target.Configure, target.ConfigureStack

    def keep_configuration(self: Any, request: Any, context: Any) -> Any:
        given = {name: json_format.MessageToDict(one.properties) for name, one in request.policyConfig.items()}
        levels = {name: LEVELS[one.enforcementLevel] for name, one in request.policyConfig.items()}
        run.configuration = configuration(given, schemas(), [rule.id for rule in all_rules()], today(), levels)
        return configure(self, request, context)

    def keep_stack(self: Any, request: Any, context: Any) -> Any:
        run.context = Context(
            stack=request.stack, project=request.project, dry_run=request.dry_run, config=dict(request.config)
        )
        return configure_stack(self, request, context)

    def analyze(self: Any, request: Any, context: Any) -> Any:
        return _answer(self, _on_resource(request, run), by_name)

    def analyze_stack(self: Any, request: Any, context: Any) -> Any:
        return _answer(self, _on_stack(request, run), by_name)

    target.Configure, target.ConfigureStack = keep_configuration, keep_stack
    target.Analyze, target.AnalyzeStack = analyze, analyze_stack


def _on_resource(request: Any, run: Run) -> Iterator[Remark]:
    """Resource rules always; guards of this type only while an update runs, for a preview has the stack rules."""
    rules = [(rule, False) for rule in _of_level(Level.RESOURCE)]
    if not run.context.dry_run:
        rules += [(rule, True) for rule in all_rules() if request.type in rule.guards]
    facts = wire.of_one(request, run.context)
    for rule, guard in rules:
        yield from remarks(rule, facts, run.configuration, guard=guard)


def _on_stack(request: Any, run: Run) -> Iterator[Remark]:
    facts = wire.of_stack(request, run.context)
    yield from on_configuration(run.configuration, facts)
    for rule in _of_level(Level.STACK):
        yield from remarks(rule, facts, run.configuration)


def _of_level(level: Level) -> list[Rule]:
    return [rule for rule in all_rules() if rule.level is level]


def _answer(servicer: Any, found: Iterable[Remark], by_name: dict[str, Policy]) -> Any:
    """The answer to the engine; a policy that is switched off says nothing."""
    answer = engine.proto.AnalyzeResponse()
    for remark in found:
        policy = by_name[remark.policy]
        level = _level(servicer, policy)
        if level is Enforcement.DISABLED:
            continue
        if remark.force is Force.ADVISES:
            level = Enforcement.ADVISORY
        elif remark.force is Force.AS_VIOLATION and _level(servicer, by_name[remark.rule]) is Enforcement.MANDATORY:
            level = Enforcement.MANDATORY
        report = servicer._create_report_violation(answer, policy.name, policy.description, level, policy.severity)
        report(remark.text, remark.urn)
    return answer


def _level(servicer: Any, policy: Policy) -> Enforcement:
    """The configured level; nothing here mends by itself, and what judges the configuration is not silenced by it."""
    if policy.name == ITSELF:
        return Enforcement.MANDATORY
    level = servicer._get_enforcement_level(policy)
    return Enforcement.MANDATORY if level is Enforcement.REMEDIATE else level
