"""Policies that KMS would refuse, that lock Cognito out, or that hide an open statement behind others."""

from __future__ import annotations

from typing import Any

from tests.policies.key_policy.documents import (
    ADMINISTERS,
    ARNS,
    CALLERS,
    CONTEXT,
    KEY_ARN,
    OTHER_KEY,
    OTHER_POOL,
    ROOT,
    SERVICES,
    USES,
    Change,
    Policy,
    adding,
    both,
    conditions,
    setting,
    value,
)
from tests.policies.key_policy.reasons import Case

ACCEPTED, BOTH = "a key policy that KMS accepts", "with both of its ARNs"
NOBODY = setting(ADMINISTERS, Principal={"AWS": []})
OPEN = setting(ADMINISTERS, Action="kms:*")


def denying(principal: Any, action: Any, condition: Policy | None = None, /, **exclusions: Any) -> Change:
    """One more statement, a Deny."""
    return adding(principal, action, condition, Effect="Deny", **exclusions)


MISSHAPEN: list[Case] = [
    ("no principal", NOBODY, "Administers names no principal or no action", ACCEPTED),
    ("no action", setting(ADMINISTERS, Action=[]), "Administers names no principal or no action", ACCEPTED),
    ("an effect that is none", setting(ADMINISTERS, Effect="allow"), "Administers has the effect 'allow'", ACCEPTED),
    ("an element that is none", setting(USES, Conditions={}), "Uses has elements that", ACCEPTED),
    ("an element twice", setting(USES, condition={}), "Uses has elements that", ACCEPTED),
    ("statements twice", lambda policy: policy.update(statement=[]), "the document has elements that", ACCEPTED),
    ("a condition that is a list", setting(USES, Condition=[]), "Uses has no readable condition", ACCEPTED),
    ("an operator without keys", setting(USES, Condition={"StringEquals": "x"}), "no readable condition", ACCEPTED),
    ("a principal that is a name", setting(USES, Principal=ROOT), "Uses has no readable principal", ACCEPTED),
    ("half an account", value(USES, "aws:SourceAccount", 1.5), "Uses has a value that is no text", ACCEPTED),
    ("a value that is an object", value(USES, CONTEXT, {}), "Uses has a value that is no text", ACCEPTED),
    (
        "a statement that is a word",
        lambda policy: policy["Statement"].append("x"),
        "statement 7 is no object",
        ACCEPTED,
    ),
    ("no statement", lambda policy: policy.update(Statement=[]), "no statement", ACCEPTED),
]
TOO_NARROW: list[Case] = [
    ("one Region's pool only", value(USES, "aws:SourceArn", ARNS[0]), f"{SERVICES[0]} without kms:Decrypt", BOTH),
    ("one service only", setting(USES, Principal={"Service": SERVICES[1]}), f"{SERVICES[0]} without kms:Decrypt", BOTH),
    ("no decryption", setting(USES, Action=["kms:Encrypt"]), "without kms:Decrypt, kms:Gen", BOTH),
    (
        "DescribeKey has no context",
        conditions(1, lambda each: each | {"StringLike": {CONTEXT: ARNS}}),
        "without kms:DescribeKey",
        BOTH,
    ),
    (
        "a further condition that Cognito may not meet",
        conditions(USES, lambda each: each | {"Bool": {"aws:SecureTransport": True}}),
        "without kms:Decrypt",
        BOTH,
    ),
    ("Cognito denied", denying({"Service": SERVICES[0]}, "kms:De*"), "without kms:Decrypt, kms:De", BOTH),
    ("everybody denied", denying("*", "kms:Decrypt"), f"{SERVICES[1]} without kms:Decrypt", BOTH),
    (
        "all but the root denied",
        denying(None, "kms:Decrypt", NotPrincipal={"AWS": ROOT}),
        "without kms:Decrypt",
        BOTH,
    ),
    (
        "all but description denied",
        denying("*", None, NotAction="kms:DescribeKey"),
        "without kms:Decrypt",
        BOTH,
    ),
    ("no Resource", setting(USES, Resource=None), "too narrow: cognito-idp.amazonaws.com without", "the Resource '*'"),
    ("no Resource at all", setting(USES, Resource=[]), "without kms:Decrypt", BOTH),
    ("another key's ARN", setting(USES, Resource=OTHER_KEY), "without kms:Decrypt", BOTH),
    ("a pattern of keys", setting(USES, Resource=KEY_ARN[:-1] + "*"), "without kms:Decrypt", BOTH),
    ("an alias", setting(1, Resource=KEY_ARN.replace("key/", "alias/")), "without kms:DescribeKey", BOTH),
    ("another pool", value(USES, "aws:SourceArn", OTHER_POOL), "without kms:Decrypt", BOTH),
]
HIDDEN: list[Case] = [
    ("behind no Resource", both(OPEN, setting(ADMINISTERS, Resource=None)), ROOT, "administration only"),
    ("behind another key", both(OPEN, setting(ADMINISTERS, Resource=OTHER_KEY)), ROOT, "administration only"),
    ("behind a Deny", both(OPEN, denying("*", "kms:*", {"Bool": {"x": True}})), ROOT, "administration only"),
    (
        "behind a Deny of itself",
        both(OPEN, denying({"AWS": ROOT}, "kms:Decrypt")),
        ROOT,
        "administration only",
    ),
    ("behind a Deny that cannot be read", both(OPEN, denying("x", "kms:*")), ROOT, "administration only"),
    (
        "behind a Deny of all but one",
        both(OPEN, denying(None, None, NotPrincipal={"AWS": ROOT}, NotAction="kms:X")),
        ROOT,
        "administration only",
    ),
    ("behind a statement that cannot be read", both(OPEN, setting(CALLERS, Effect="?")), ROOT, "administration only"),
]
