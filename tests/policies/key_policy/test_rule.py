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
from tests.policies.maker import ACCOUNT, EAST, WEST, key_arn, policy, resource
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


KEY_ID = key_arn(EAST).rpartition("/")[2]


def alias_arn(region: str) -> str:
    return f"arn:aws:kms:{region}:{ACCOUNT}:alias/users"


ALIASES = [
    resource(kind, f"alias-{place}", None, place, targetKeyId=KEY_ID, arn=alias_arn(place), **{name: "alias/users"})
    for kind, name, place in (("aws:kms/alias:Alias", "name", EAST), ("aws-native:kms:Alias", "aliasName", WEST))
]


def granting(key_id: Any, region: str = EAST, *sources: str, kind: str = "grant:Grant", **props: Any) -> StackFacts:
    """A grant or a separate policy beside aliases of both keys; they share their name, as the keys share their ID."""
    stack = adding(good_stack(), *ALIASES)
    urns = [one.urn for one in stack.resources if one.name in sources]
    made = resource(f"aws:kms/{kind}", "by-name", None, region, keyId=key_id, **props)
    return adding(stack, replace(made, property_dependencies={"keyId": urns}))


@pytest.mark.parametrize("region", [EAST, WEST])
@pytest.mark.parametrize("text", ["{arn}", "{alias}", KEY_ID, "alias/users"])
def test_a_key_is_found_by_whatever_names_it(text: str, region: str) -> None:
    key_id = text.format(arn=key_arn(region), alias=alias_arn(region))
    assert found(granting(key_id, region)) == [("by-name", "keyId")]
    for place in (EAST, WEST):
        stack = granting(key_id, region, kind="keyPolicy:KeyPolicy", policy=policy(place))
        assert set(found(stack)) == ({("by-name", "policy")} if place != region else set())


def test_an_arn_names_its_own_regions_key_wherever_it_is_used() -> None:
    stack = granting(key_arn(WEST), EAST, kind="keyPolicy:KeyPolicy", policy=policy(WEST))
    assert found(stack) == found(stack, Verdict.UNDECIDED) == []


@pytest.mark.parametrize("source", ["alias-us-east-1", "key-east"])
def test_what_is_made_of_a_key_or_its_alias_is_the_keys(source: str) -> None:
    assert found(granting(UNKNOWN, EAST, source)) == [("by-name", "keyId")]
    assert found(granting("key/made-of-it", EAST, source)) == [("by-name", "keyId")]


@pytest.mark.parametrize("text", ["mrk-ffffffff", "alias/others", KEY_ARN, "alias/aws/ebs"])
def test_a_foreign_key_is_not_ours(text: str) -> None:
    stack = granting(text, EAST, "copy")
    assert found(stack) == found(stack, Verdict.UNDECIDED) == []


def test_an_id_or_an_alias_of_no_key_in_the_holders_region_is_undecided() -> None:
    for text in (KEY_ID, "alias/users"):
        stack = granting(text, "eu-west-1")
        assert (found(stack), found(stack, Verdict.UNDECIDED)) == ([], [("by-name", "keyId")])


def test_a_key_without_an_inline_policy_may_have_it_from_a_policy_of_an_unknown_key() -> None:
    stack = with_props(granting(UNKNOWN, kind="keyPolicy:KeyPolicy", policy=policy(EAST)), "key-east", policy=None)
    assert (found(stack), found(stack, Verdict.UNDECIDED)) == ([], [("by-name", "keyId")])
    stack = with_props(granting(UNKNOWN), "key-east", policy=None)
    assert found(stack) == [("key-east", "policy")]
    stack = with_props(granting(KEY_ARN, kind="keyPolicy:KeyPolicy"), "key-east", policy=None)
    assert found(stack) == [("key-east", "policy")]


def test_beside_no_key_of_the_pool_an_unknown_key_is_nobodys() -> None:
    stack = with_props(granting(UNKNOWN), "pool", "aws-native", keyConfiguration=None)
    assert RULE.judge(without("key", "key-east", "key-west")(stack)) == []


REPLICAS = ["aws:kms/replicaKey:ReplicaKey", "aws:kms/replicaExternalKey:ReplicaExternalKey"]


@pytest.mark.parametrize("kind", REPLICAS)
@pytest.mark.parametrize(("source", "expected"), [("key-east", [("third", "policy")]), ("archive", [])])
def test_a_replica_that_is_not_made_yet_shares_what_it_comes_from(
    kind: str, source: str, expected: list[tuple[str, str]]
) -> None:
    archive = resource("aws:kms/key:Key", "archive", None, EAST, arn=UNKNOWN)
    stack = adding(good_stack(), archive)
    urns = [one.urn for one in stack.resources if one.name == source]
    third = resource(kind, "third", None, "eu-west-1", primaryKeyArn=UNKNOWN, policy=json.dumps(OPEN))
    stack = adding(stack, replace(third, property_dependencies={"primaryKeyArn": urns}))
    assert sorted(set(found(stack))) == expected
    assert found(stack, Verdict.UNDECIDED) == []


def test_beside_no_key_of_the_pool_a_replica_of_an_unknown_key_is_nobodys() -> None:
    third = resource(REPLICAS[0], "third", None, WEST, primaryKeyArn=UNKNOWN)
    stack = with_props(adding(good_stack(), third), "pool", "aws-native", keyConfiguration=None)
    assert RULE.judge(without("key", "key-east", "key-west")(stack)) == []


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


def test_each_key_is_held_to_its_own_region() -> None:
    crossed = with_props(with_props(good_stack(), "key-east", policy=policy(WEST)), "key-west", policy=policy(EAST))
    assert set(found(crossed)) == {("key-east", "policy"), ("key-west", "policy")}


def test_a_stack_without_keys_has_nothing_to_judge() -> None:
    stack = with_props(good_stack(), "pool", "aws-native", keyConfiguration=None)
    assert RULE.judge(without("key", "key-east", "key-west")(stack)) == []
