"""A pool of the classic provider, alone or beside what replicates a pool."""

import pytest
from pack.facts import Resource, StackFacts
from pack.findings import Verdict
from pack.registry import all_rules
from pack.types import ATTACHMENT, CLASSIC_POOL, POOL, REPLICA

from tests.policies.maker import WEST, component, resource

CLASSIC = resource(CLASSIC_POOL, "classic", None)
DOOR = component("FrontDoor", "door")
PAIR = component("KeyPair", "key")


def said(*others: Resource) -> list[tuple[str, Verdict, str]]:
    """What the rule says about the owner of a classic pool beside others."""
    rule = next(rule for rule in all_rules() if rule.id == "pool-owned-and-protected")
    found = rule.judge(StackFacts(resources=[*others, CLASSIC]), {"allowUnprotected": True})
    return [(one.path, one.verdict, one.found) for one in found if one.urn == CLASSIC.urn]


@pytest.mark.parametrize(
    "beside",
    [
        resource(POOL, "pool", None),
        resource(REPLICA, "copy", None),
        resource(ATTACHMENT, "regional", None, WEST),
        component("KeyPair", "key"),
        component("RegionalTriggers", "triggers"),
    ],
)
def test_a_classic_pool_beside_anything_of_a_replicated_login_has_the_wrong_owner(beside: Resource) -> None:
    assert said(beside) == [("type", Verdict.VIOLATION, f"classic beside {beside.name}")]


def test_the_pool_is_named_before_the_replica_and_this_before_a_component() -> None:
    pool, copy = resource(POOL, "pool", None), resource(REPLICA, "copy", None)
    regional = resource(ATTACHMENT, "regional", None, WEST)
    for named, others in ((pool, [DOOR, copy, pool]), (copy, [DOOR, regional, copy]), (regional, [DOOR, regional])):
        assert [found for _, _, found in said(*others)] == [f"classic beside {named.name}"]


def test_whichever_component_comes_first_the_same_is_named() -> None:
    assert said(PAIR, DOOR) == said(DOOR, PAIR) == [("type", Verdict.VIOLATION, "classic beside door")]


def test_a_classic_pool_in_a_stack_without_any_of_ours_is_nobodys_business() -> None:
    assert said() == []
    assert said(resource("aws:sns/topic:Topic", "news", None)) == []
