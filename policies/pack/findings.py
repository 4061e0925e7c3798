"""What a rule says about one resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from .facts import Resource


class Verdict(StrEnum):
    """A pass is the absence of a finding; what cannot be decided is said, never passed."""

    VIOLATION = "violation"
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True, order=True)
class Finding:
    """One resource, the property in question, what was found and what the rule expects.

    `awaited`: the value is undecided because the resource that rightly gives it is made by this very update.
    """

    rule: str
    urn: str
    path: str
    verdict: Verdict
    found: str
    expected: str
    awaited: bool = False

    @property
    def message(self) -> str:
        """The line that the engine shows below the rule's description."""
        if self.verdict is Verdict.UNDECIDED:
            return f"{self.urn}\n{self.path}: {self.found}; to be {self.expected}."
        return f"{self.path}: found {self.found}; expected {self.expected}."


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Makes the findings of one rule, so that a rule never spells its own name, and knows its configuration."""

    rule: str
    options: Mapping[str, Any] = field(default_factory=dict)

    def violation(self, resource: Resource, path: str, *, found: str, expected: str) -> Finding:
        """The rule is broken, whatever the unknown values turn out to be."""
        return self._finding(resource, path, Verdict.VIOLATION, found, expected)

    def undecided(
        self, resource: Resource, path: str, *, expected: str, found: str = "", awaited: bool = False
    ) -> Finding:
        """The rule cannot be decided from what is known now; `awaited` where that is as it should be."""
        reason = found or "not known before the update"
        return replace(self._finding(resource, path, Verdict.UNDECIDED, reason, expected), awaited=awaited)

    def _finding(self, resource: Resource, path: str, verdict: Verdict, found: str, expected: str) -> Finding:
        return Finding(rule=self.rule, urn=resource.urn, path=path, verdict=verdict, found=found, expected=expected)
