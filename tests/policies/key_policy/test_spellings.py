"""The verdict depends on what a policy means, never on how it is written."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pack.key_policy import Problem, Scope, judge

from tests.policies.key_policy.documents import (
    ACCOUNT,
    ADMINISTERS,
    ARNS,
    CALLERS,
    CONTEXT,
    DATA,
    DESCRIBES,
    EAST,
    KEY_ARN,
    OTHER_KEY,
    ROOT,
    SCOPE,
    SERVICES,
    USES,
    VIA,
    WEST,
    Change,
    Policy,
    adding,
    both,
    changed,
    conditions,
    documented,
    operator,
    setting,
    value,
)
from tests.policies.key_policy.test_verdicts import OPEN


def shouted(policy: Policy) -> Policy:
    """Elements, operators and keys in capitals, one value for lists of one."""
    policy["Statement"] = [
        {
            name.upper(): {op.upper(): {key.upper(): v for key, v in keys.items()} for op, keys in part.items()}
            if name == "Condition"
            else part
            for name, part in statement.items()
        }
        for statement in policy["Statement"]
    ]
    return policy


NEAR_MISSES: dict[str, Change] = {
    "any case": lambda policy: policy.update(shouted(documented())),
    "actions in any case": setting(USES, Action=[action.upper() for action in DATA]),
    "one statement an action": lambda policy: policy["Statement"].extend(
        policy["Statement"][USES] | {"Sid": action, "Action": action} for action in DATA
    ),
    "one statement a Region": both(
        value(USES, "aws:SourceArn", ARNS[0]),
        lambda policy: policy["Statement"].append(
            policy["Statement"][USES]
            | {"Condition": policy["Statement"][USES]["Condition"] | {"ArnEquals": {"aws:SourceArn": ARNS[1]}}}
        ),
    ),
    "the account written as a number": value(CALLERS, "kms:CallerAccount", int(ACCOUNT)),
    "a number as the engine hands it on": value(CALLERS, "kms:CallerAccount", float(ACCOUNT)),
    "any value of a key that has one": operator(CALLERS, "StringEquals", "ForAnyValue:StringEquals"),
    "IfExists where the key must exist": conditions(
        CALLERS,
        lambda each: {
            "StringEqualsIfExists": each["StringEquals"],
            "StringLike": each["StringLike"],
            "Null": {"kms:ViaService": "FALSE", "KMS:CallerAccount": False},
        },
    ),
    "accounts and services in any case": both(
        operator(CALLERS, "StringEquals", "StringEqualsIgnoreCase"), value(CALLERS, "kms:ViaService", VIA.upper())
    ),
    "one condition more than needed": conditions(CALLERS, lambda each: each | {"Bool": {"aws:X": True}}),
    "one of two pins is loose": conditions(
        CALLERS, lambda each: each | {"stringlike": {CONTEXT: "arn:*", "KMS:VIASERVICE": "*"}}
    ),
    "a Deny of strangers": adding("*", "kms:*", {"StringNotEquals": {"kms:CallerAccount": ACCOUNT}}, Effect="Deny"),
    "a Deny of one action of an administrator": adding({"AWS": ROOT}, "kms:ScheduleKeyDeletion", Effect="Deny"),
    "a Deny of a use that an administrator never had": adding({"AWS": ROOT}, "kms:Decrypt", Effect="Deny"),
    "a Deny of all but the two services": adding(
        None, "kms:Decrypt", NotPrincipal={"Service": SERVICES}, Effect="Deny"
    ),
    "a Deny of all but what the pool needs": adding("*", None, NotAction=[*DATA, "kms:DescribeKey"], Effect="Deny"),
    "the account by its number": setting(ADMINISTERS, Principal={"AWS": ACCOUNT}),
    "the key's own ARN": both(setting(USES, Resource=KEY_ARN), setting(DESCRIBES, Resource=[OTHER_KEY, KEY_ARN])),
    "a star among others": setting(USES, Resource=[OTHER_KEY, "*"]),
    "no Resource where Cognito needs none": setting(ADMINISTERS, Resource=None),
    "no deploy role": lambda policy: policy["Statement"].pop(),
}


@pytest.mark.parametrize("change", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_another_spelling_of_the_same_meaning_passes(change: Change) -> None:
    assert judge(changed(change), SCOPE) == []


def test_pools_whose_names_differ_by_case_alone_are_two() -> None:
    scope = replace(SCOPE, pool_id=str(SCOPE.pool_id).lower())
    policy = json.loads(json.dumps(documented()).replace(str(SCOPE.pool_id), str(scope.pool_id)))
    assert judge(policy, scope) == []
    operator(USES, "ArnEquals", "StringEqualsIgnoreCase")(policy)
    assert judge(policy, scope) != []


@pytest.mark.parametrize("change", [*[case[1] for case in OPEN], *NEAR_MISSES.values()])
def test_text_object_and_order_do_not_change_the_verdict(change: Change) -> None:
    policy = changed(change)
    shuffled = _shuffled(policy, random.Random(7).shuffle)  # noqa: S311 - an order, no secret
    assert judge(json.dumps(policy), SCOPE) == judge(policy, SCOPE) == judge(shuffled, SCOPE)


def _shuffled(node: Any, shuffle: Callable[[list[Any]], None]) -> Any:
    if isinstance(node, dict):
        items = [(key, _shuffled(each, shuffle)) for key, each in node.items()]
        shuffle(items)
        return dict(items)
    if isinstance(node, list):
        items = [_shuffled(each, shuffle) for each in node]
        shuffle(items)
        return items
    return node


def test_the_mirrored_policy_has_the_mirrored_verdict() -> None:
    def mirrored(text: str) -> str:
        return text.replace(EAST, "#").replace(WEST, EAST).replace("#", WEST)

    scope: Scope = replace(SCOPE, region=WEST, regions=(WEST, EAST), pool_id=mirrored(SCOPE.pool_id or ""))
    for _, change, _, _ in OPEN:
        policy = changed(change)
        there = judge(mirrored(json.dumps(policy)), scope)
        here = [Problem(found=mirrored(one.found), expected=mirrored(one.expected)) for one in judge(policy, SCOPE)]
        assert there == sorted(here)
