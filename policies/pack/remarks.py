"""A finding as it is shown: by which policy, in which words, and how far it may go.

The engine has one level for each policy and run. An answer, however, carries a level with each finding; the SDK itself
reports what it skips as advisory, whatever the policy's level. So a finding can be stricter or milder than its policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .configuration import ITSELF, UNDECIDED, Configuration
from .deployment import deployed
from .facts import StackFacts
from .findings import Finding, Verdict
from .registry import Rule
from .suppressions import strangers

GUARD: Final = "-guard"


class Force(StrEnum):
    """How far a finding goes: as its own policy's level says, no further than advice, or as far as a violation."""

    AS_CONFIGURED = "as configured"
    ADVISES = "advises"
    AS_VIOLATION = "as a violation"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One line of the policy named; `rule` is the policy of the rule's violations, none for the pack's own."""

    policy: str
    rule: str = ""
    urn: str
    text: str
    force: Force = Force.AS_CONFIGURED


def remarks(rule: Rule, facts: StackFacts, configuration: Configuration, *, guard: bool = False) -> Iterator[Remark]:
    """What a rule says about a stack, or as a guard about one resource: its violations alone."""
    strict = configuration.stops_when_deployed(rule.id) and deployed(facts)
    for finding in rule.judge(facts, configuration.options(rule.id)):
        if finding.verdict is Verdict.VIOLATION or not guard:
            yield _remark(finding, rule, configuration, strict, guard)


def _remark(finding: Finding, rule: Rule, configuration: Configuration, strict: bool, guard: bool) -> Remark:
    undecided = finding.verdict is Verdict.UNDECIDED
    policy = rule.id + (UNDECIDED if undecided else GUARD if guard else "")
    force, text = Force.AS_CONFIGURED, finding.message
    if undecided:
        force = Force.AS_VIOLATION if strict and not finding.awaited else force
    else:
        text += f"\n{rule.mend}"
    if excuse := configuration.excuse(finding):
        force, text = Force.ADVISES, f"{finding.message}\nSuppressed until {excuse.expires}: {excuse.reason}"
    return Remark(policy=policy, rule=rule.id, urn=finding.urn, text=text, force=force)


def on_configuration(configuration: Configuration, facts: StackFacts) -> Sequence[Remark]:
    """What is wrong with the configuration itself, and suppressions that mean nothing of this stack."""
    lost = [
        f"the suppression of {one} means no resource of this stack"
        for one in strangers(configuration.suppressions, facts)
    ]
    return [Remark(policy=ITSELF, urn="", text=text) for text in [*configuration.problems, *lost]]
