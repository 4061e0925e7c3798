"""Stacks that are as good as the good one, and what may be wrong with them alone."""

from dataclasses import replace
from typing import Any

import pytest
from pack.facts import UNKNOWN
from pack.findings import Verdict

from tests.policies.cases import MUTANTS
from tests.policies.cases.ownership import unprotected
from tests.policies.first_preview import first_preview
from tests.policies.good_stack import findings, good_stack, undecided, violated
from tests.policies.maker import resource
from tests.policies.mutations import Mutation, added, both, prop, without
from tests.policies.variants import bridged_preview, by_item, by_verdict, in_phase


@pytest.mark.parametrize("variant", [by_verdict, by_item])
def test_a_stack_of_another_mode_is_good(variant: Mutation) -> None:
    assert findings(variant(good_stack())) == []


@pytest.mark.parametrize("phase", ["foundation", "replication", "domain"])
def test_a_stack_in_an_earlier_phase_is_good(phase: str) -> None:
    # A key policy that names a pool before it exists is checked where the phases are: in the settings.
    assert findings(in_phase(phase)) == []


def test_without_a_cluster_a_first_preview_decides_everything() -> None:
    assert findings(first_preview(by_item(good_stack()))) == []


def test_a_set_that_is_unknown_as_a_whole_is_decided_by_its_sources() -> None:
    found = findings(bridged_preview(good_stack()))
    assert [(finding.rule, finding.verdict) for finding in found] == [("routing-controls-guarded", Verdict.UNDECIDED)]


@pytest.mark.parametrize(("rule", "mutation"), MUTANTS)
def test_a_bridged_first_preview_never_passes_a_mutant_in_silence(rule: str, mutation: Mutation) -> None:
    stack = bridged_preview(mutation(good_stack()))
    assert rule in violated(stack) | undecided(stack)


@pytest.mark.parametrize(
    ("rule", "mutation"),
    [
        ("health-check-thresholds", prop("check-probe", invertHealthcheck=False)),
        ("health-check-thresholds", prop("check-secondary", invertHealthcheck=True)),
        ("health-check-thresholds", without("check-secondary")),
        ("health-check-thresholds", prop("serving-check", mode="calculated")),
        ("pool-owned-and-protected", unprotected("check-probe")),
        ("domain-routing-uses-serving-check", prop("record-serving-us-west-2", healthCheckId="id-primary-up")),
    ],
)
def test_a_broken_pair_of_verdict_checks_is_caught(rule: str, mutation: Mutation) -> None:
    assert rule in violated(both(by_verdict, mutation)(good_stack()))


def test_an_unknown_inversion_of_a_verdict_check_is_undecided() -> None:
    stack = both(by_verdict, prop("check-probe", invertHealthcheck=UNKNOWN))(good_stack())
    assert violated(stack) == set()
    assert "health-check-thresholds" in undecided(stack)


def test_a_new_health_check_of_somebody_else_changes_no_verdict() -> None:
    kind = "aws:route53/healthCheck:HealthCheck"
    new = resource(kind, "shop", None, id=UNKNOWN, type="HTTPS", fqdn="shop.example.com", requestInterval=30.0)
    assert findings(added(new)(good_stack())) == []


SECOND, MODE = "check-probe-secondary", ("serving-check", "mode")
HIDDEN_PAIR = [
    (prop("serving-check", mode=UNKNOWN), {(SECOND, "invertHealthcheck")}),
    (prop("check-probe", searchString=UNKNOWN), {("check-probe", "searchString"), MODE}),
    (prop("check-secondary", searchString=UNKNOWN), {(SECOND, "searchString"), MODE}),
    (prop("check-secondary", invertHealthcheck=UNKNOWN), {(SECOND, "invertHealthcheck"), MODE}),
]


@pytest.mark.parametrize(("hidden", "places"), HIDDEN_PAIR)
def test_a_pair_of_verdict_checks_that_is_known_in_part_is_undecided(hidden: Mutation, places: set[Any]) -> None:
    found = [one for one in findings(both(by_verdict, hidden)(good_stack())) if one.rule == "health-check-thresholds"]
    assert {one.verdict for one in found} == {Verdict.UNDECIDED}
    assert {(one.urn.split("::")[-1], one.path) for one in found} == places


def test_what_a_pair_without_its_complement_is_told_stands_at_the_components_mode() -> None:
    found = findings(both(by_verdict, without("check-secondary"))(good_stack()))
    told = {(one.urn.split("::")[-1], one.path, one.verdict) for one in found}
    assert (*MODE, Verdict.VIOLATION) in told


def test_the_checks_of_routing_controls_are_no_part_of_the_pair() -> None:
    pin = next(one for one in good_stack().resources if one.name == "check-pin")
    assert findings(both(by_verdict, added(pin))(good_stack())) == []


def test_of_two_serving_checks_one_by_verdict_excuses_the_complement() -> None:
    stack = by_verdict(good_stack())
    first = next(one for one in stack.resources if one.name == "serving-check")
    second = replace(first, name="second", urn=f"{first.urn}-second", props={**first.props, "mode": "calculated"})
    assert "health-check-thresholds" not in violated(replace(stack, resources=[*stack.resources, second]))
