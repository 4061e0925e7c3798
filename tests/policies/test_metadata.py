"""How a rule is registered with the engine: names, levels, what a reader is told and what may be configured."""

import re

import pytest
from pack import adapter
from pack.registry import Rule, all_rules
from pulumi_policy import EnforcementLevel, Policy, Severity


def policies() -> dict[str, Policy]:
    """All that the pack registers, by name."""
    return {policy.name: policy for policy in adapter.policies()}


def options(policy: Policy) -> set[str]:
    return set(policy.config_schema.properties) if policy.config_schema else set()


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_rule_stops_and_what_it_cannot_decide_advises(rule: Rule) -> None:
    known = policies()
    violation, undecided = known[rule.id], known[f"{rule.id}-undecided"]
    assert violation.enforcement_level is EnforcementLevel.MANDATORY
    assert undecided.enforcement_level is EnforcementLevel.ADVISORY
    assert undecided.severity is Severity.LOW
    assert violation.severity in (Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)
    assert violation.description == rule.why
    assert undecided.display_name == f"{violation.display_name}: undecided"
    said = undecided.description.removeprefix("Could not be decided: ")
    assert said[0].islower() or said[:2].isupper()
    assert said.removesuffix(".").lower() == rule.name.lower()


def test_a_policy_names_its_framework_source_and_mend() -> None:
    of_rules = [policy for name, policy in policies().items() if name != "configuration"]
    assert len(of_rules) > 2 * len(all_rules())
    for policy in of_rules:
        well_described(policy)


def well_described(policy: Policy) -> None:
    assert policy.framework
    assert policy.framework.name == "AWS Well-Architected Framework"
    assert policy.framework.version == "2024-06-27"
    assert policy.framework.specification == ""
    assert re.fullmatch(r"(REL|SEC)\d\d-BP\d\d", policy.framework.reference or "")
    assert policy.remediation_steps
    assert (policy.url or "").startswith(("https://docs.aws.amazon.com/", "https://www.pulumi.com/docs/"))


def test_only_rules_with_a_property_that_cannot_be_taken_back_have_a_guard() -> None:
    known = policies()
    guards = {name for name in known if name.endswith("-guard")}
    assert guards == {
        "certificate-in-us-east-1-guard",
        "key-policy-pool-scoped-guard",
        "regional-certificates-guard",
    }
    assert all(known[name].enforcement_level is EnforcementLevel.MANDATORY for name in guards)
    assert not any(options(known[name]) for name in guards)
    assert all(str(known[name].display_name).endswith("(before it is applied)") for name in guards)


def test_every_undecided_policy_has_one_knob_and_it_is_strict_by_default() -> None:
    for rule in all_rules():
        policy = policies()[f"{rule.id}-undecided"]
        assert options(policy) == {"whenDeployed"}
        assert policy.config_schema
        knob = policy.config_schema.properties["whenDeployed"]
        assert (knob["type"], knob["enum"], knob["default"]) == ("string", ["mandatory", "advisory"], "mandatory")


def test_the_packs_own_policy_stops_and_takes_suppressions() -> None:
    own = policies()["configuration"]
    assert own.enforcement_level is EnforcementLevel.MANDATORY
    assert own.severity is Severity.HIGH
    assert (own.url or "").startswith("https://www.pulumi.com/docs/")
    assert own.config_schema
    entry = own.config_schema.properties["suppressions"]
    assert (entry["type"], entry["default"]) == ("array", [])


KNOBS = {
    "mfa-survives-failover": {"acknowledgeTotp": False},
    "pool-owned-and-protected": {"allowUnprotected": False},
    "routing-controls-guarded": {"allowLoopbackEndpoints": False},
}


def test_the_options_of_rules_are_these() -> None:
    known = {rule.id: {name: one["default"] for name, one in rule.options.items()} for rule in all_rules()}
    assert {rule: given for rule, given in known.items() if given} == KNOBS
    for rule in all_rules():
        assert options(policies()[rule.id]) == set(rule.options)
        assert all(one["type"] == "boolean" for one in rule.options.values())
