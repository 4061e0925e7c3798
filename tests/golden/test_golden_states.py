"""The stored states: good, whole, and free of secrets and of the machine that made them."""

import json
import re

import pytest
from pack.findings import Verdict
from pack.registry import all_rules

from tests.golden.edits import EDITS
from tests.golden.facts import findings
from tests.golden.store import FOLDER, STACKS, load

MOST_BYTES = 60_000


@pytest.mark.parametrize("stack", STACKS)
def test_a_good_state_has_no_finding(stack: str) -> None:
    assert findings(load(stack)) == []


@pytest.mark.parametrize("rule", EDITS)
def test_an_edited_state_is_found_by_exactly_its_rule(rule: str) -> None:
    stack, edit = EDITS[rule]
    assert {(one.rule, one.verdict) for one in findings(edit(load(stack)))} == {(rule, Verdict.VIOLATION)}


def test_every_rule_has_an_edit() -> None:
    assert set(EDITS) == {rule.id for rule in all_rules()}


@pytest.mark.parametrize("stack", STACKS)
def test_a_state_keeps_no_secret_and_no_trace_of_a_machine(stack: str) -> None:
    text = json.dumps(load(stack))
    assert "ciphertext" not in text
    assert "urn:pulumi:local::" not in text
    assert re.findall(r'"/(?:home|root|tmp|work|Users|var)/[^"]*', text) == []
    assert re.findall(r"127\.0\.0\.1|localhost|000000000000", text) == []
    assert (FOLDER / f"{stack}.json.gz").stat().st_size < MOST_BYTES
