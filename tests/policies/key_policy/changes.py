"""Changes of a key policy made by chance: what a hurried hand, a merge or an attacker might leave behind."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.policies.key_policy.documents import (
    ACCOUNT,
    ADMINISTER,
    ARNS,
    CONTEXT,
    DATA,
    DEPLOYER,
    EAST,
    KEY_ARN,
    OPERATOR,
    OTHER_KEY,
    OTHER_POOL,
    POOL_ID,
    ROOT,
    SERVICES,
    SEVEN,
    STRANGER,
    VIA,
    WEST,
    Policy,
)

ANY_POOL = [arn.rpartition("/")[0] + "/*" for arn in ARNS]
BARE = ["StringEquals", "StringLike", "ArnEquals", "ArnLike", "StringEqualsIgnoreCase", "StringNotEquals"]
BARE += ["StringNotLike", "ArnNotEquals", "ArnNotLike", "Null", "Bool"]
KEYS = ["aws:SourceArn", "aws:SourceAccount", "kms:ViaService", "kms:CallerAccount", CONTEXT]
VALUES: list[Any] = [*ARNS, OTHER_POOL, *ANY_POOL, ARNS[0][:-2] + "*", ARNS[0][:-3] + "???", "*", ACCOUNT, STRANGER]
VALUES += [f"arn:aws:cognito-idp:*:{ACCOUNT}:userpool/{POOL_ID}", "arn:aws:cognito-idp:*", f"{ACCOUNT[:-1]}?", "true"]
VALUES += [VIA, f"cognito-idp.{WEST}.amazonaws.com", "cognito-idp.*.amazonaws.com", "*.amazonaws.com", "false", []]
VALUES += [ARNS, [*ARNS, OTHER_POOL], [ACCOUNT, STRANGER], [VIA, "s3.us-east-1.amazonaws.com"], ARNS[0].upper()]
FOREIGN = f"arn:aws:iam::{STRANGER}:role/x"
PRINCIPALS: list[Any] = ["*", {"AWS": "*"}, {"AWS": ROOT}, {"AWS": ACCOUNT}, {"AWS": OPERATOR}, {"AWS": DEPLOYER}]
PRINCIPALS += [{"AWS": FOREIGN}, {"AWS": STRANGER}, {"Service": SERVICES}, {"Service": SERVICES[0]}]
PRINCIPALS += [{"Service": "lambda.amazonaws.com"}, {"AWS": [ROOT, "*"]}, {"AWS": DEPLOYER, "Service": SERVICES[1]}]
ACTIONS: list[Any] = [DATA, SEVEN, ADMINISTER, "kms:*", "*", "kms:Decrypt", "KMS:decrypt", "kms:De*"]
ACTIONS += ["kms:?ecrypt", "kms:PutKeyPolicy", "kms:CreateGrant", "kms:Create*", "kms:Get*", "kms:Generate*"]
ACTIONS += [
    [*DATA, "kms:GenerateDataKey"],
    ["kms:DescribeKey", "kms:ReEncryptTo"],
    ["kms:TagResource", "kms:RetireGrant"],
]
RESOURCES: list[Policy] = [{}, *({"Resource": one} for one in (KEY_ARN, OTHER_KEY, [], [OTHER_KEY, "*"], "arn:*"))]


def operator(chance: Random) -> str:
    """Any operator in any spelling, with or without a set qualifier and IfExists."""
    name = chance.choice(BARE)
    if name != "Null":
        name = chance.choice(["", "", "", "ForAnyValue:", "ForAllValues:"]) + name
        name += chance.choice(["", "", "IfExists"])
    return chance.choice([name, name, name.lower(), name.upper()])


def key(chance: Random) -> str:
    name = chance.choice(KEYS)
    return chance.choice([name, name, name.lower(), name.upper()])


def statement(chance: Random, policy: Policy) -> Policy:
    return chance.choice(policy["Statement"])


def pair(chance: Random, policy: Policy) -> tuple[Policy, str] | None:
    """The conditions of a statement that has some, and one of their operators."""
    conditions = statement(chance, policy).get("Condition")
    return (conditions, chance.choice(list(conditions))) if conditions else None


def drop_operator(chance: Random, policy: Policy) -> None:
    if found := pair(chance, policy):
        del found[0][found[1]]


def drop_key(chance: Random, policy: Policy) -> None:
    if (found := pair(chance, policy)) and (keys := found[0][found[1]]):
        del keys[chance.choice(list(keys))]


def other_operator(chance: Random, policy: Policy) -> None:
    if found := pair(chance, policy):
        keys = found[0].pop(found[1])
        found[0].setdefault(operator(chance), {}).update(keys)


def other_value(chance: Random, policy: Policy) -> None:
    if (found := pair(chance, policy)) and (keys := found[0][found[1]]):
        keys[chance.choice(list(keys))] = copy.deepcopy(chance.choice(VALUES))


def one_more_value(chance: Random, policy: Policy) -> None:
    if (found := pair(chance, policy)) and (keys := found[0][found[1]]):
        name, more = chance.choice(list(keys)), chance.choice(VALUES)
        both = [each if isinstance(each, list) else [each] for each in (keys[name], more)]
        keys[name] = both[0] + both[1]


def one_more_condition(chance: Random, policy: Policy) -> None:
    conditions = statement(chance, policy).setdefault("Condition", {})
    conditions.setdefault(operator(chance), {})[key(chance)] = copy.deepcopy(chance.choice(VALUES))


def other_principal(chance: Random, policy: Policy) -> None:
    one = statement(chance, policy)
    one.pop("NotPrincipal", None)
    one["Principal"] = copy.deepcopy(chance.choice(PRINCIPALS))


def all_but_a_principal(chance: Random, policy: Policy) -> None:
    one = statement(chance, policy)
    one.pop("Principal", None)
    one["NotPrincipal"] = copy.deepcopy(chance.choice(PRINCIPALS[1:]))


def other_action(chance: Random, policy: Policy) -> None:
    one = statement(chance, policy)
    one.pop("NotAction", None)
    one["Action"] = copy.deepcopy(chance.choice(ACTIONS))


def all_but_an_action(chance: Random, policy: Policy) -> None:
    one = statement(chance, policy)
    one.pop("Action", None)
    one["NotAction"] = copy.deepcopy(chance.choice(ACTIONS))


def other_resource(chance: Random, policy: Policy) -> None:
    one = statement(chance, policy)
    one.pop("Resource", None)
    one.update(copy.deepcopy(chance.choice(RESOURCES)))


def other_effect(chance: Random, policy: Policy) -> None:
    one = statement(chance, policy)
    one["Effect"] = "Deny" if one["Effect"] == "Allow" else "Allow"


def no_statement(chance: Random, policy: Policy) -> None:
    if len(policy["Statement"]) > 1:
        policy["Statement"].remove(statement(chance, policy))


def twin_with_other_principal(chance: Random, policy: Policy) -> None:
    twin = copy.deepcopy(statement(chance, policy))
    twin.pop("NotPrincipal", None)
    twin["Principal"] = copy.deepcopy(chance.choice(PRINCIPALS))
    policy["Statement"].append(twin)


def copied_to_the_other_region(chance: Random, policy: Policy) -> None:
    """A statement pasted from the other Region's key, its service and all."""
    at = chance.randrange(len(policy["Statement"]))
    text = json.dumps(policy["Statement"][at])
    policy["Statement"][at] = json.loads(text.replace(EAST, "#").replace(WEST, EAST).replace("#", WEST))


def new_statement(chance: Random, policy: Policy) -> None:
    made: Policy = {"Effect": chance.choice(["Allow", "Allow", "Deny"]), "Resource": "*"}
    made["Principal"] = copy.deepcopy(chance.choice(PRINCIPALS))
    made["Action"] = copy.deepcopy(chance.choice(ACTIONS))
    policy["Statement"].append(made)
    for _ in range(chance.randint(0, 3)):
        conditions = made.setdefault("Condition", {})
        conditions.setdefault(operator(chance), {})[key(chance)] = copy.deepcopy(chance.choice(VALUES))


KINDS: dict[str, Callable[[Random, Policy], None]] = {
    each.__name__: each
    for each in (
        drop_operator,
        drop_key,
        other_operator,
        other_value,
        one_more_value,
        one_more_condition,
        other_principal,
        all_but_a_principal,
        other_action,
        all_but_an_action,
        other_resource,
        other_effect,
        no_statement,
        twin_with_other_principal,
        copied_to_the_other_region,
        new_statement,
    )
}
