"""AWS's documented key policy, callers bound to the account and the root administering.

Source: docs.aws.amazon.com/cognito/latest/developerguide/data-protection.html (customer managed keys). Written from
that page, not by the program that is under test elsewhere.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from pack.key_policy import Scope

ACCOUNT, STRANGER = "111122223333", "999988887777"
EAST, WEST = "us-east-1", "us-west-2"
POOL_ID = "us-east-1_AbCdEf123"
ARNS = [f"arn:aws:cognito-idp:{region}:{ACCOUNT}:userpool/{POOL_ID}" for region in (EAST, WEST)]
KEY_ARN = f"arn:aws:kms:{EAST}:{ACCOUNT}:key/mrk-0a1b2c3d"
OTHER_KEY = KEY_ARN.replace("mrk-0a", "mrk-ff")
OTHER_POOL = f"arn:aws:cognito-idp:{EAST}:{ACCOUNT}:userpool/us-east-1_Zz9999999"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
OPERATOR, DEPLOYER = (f"arn:aws:iam::{ACCOUNT}:role/{name}" for name in ("key-operator", "deploy"))
CONTEXT = "kms:EncryptionContext:aws:cognito-idp:userpool-arn"
VIA = f"cognito-idp.{EAST}.amazonaws.com"
SERVICES = ["cognito-idp.amazonaws.com", "identitystore.amazonaws.com"]
DATA = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKeyWithoutPlainText"]
SEVEN = [
    "kms:CreateGrant",
    "kms:DescribeKey",
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
]
ADMINISTER = ["kms:Describe*", "kms:Get*", "kms:List*", "kms:PutKeyPolicy", "kms:EnableKeyRotation", "kms:TagResource"]
ADMINISTER += ["kms:UntagResource", "kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion", "kms:ReplicateKey"]
SCOPE = Scope(
    account=ACCOUNT,
    region=EAST,
    regions=(EAST, WEST),
    pool_id=POOL_ID,
    deploy_roles=(DEPLOYER,),
    key_arn=KEY_ARN,
)
USES, DESCRIBES, CALLERS, CALLERS_DESCRIBE, ADMINISTERS, DEPLOYS = range(6)

Policy = dict[str, Any]
Change = Callable[[Policy], Any]


def documented(*, region: str = EAST, arns: list[str] | None = None) -> Policy:
    """The policy of one Region's key."""
    pools = arns or ARNS
    source = {"ArnLike" if any("*" in arn for arn in pools) else "ArnEquals": {"aws:SourceArn": pools}}
    account = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    through = {"kms:ViaService": f"cognito-idp.{region}.amazonaws.com", "kms:CallerAccount": ACCOUNT}
    context = {"StringLike": {CONTEXT: pools}}
    anyone, services = {"AWS": "*"}, {"Service": SERVICES}
    return {
        "Version": "2012-10-17",
        "Statement": [
            allow("Uses", services, DATA, {**source, **account, **context}),
            allow("Describes", services, "kms:DescribeKey", {**source, **account}),
            allow("Callers", anyone, DATA, {"StringEquals": through, **context}),
            allow("CallersDescribe", anyone, "kms:DescribeKey", {"StringEquals": through}),
            allow("Administers", {"AWS": [ROOT, OPERATOR]}, ADMINISTER),
            allow("Deploys", {"AWS": DEPLOYER}, SEVEN, {"StringEquals": through}),
        ],
    }


def allow(sid: str, principal: Any, action: Any, condition: Policy | None = None) -> Policy:
    """One statement, sharing nothing with another."""
    made = {"Sid": sid, "Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"}
    return copy.deepcopy(made | ({"Condition": condition} if condition else {}))


def changed(change: Change) -> Policy:
    """The documented policy with one change."""
    policy = documented()
    change(policy)
    assert policy != documented(), "a change that changes nothing tests nothing"
    return policy


def setting(index: int, **elements: Any) -> Change:
    """Set elements of a statement; None removes one."""
    return lambda policy: policy["Statement"].insert(index, _without_none(policy["Statement"].pop(index) | elements))


def adding(principal: Any, action: Any, condition: Policy | None = None, **more: Any) -> Change:
    """One more statement; None leaves an element out."""
    return lambda policy: policy["Statement"].append(_without_none(allow("More", principal, action, condition) | more))


def _without_none(statement: Policy) -> Policy:
    return {key: part for key, part in statement.items() if part is not None}


def conditions(index: int, change: Callable[[Policy], Policy]) -> Change:
    """Write a statement's conditions anew."""

    def rewrite(policy: Policy) -> None:
        statement = policy["Statement"][index]
        statement["Condition"] = change(statement["Condition"])

    return rewrite


def operator(index: int, old: str, new: str) -> Change:
    """The same keys under another operator."""
    return conditions(index, lambda each: {(new if name == old else name): keys for name, keys in each.items()})


def value(index: int, name: str, new: Any) -> Change:
    """Another value, or none, for one key; the key must be there."""

    def rewrite(each: Policy) -> Policy:
        assert any(name in keys for keys in each.values())
        kept = {op: {key: new if key == name else old for key, old in keys.items()} for op, keys in each.items()}
        return {op: {key: v for key, v in keys.items() if v is not None} for op, keys in kept.items()}

    return conditions(index, rewrite)


def both(*changes: Change) -> Change:
    """Several changes, in order."""
    return lambda policy: [change(policy) for change in changes]
