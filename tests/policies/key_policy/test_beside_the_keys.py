"""What stands beside the pool's keys and uses them: grants, separate policies and further replicas."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from pack.facts import UNKNOWN, StackFacts
from pack.findings import Verdict

from tests.policies.good_stack import good_stack, with_props
from tests.policies.key_policy.test_rule import KEY_ARN, OPEN, RULE, adding, found
from tests.policies.maker import ACCOUNT, EAST, WEST, key_arn, policy, resource
from tests.policies.mutations import without

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
    assert found(granting("key/made-of-it", EAST, "copy", source)) == [("by-name", "keyId")]


def test_another_alias_of_the_region_is_not_meant_by_a_keys_id() -> None:
    first = resource("aws:kms/alias:Alias", "a", None, EAST, name="alias/a", targetKeyId=KEY_ARN)
    assert found(adding(granting(KEY_ID), first)) == [("by-name", "keyId")]


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
