"""Every mutant is caught by its rule, and by no other rule without a reason."""

import os
import zlib
from pathlib import Path

import pytest
from pack.findings import Verdict
from pack.registry import all_rules

from tests.policies.generated.stacks import exported_bases
from tests.policies.generated.state_file import as_the_pack_reads
from tests.policies.generated.subjects import SUBJECTS
from tests.policies.mutants.all import MUTANTS
from tests.policies.mutants.kit import Mutant, Place
from tests.policies.mutants.matrix import first_broken, page

AT_LEAST = 150
PAGE = Path(__file__).parents[2] / "docs" / "policy-mutants.md"
EVERY_STACK = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"


def broken_stacks(mutant: Mutant) -> list[str]:
    """The broken states: on all stacks that the mutant applies to, or on one of them, in turn."""
    states = exported_bases()
    start = zlib.crc32(mutant.name.encode()) % len(states)
    turned = [*states[start:], *states[:start]]
    made = (broken for state in turned if (broken := mutant.broken(state)))
    return [*made] if EVERY_STACK else [next(made)]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.rule}: {mutant.name}")
def test_a_mutant_is_caught_by_its_rule_and_by_others_only_with_a_reason(mutant: Mutant) -> None:
    for text in broken_stacks(mutant):
        stack, violated = as_the_pack_reads(text), set()
        for rule in all_rules():
            violated |= {finding.rule for finding in rule.judge(stack) if finding.verdict is Verdict.VIOLATION}
        assert mutant.rule in violated
        assert violated <= {mutant.rule, *mutant.also}


def test_the_exported_states_themselves_are_good() -> None:
    for text in exported_bases():
        stack = as_the_pack_reads(text)
        assert [finding for rule in all_rules() for finding in rule.judge(stack)] == []


def test_the_mutants_are_distinct_and_more_than_enough() -> None:
    made = [first_broken(mutant) for mutant in MUTANTS]
    assert all(good != broken for good, broken in made)
    assert len({(mutant.rule, mutant.name) for mutant in MUTANTS}) == len(MUTANTS)
    assert len({broken for _, broken in made}) == len(MUTANTS) >= AT_LEAST


def test_every_rule_has_mutants_in_every_place() -> None:
    wanted = {(rule.id, place) for rule in all_rules() for place in Place}
    assert wanted == {(mutant.rule, mutant.place) for mutant in MUTANTS}
    assert {mutant.rule for mutant in MUTANTS} == set(SUBJECTS)


def test_a_second_rule_is_another_one() -> None:
    rules = set(SUBJECTS)
    assert all(set(mutant.also) <= rules - {mutant.rule} for mutant in MUTANTS)
    assert all(all(mutant.also.values()) for mutant in MUTANTS)


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text() == page()
