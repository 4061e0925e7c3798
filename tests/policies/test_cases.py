"""Each rule has cases of every sort, and judges something in the stack that it passes."""

import pytest
from pack.registry import Rule, all_rules

from tests.policies.cases import ALL_CASES
from tests.policies.generated.subjects import subjects
from tests.policies.good_stack import good_stack
from tests.policies.looking import looking, watched
from tests.policies.mutations import Cases

VIOLATING = 2


def cases_of(rule: Rule) -> Cases:
    """The one set of cases of a rule."""
    found = [cases for cases in ALL_CASES if cases.rule == rule.id]
    assert len(found) == 1, rule.id
    return found[0]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_rule_has_cases_of_every_sort(rule: Rule) -> None:
    cases = cases_of(rule)
    assert len(cases.violations) >= VIOLATING
    assert cases.near_misses
    assert cases.unknown
    assert cases.malformed


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_rule_looks_into_its_subjects_before_it_passes_a_stack(rule: Rule) -> None:
    stack = good_stack()
    with looking() as looked:
        assert rule.judge(watched(stack)) == []
    assert looked & subjects(rule.id, stack)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_rule_that_has_nothing_to_judge_is_not_applicable(rule: Rule) -> None:
    absent = cases_of(rule).absent(good_stack())
    assert rule.judge(absent) == []
    assert not subjects(rule.id, absent)
