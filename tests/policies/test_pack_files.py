"""The pack as the engine meets it: its configuration files and its documentation."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pack.adapter import policies, schemas
from pack.catalogue import page
from pack.configuration import configuration
from pack.registry import all_rules

from tests.policies.good_stack import changed, good_stack, with_props
from tests.policies.maker import resource
from tests.policies.servicer import Pack

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def pack() -> Pack:
    return Pack()


@pytest.mark.parametrize("stack", ["prod", "staging", "local"])
def test_every_key_of_a_configuration_file_is_a_policy_or_an_option_of_one(stack: str) -> None:
    given = json.loads((PROJECT / "policies" / f"config.{stack}.json").read_text())
    properties = {
        name: {key: value for key, value in one.items() if key != "enforcementLevel"} if isinstance(one, dict) else {}
        for name, one in given.items()
    }
    rules = [rule.id for rule in all_rules()]
    levels = {
        name: one if isinstance(one, str) else one.get("enforcementLevel", "mandatory") for name, one in given.items()
    }
    assert configuration(properties, schemas(), rules, datetime.now(UTC).date(), levels).problems == ()


def test_every_stack_file_has_its_configuration_file() -> None:
    stacks = {path.name.split(".")[1] for path in PROJECT.glob("Pulumi.*.yaml")}
    assert {path.name.split(".")[1] for path in (PROJECT / "policies").glob("config.*.json")} == stacks


def test_names_and_options_that_no_policy_has_are_violations(pack: Pack) -> None:
    pack.configure({"no-such-rule": "advisory", "pool-owned-and-protected": {"allowUnprotcted": True}})
    said = pack.on_stack(good_stack())
    assert {one[:2] for one in said} == {("configuration", "mandatory")}
    assert [one[2].splitlines()[-1] for one in said] == [
        "no-such-rule is no policy of the pack",
        "pool-owned-and-protected has no option allowUnprotcted",
    ]


def test_the_level_of_all_policies_is_no_unknown_name(pack: Pack) -> None:
    pack.configure({"all": "mandatory"})
    assert pack.on_stack(good_stack()) == []


@pytest.mark.parametrize("level", ["advisory", "disabled"])
def test_a_level_of_all_policies_that_silences_them_is_itself_a_violation(pack: Pack, level: str) -> None:
    pack.configure({"all": level})
    ((policy, forced, text),) = pack.on_stack(good_stack())
    assert (policy, forced) == ("configuration", "mandatory")
    assert f"all is {level}, which silences every rule without reason or end" in text


def test_the_level_of_all_policies_is_told_although_the_packs_own_has_one(pack: Pack) -> None:
    pack.configure({"all": "disabled", "configuration": "disabled"})
    ((policy, forced, text),) = pack.on_stack(good_stack())
    assert (policy, forced) == ("configuration", "mandatory")
    assert "all is disabled" in text
    pack.configure({"all": "disabled", "configuration": "mandatory"})
    assert [one[:2] for one in pack.on_stack(good_stack())] == [("configuration", "mandatory")]


@pytest.mark.parametrize("level", ["advisory", "disabled"])
def test_the_packs_own_policy_cannot_be_silenced(pack: Pack, level: str) -> None:
    pack.configure({"configuration": level})
    ((policy, forced, text),) = pack.on_stack(good_stack())
    assert (policy, forced) == ("configuration", "mandatory")
    assert f"configuration is {level}, but it always stops the run" in text


def test_one_rule_may_be_milder(pack: Pack) -> None:
    pack.configure({"replica-complete": "disabled"})
    assert pack.on_stack(good_stack()) == []


def test_the_documentation_is_fresh() -> None:
    assert (PROJECT / "docs" / "policies.md").read_text() == page()


def test_a_rules_option_is_declared_by_its_policy_and_reaches_all_of_them() -> None:
    rule = next(rule for rule in all_rules() if rule.id == "pool-owned-and-protected")
    assert set(schemas()[rule.id]) == set(rule.options)
    assert set(schemas()[f"{rule.id}-undecided"]) == {"whenDeployed"}
    stack = changed(good_stack(), "copy", lambda one: replace(one, protect=False))
    assert [finding.path for finding in rule.judge(stack)] == ["protect"]
    assert rule.judge(stack, {"allowUnprotected": True}) == []


def test_an_excused_stack_still_has_one_owner_and_no_tags_of_creation() -> None:
    rule = next(rule for rule in all_rules() if rule.id == "pool-owned-and-protected")
    classic = resource("aws:cognito/userPool:UserPool", "classic", None)
    stack = with_props(good_stack(), "copy", userPoolTagsAtCreate={"a": "b"})
    stack = replace(stack, resources=[*stack.resources, classic])
    assert {finding.path for finding in rule.judge(stack, {"allowUnprotected": True})} == {
        "type",
        "userPoolTagsAtCreate",
    }


@pytest.mark.parametrize("excused", [True, False])
def test_the_engines_configuration_decides_about_protection(pack: Pack, excused: bool) -> None:
    pack.configure({"pool-owned-and-protected": {"allowUnprotected": excused}})
    stack = changed(good_stack(), "copy", lambda one: replace(one, protect=False))
    assert len(pack.on_stack(stack)) == (0 if excused else 1)


def test_every_policy_has_a_reader_in_mind() -> None:
    for policy in policies():
        assert policy.display_name, policy.name
        assert policy.remediation_steps, policy.name
        assert policy.url, policy.name
