"""The rule against the evaluator: what the rule lets through, no request can abuse."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from pack.key_policy import Problem, judge
from pack.key_policy.conditions import Condition
from pack.key_policy.scope import Scope

from tests.policies.key_policy.changes import KINDS
from tests.policies.key_policy.documents import WEST
from tests.policies.key_policy.mutants import BASES, Mutant, mutants
from tests.policies.key_policy.oracle import Request, allowed
from tests.policies.key_policy.witnesses import leak, needed

SEED, COUNT = 20260101, 2000


@dataclass(frozen=True)
class Judged:
    """A mutant, the rule's problems and a request that abuses it."""

    mutant: Mutant
    problems: list[Problem]
    leak: Request | None


def judged(seed: int, count: int) -> list[Judged]:
    return [Judged(one, judge(one.policy, one.scope), leak(one.policy, one.scope)) for one in mutants(seed, count)]


@pytest.fixture(scope="module")
def sample() -> list[Judged]:
    return judged(SEED, COUNT)


def test_the_rule_lets_no_leak_through(sample: list[Judged], capsys: pytest.CaptureFixture[str]) -> None:
    passed_leaks = [one for one in sample if one.leak and not one.problems]
    assert passed_leaks == []
    figures = Counter(("flagged" if one.problems else "passed", "leak" if one.leak else "no leak") for one in sample)
    with capsys.disabled():
        print(f"\nkey policies: {len(sample)} mutants, seed {SEED}")  # noqa: T201 - the figures are asked for
        for (verdict, outcome), number in sorted(figures.items()):
            print(f"  {verdict:8} {outcome:8} {number:5}")  # noqa: T201
    assert len(sample) >= 1500
    assert figures["passed", "no leak"] >= 200
    assert figures["flagged", "leak"] >= 800


def test_every_kind_of_change_is_met_in_policies_that_pass_and_that_leak(sample: list[Judged]) -> None:
    leaking = {kind for one in sample if one.leak for kind in one.mutant.kinds}
    passing = {kind for one in sample if not one.problems for kind in one.mutant.kinds}
    assert leaking == set(KINDS)
    assert passing >= set(KINDS) - {"all_but_a_principal", "all_but_an_action"}


def test_cognito_is_not_locked_out_of_what_passes(sample: list[Judged]) -> None:
    """A Deny under conditions may strike: the rule says so of none, and this test leaves them out."""
    passed = 0
    for one in sample:
        parts = one.mutant.policy["Statement"]
        if one.problems or any(part["Effect"] == "Deny" and part.get("Condition") for part in parts):
            continue
        passed += 1
        assert [each for each in needed(one.mutant.scope) if not allowed(one.mutant.policy, each)] == []
    assert passed >= 150


def test_a_rule_that_did_not_read_the_resource_would_lock_cognito_out(
    sample: list[Judged], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Scope, "is_key", lambda self, resource: True)
    passed = [one.mutant for one in sample if one.problems and not judge(one.mutant.policy, one.mutant.scope)]
    assert any(not allowed(one.policy, each) for one in passed for each in needed(one.scope))


@pytest.mark.parametrize(("policy", "scope"), BASES)
def test_the_good_policies_leak_nothing_and_give_what_is_needed(policy: Any, scope: Scope) -> None:
    assert leak(policy, scope) is None
    assert all(allowed(policy, each) for each in needed(scope))


def weaker(module: str, name: str, value: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(sys.modules[f"pack.key_policy.{module}"], name, value)


def of(owner: Any, name: str, value: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(owner, name, value)


MODULE: Any = sys.modules["pack.key_policy.judge"]
TOO_OPEN, EXACTLY, OTHER_VIA = MODULE.too_open, MODULE._exactly, f"cognito-idp.{WEST}.amazonaws.com"
WEAKER: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "negated operators pin": weaker(
        "conditions", "PINNING", frozenset({"stringequals", "stringlike", "arnequals", "arnlike", "stringnotequals"})
    ),
    "IfExists and ForAllValues pin": of(Condition, "may_lack_key", False),
    "a pattern of pools is the pool": of(Scope, "admits_pool", lambda self, arn: self.account in arn),
    "one good value among several": weaker(
        "judge", "_exactly", lambda part, key, value: any(value in each for each in part.pins.get(key, []))
    ),
    "an exclusion is no matter": weaker(
        "judge", "too_open", lambda part, scope: () if part.inverted else TOO_OPEN(part, scope)
    ),
    "granting is administration": weaker("judge", "ADMINISTER", MODULE.ADMINISTER | {"kms:creategrant"}),
    "a data key in the clear is the pool's use": weaker("judge", "DATA", MODULE.DATA | {"kms:generatedatakey"}),
    "Cognito of any Region is Cognito": weaker(
        "judge", "_exactly", lambda part, key, value: EXACTLY(part, key, value) or EXACTLY(part, key, OTHER_VIA)
    ),
    "whoever is named is of the account": of(Scope, "is_own_principal", lambda self, who: who != "*"),
}


@pytest.mark.parametrize("weaken", WEAKER.values(), ids=WEAKER)
def test_a_weaker_rule_would_be_found_out(
    sample: list[Judged], weaken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search can fail: each weaker reading of a policy lets a leak through that these mutants show."""
    weaken(monkeypatch)
    assert any(one.leak and not judge(one.mutant.policy, one.mutant.scope) for one in sample)


@pytest.mark.nightly
def test_the_rule_lets_no_leak_through_of_policies_never_seen_before() -> None:
    seed = int(os.environ.get("KEY_POLICY_SEED", time.time_ns()))
    assert [one for one in judged(seed, 20_000) if one.leak and not one.problems] == [], f"KEY_POLICY_SEED={seed}"
