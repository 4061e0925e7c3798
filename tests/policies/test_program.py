"""The program of each stack file passes its own pack at a first preview, phase by phase."""

from itertools import takewhile
from typing import Any

import pytest
from pack.findings import Finding, Verdict
from pack.registry import all_rules

from settings import Phase
from tests.policies.program import first_facts, stack_file

MOST_UNDECIDED = 5
"""More, and nobody would read them."""


def stages() -> list[tuple[str, str]]:
    """Each deployable stack file with every phase up to its own; the local one founds its pool as it goes."""
    found = []
    for stack in ("prod", "staging"):
        own = stack_file(stack)["rollout"]["phase"]
        before = takewhile(lambda phase, own=own: phase != own, Phase)
        found += [(stack, str(phase)) for phase in [*before, own]]
    return found


def judged(values: dict[str, Any], stack: str) -> list[Finding]:
    """What all rules say."""
    _, facts = first_facts(values, stack)
    return [finding for rule in all_rules() for finding in rule.judge(facts)]


@pytest.mark.parametrize(("stack", "phase"), stages())
def test_the_program_of_a_stack_file_passes_its_first_preview(stack: str, phase: str) -> None:
    values = stack_file(stack)
    values["rollout"] = {**values["rollout"], "phase": phase}
    found = judged(values, stack)
    assert [finding for finding in found if finding.verdict is Verdict.VIOLATION] == []
    assert len(found) <= MOST_UNDECIDED


def test_an_unprotected_stack_is_refused_unless_it_is_excused() -> None:
    values = stack_file("staging") | {"protect": False}
    _, facts = first_facts(values, "staging")
    rule = next(rule for rule in all_rules() if rule.id == "pool-owned-and-protected")
    assert {finding.path for finding in rule.judge(facts)} == {"protect", "deletionProtection"}
    assert rule.judge(facts, {"allowUnprotected": True}) == []
