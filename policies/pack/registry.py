"""A rule is a pure function over facts; all else about it is data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from .facts import StackFacts
from .findings import Finding, Judge

Body = Callable[[StackFacts, Judge], Iterator[Finding]]


class Severity(StrEnum):
    """How bad a violation is; the engine shows it in the violation event."""

    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Level(StrEnum):
    """When the rule is judged.

    A resource rule sees the inputs of one resource and stops it before it is applied; a stack rule sees
    the outputs of all and stops a preview, or an update after the fact. Each rule is one of them, because
    the engine knows a policy by its name and a finding shall carry one name.
    """

    RESOURCE = "resource"
    STACK = "stack"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    `guards` lists the types that an update must stop at before it applies them; `options` are what a pack
    configuration may set for it, JSON schema by name, each with a default.
    """

    id: str
    name: str
    severity: Severity
    framework: str
    why: str
    mend: str
    source: str
    body: Body
    level: Level = Level.STACK
    guards: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def judge(self, facts: StackFacts, options: Mapping[str, Any] | None = None) -> list[Finding]:
        """All findings, in an order that does not depend on the order of the resources."""
        chosen = {name: schema["default"] for name, schema in self.options.items()} | dict(options or {})
        return sorted(set(self.body(facts, Judge(rule=self.id, options=chosen))))


_RULES: Final[dict[str, Rule]] = {}


def rule(
    *,
    id: str,
    name: str,
    severity: Severity,
    framework: str,
    why: str,
    mend: str,
    source: str,
    level: Level = Level.STACK,
    guards: tuple[str, ...] = (),
    options: Mapping[str, Mapping[str, Any]] | None = None,
) -> Callable[[Body], Body]:
    """Register a rule's function with what a reader needs to know about it."""

    def register(body: Body) -> Body:
        _RULES[id] = Rule(
            id=id,
            name=name,
            severity=severity,
            framework=framework,
            why=why,
            mend=mend,
            source=source,
            body=body,
            level=level,
            guards=guards,
            options=options or {},
        )
        return body

    return register


def all_rules() -> list[Rule]:
    """Every rule by name. Importing the rules registers them."""
    from . import rules as _  # noqa: F401 - the rules import this module

    return [_RULES[id] for id in sorted(_RULES)]
