"""The rule on a stack: which keys it judges, where their policies stand, and what it says of unknown ones."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from pack.facts import UNKNOWN, Resource, StackFacts
from pack.findings import Finding, Verdict
from pack.registry import all_rules

from tests.policies.good_stack import changed, good_stack, with_props
from tests.policies.maker import ACCOUNT, EAST, WEST, policy, resource
from tests.policies.mutations import without

(RULE,) = (rule for rule in all_rules() if rule.id == "key-policy-pool-scoped")
OPEN = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}}
KEY_ARN = f"arn:aws:kms:{EAST}:{ACCOUNT}:key/mrk-1"


def found(stack: StackFacts, verdict: Verdict = Verdict.VIOLATION) -> list[tuple[str, str]]:
    """Resource and property of each finding."""
    return [(_name(each), each.path) for each in RULE.judge(stack) if each.verdict is verdict]


def _name(finding: Finding) -> str:
    return finding.urn.rpartition("::")[2]


def adding(stack: StackFacts, *more: Resource) -> StackFacts:
    return replace(stack, resources=[*stack.resources, *more])


def using(stack: StackFacts, *sources: str, **key: Any) -> StackFacts:
    """The pool's key by configuration, from these resources."""
    set_ = with_props(stack, "pool", "aws-native", keyConfiguration={"keyType": "CUSTOMER_MANAGED_KEY", **key})
    urns = [one.urn for one in stack.resources if one.name in sources]
    return changed(
        set_, "pool", lambda one: replace(one, property_dependencies={"keyConfiguration": urns}), "aws-native"
    )


def native(text: Any, name: str = "native") -> Resource:
    return resource("aws-native:kms:Key", name, None, EAST, keyPolicy=text, arn=KEY_ARN)


def test_a_native_keys_policy_is_an_object_and_judged_as_the_text_is() -> None:
    stack = adding(good_stack(), native(json.loads(policy(EAST))))
    assert found(using(stack, "native", kmsKeyArn=KEY_ARN)) == []
    stack = adding(good_stack(), native(OPEN))
    assert set(found(using(stack, "native", kmsKeyArn=UNKNOWN))) == {("native", "keyPolicy")}


def test_a_key_that_serves_something_else_is_not_judged() -> None:
    assert found(adding(good_stack(), native(OPEN, "bucket-key"))) == []


def test_a_key_is_the_pools_by_its_arn_too() -> None:
    """A program may name the key by a text that the graph does not connect."""
    assert set(found(using(adding(good_stack(), native(OPEN)), kmsKeyArn=KEY_ARN))) == {("native", "keyPolicy")}


def test_a_key_that_the_stack_does_not_hold_is_undecided() -> None:
    stack = using(good_stack(), kmsKeyArn=KEY_ARN)
    assert found(stack) == []
    assert found(stack, Verdict.UNDECIDED) == [("pool", "keyConfiguration.kmsKeyArn")]
    (finding,) = RULE.judge(stack)
    assert "cognito-dr audit keys" in finding.found


@pytest.mark.parametrize("key", [{}, {"kmsKeyArn": None}])
def test_a_pool_with_aws_own_key_has_none_to_judge(key: dict[str, Any]) -> None:
    assert RULE.judge(using(good_stack(), **key)) == []


def test_an_unknown_arn_from_nowhere_is_undecided() -> None:
    assert found(using(good_stack(), kmsKeyArn=UNKNOWN), Verdict.UNDECIDED) == [("pool", "keyConfiguration.kmsKeyArn")]


def separate(policy_: Any) -> StackFacts:
    """A key policy as a resource of its own, for the primary's key."""
    stack = good_stack()
    key = next(one for one in stack.resources if one.name == "key-east")
    of_key = resource("aws:kms/keyPolicy:KeyPolicy", "separate", None, EAST, policy=policy_, keyId=UNKNOWN)
    return adding(stack, replace(of_key, property_dependencies={"keyId": [key.urn]}))


def test_a_separate_policy_replaces_the_inline_one_or_both_are_judged() -> None:
    assert found(separate(policy(EAST))) == []
    assert found(with_props(separate(policy(EAST)), "key-east", policy=None)) == []
    assert set(found(separate(OPEN))) == {("separate", "policy")}
    assert set(found(with_props(separate(policy(EAST)), "key-east", policy=json.dumps(OPEN)))) == {
        ("key-east", "policy")
    }


def test_a_grant_on_the_key_is_a_violation() -> None:
    stack = good_stack()
    key = next(one for one in stack.resources if one.name == "key-west")
    grant = resource("aws:kms/grant:Grant", "grant", None, WEST, operations=["Decrypt"], keyId=UNKNOWN)
    granted = adding(stack, replace(grant, property_dependencies={"keyId": [key.urn]}))
    assert found(granted) == [("grant", "keyId")]
    assert found(adding(stack, grant)) == []
    assert found(adding(stack, grant), Verdict.UNDECIDED) == [("grant", "keyId")]


@pytest.mark.parametrize("text", ["", "{}", "no JSON", 1, [], True, {"Statement": "x"}])
def test_a_misshapen_policy_is_a_violation(text: Any) -> None:
    assert found(with_props(good_stack(), "key-east", policy=text)) == [("key-east", "policy")]


@pytest.mark.parametrize("at", range(6))
def test_an_unknown_statement_hides_no_open_one(at: int) -> None:
    document = json.loads(policy(EAST))
    document["Statement"][at] = UNKNOWN
    stack = with_props(good_stack(), "key-east", policy=document)
    assert found(stack) == []
    assert found(stack, Verdict.UNDECIDED) == [("key-east", "policy")]
    opened = document | {"Statement": [*document["Statement"], OPEN["Statement"]]}
    both = with_props(stack, "key-east", policy=opened)
    assert set(found(both)) == set(found(both, Verdict.UNDECIDED)) == {("key-east", "policy")}


def test_a_policy_with_one_unknown_value_is_undecided_and_no_violation() -> None:
    document = json.loads(policy(EAST))
    document["Statement"][0]["Condition"]["StringEquals"]["aws:SourceAccount"] = UNKNOWN
    stack = with_props(good_stack(), "key-east", policy=document)
    assert (found(stack), found(stack, Verdict.UNDECIDED)) == ([], [("key-east", "policy")])


@pytest.mark.parametrize("fact", ["accountId", "regions", "poolId", "deployRoles"])
def test_a_key_whose_scope_is_unknown_is_undecided(fact: str) -> None:
    stack = with_props(good_stack(), "key", "KeyPair", **{fact: UNKNOWN})
    assert found(stack) == []
    assert {name for name, _ in found(stack, Verdict.UNDECIDED)} >= {"key-east", "key-west"}


def test_deploy_roles_that_are_no_list_are_a_violation_of_their_own() -> None:
    assert ("key", "deployRoles") in found(with_props(good_stack(), "key", "KeyPair", deployRoles="*"))


def test_each_key_is_held_to_its_own_region() -> None:
    crossed = with_props(with_props(good_stack(), "key-east", policy=policy(WEST)), "key-west", policy=policy(EAST))
    assert set(found(crossed)) == {("key-east", "policy"), ("key-west", "policy")}


def test_a_stack_without_keys_has_nothing_to_judge() -> None:
    stack = with_props(good_stack(), "pool", "aws-native", keyConfiguration=None)
    assert RULE.judge(without("key", "key-east", "key-west")(stack)) == []
