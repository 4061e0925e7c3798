"""Each rule by mutation of a good stack: exactly that rule speaks."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.facts import UNKNOWN, Provider, Resource
from pack.registry import all_rules

from tests.policies.cases import ALL_CASES, MUTANTS, NEAR_MISSES, UNKNOWNS
from tests.policies.first_preview import first_preview
from tests.policies.good_stack import changed, findings, good_stack, undecided, violated, with_props
from tests.policies.maker import EAST, STACK, WEST, policy
from tests.policies.mutations import Cases, Mutation, without_type

RULES = 17
FIRST_PREVIEW = [("routing-controls-guarded", "endpoints")]


def test_the_good_stack_has_no_finding() -> None:
    assert findings(good_stack()) == []


@pytest.mark.parametrize(("rule", "mutation"), MUTANTS)
def test_a_mutant_is_caught_by_exactly_its_rule(rule: str, mutation: Mutation) -> None:
    assert violated(mutation(good_stack())) == {rule}


@pytest.mark.parametrize("mutation", NEAR_MISSES)
def test_a_near_miss_is_no_violation(mutation: Mutation) -> None:
    assert violated(mutation(good_stack())) == set()


@pytest.mark.parametrize(("rule", "mutation"), UNKNOWNS)
def test_an_unknown_value_is_undecided_and_no_violation(rule: str, mutation: Mutation) -> None:
    stack = mutation(good_stack())
    assert violated(stack) == set()
    assert undecided(stack) == {rule}


@pytest.mark.parametrize(
    ("rule", "mutation"), [(cases.rule, mutation) for cases in ALL_CASES for mutation in cases.malformed]
)
def test_a_malformed_value_never_passes(rule: str, mutation: Mutation) -> None:
    stack = mutation(good_stack())
    assert rule in violated(stack) | undecided(stack)


@pytest.mark.parametrize("cases", ALL_CASES, ids=lambda cases: cases.rule)
def test_a_rule_is_silent_about_a_stack_without_its_subject(cases: Cases) -> None:
    assert cases.rule not in {finding.rule for finding in findings(cases.absent(good_stack()))}


def test_a_first_preview_leaves_the_cluster_endpoints_undecided_and_nothing_else() -> None:
    found = findings(first_preview(good_stack()))
    assert [(finding.rule, finding.path) for finding in found] == FIRST_PREVIEW


@pytest.mark.parametrize(("rule", "mutation"), MUTANTS)
def test_a_first_preview_never_passes_a_mutant_in_silence(rule: str, mutation: Mutation) -> None:
    stack = first_preview(mutation(good_stack()))
    assert rule in violated(stack) | undecided(stack)


def test_an_unknown_certificate_is_decided_by_where_it_comes_from() -> None:
    unknown = with_props(good_stack(), "domain", customDomainConfig={"certificateArn": UNKNOWN})
    source = next(r.urn for r in unknown.resources if r.name == "certificate")
    named = changed(unknown, "domain", lambda d: replace(d, property_dependencies={"customDomainConfig": [source]}))
    assert findings(named) == []
    elsewhere = Provider(name="aws-us-west-2", region=WEST)
    assert violated(changed(named, "certificate", lambda c: replace(c, provider=elsewhere))) == {
        "certificate-in-us-east-1"
    }


def test_the_founding_form_is_good_only_while_no_pool_is_named() -> None:
    stack = good_stack()
    for name, region in (("key-east", EAST), ("key-west", WEST)):
        stack = with_props(stack, name, policy=policy(region, None))
    founded = without_type("UserPoolReplica")(with_props(stack, "key", "KeyPair", poolId=None))
    assert "key-policy-pool-scoped" not in violated(founded)


@given(st.sampled_from(MUTANTS), st.randoms(use_true_random=False))
def test_the_order_of_resources_changes_nothing(mutant: tuple[str, Mutation], order: random.Random) -> None:
    stack = mutant[1](good_stack())
    shuffled = list(stack.resources)
    order.shuffle(shuffled)
    assert findings(replace(stack, resources=shuffled)) == findings(stack)


@given(st.sampled_from(MUTANTS), st.data())
def test_hiding_any_value_never_turns_a_violation_into_a_silent_pass(mutant: tuple[str, Mutation], data: Any) -> None:
    rule, mutation = mutant
    stack = mutation(good_stack())
    at = data.draw(st.integers(0, len(stack.resources) - 1))
    one = stack.resources[at]
    if not one.props:
        return
    key = data.draw(st.sampled_from(sorted(one.props)))
    hidden = [replace(r, props={**r.props, key: UNKNOWN}) if r is one else r for r in stack.resources]
    after = replace(stack, resources=hidden)
    assert rule in violated(after) | undecided(after)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=6) | st.just(UNKNOWN),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_no_rule_raises_on_any_value_of_any_property(data: Any) -> None:
    stack = good_stack()
    at = data.draw(st.integers(0, len(stack.resources) - 1))
    one = stack.resources[at]
    key = data.draw(st.sampled_from([*sorted(one.props), "policy", "writeAttributes"]))
    odd = replace(one, props={**one.props, key: data.draw(JSON)})
    findings(replace(stack, resources=[odd if r is one else r for r in stack.resources]))


@given(st.sampled_from(MUTANTS), JSON)
def test_an_unrelated_resource_changes_no_verdict(mutant: tuple[str, Mutation], value: Any) -> None:
    stack = mutant[1](good_stack())
    provider = Provider(name="aws-us-east-1", region=EAST)
    bystander = Resource(
        type="aws:sns/topic:Topic",
        name="t",
        urn=f"{STACK}aws:sns/topic:Topic::t",
        props={"x": value},
        provider=provider,
    )
    assert findings(replace(stack, resources=[*stack.resources, bystander])) == findings(stack)


def test_every_rule_says_why_and_how_to_mend() -> None:
    assert len(all_rules()) == RULES
    for rule in all_rules():
        assert rule.why
        assert rule.mend
        assert rule.source.startswith("https://docs.aws.amazon.com/") or rule.source.startswith(
            "https://www.pulumi.com/"
        )
