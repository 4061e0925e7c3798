"""The pack as the engine meets it: its configuration files and its documentation."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pack.adapter import policies
from pack.catalogue import page
from pack.registry import all_rules
from pulumi_policy import StackValidationArgs, StackValidationPolicy
from pulumi_policy.policy import PolicyCustomTimeouts, PolicyResource, PolicyResourceOptions
from pulumi_policy.proxy import unknown_checking_proxy

from tests.policies.good_stack import changed, good_stack, with_props
from tests.policies.maker import resource

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("stack", ["prod", "staging", "local"])
def test_every_key_of_a_configuration_file_is_a_policy(stack: str) -> None:
    names = {policy.name for policy in policies()}
    configured = json.loads((PROJECT / "policies" / f"config.{stack}.json").read_text())
    assert set(configured) <= names | {"all"}


def test_the_documentation_is_fresh() -> None:
    assert (PROJECT / "docs" / "policies.md").read_text() == page()


def test_a_rules_option_reaches_it_through_both_of_its_policies() -> None:
    rule = next(rule for rule in all_rules() if rule.id == "pool-owned-and-protected")
    schemas = {policy.name: policy.config_schema for policy in policies() if policy.config_schema}
    assert set(schemas) == {rule.id, f"{rule.id}-undecided"}
    assert all(schema.properties == rule.options for schema in schemas.values())
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
def test_the_engines_configuration_decides_about_protection(excused: bool) -> None:
    found: list[str] = []
    policy = next(policy for policy in policies() if policy.name == "pool-owned-and-protected")
    assert isinstance(policy, StackValidationPolicy)
    replica = PolicyResource(
        "aws-native:cognito:UserPoolReplica",
        unknown_checking_proxy({"regionName": "us-west-2"}),
        "urn:pulumi:x::y::aws-native:cognito:UserPoolReplica::copy",
        "copy",
        PolicyResourceOptions(False, [], None, [], PolicyCustomTimeouts(0, 0, 0), []),
        None,
        None,
        [],
        {},
    )
    args = StackValidationArgs([replica], {"allowUnprotected": excused})
    policy.validate(args, lambda message, urn=None: found.append(message))
    assert len(found) == (0 if excused else 1)
