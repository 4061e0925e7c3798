"""Cognito could use the key for another pool or account, or do more than the pool needs."""

from __future__ import annotations

from tests.policies.key_policy.documents import (
    ACCOUNT,
    ARNS,
    CONTEXT,
    DATA,
    OTHER_POOL,
    SERVICES,
    STRANGER,
    USES,
    adding,
    both,
    conditions,
    operator,
    setting,
    value,
)
from tests.policies.key_policy.reasons import (
    ANY_POOL,
    BY_CONTEXT,
    POOL_AND_ACCOUNT,
    Case,
)

OF_COGNITO: list[Case] = [
    ("Cognito for any account", value(USES, "aws:SourceAccount", None), f"Uses gives {SERVICES[0]}", POOL_AND_ACCOUNT),
    (
        "Cognito for another account, too",
        value(USES, "aws:SourceAccount", [ACCOUNT, STRANGER]),
        f"Uses gives {SERVICES[1]}",
        POOL_AND_ACCOUNT,
    ),
    ("Cognito for any pool", value(USES, "aws:SourceArn", ANY_POOL), "Uses gives", POOL_AND_ACCOUNT),
    (
        "Cognito for pools that begin alike",
        value(USES, "aws:SourceArn", ARNS[0][:-1] + "?"),
        "Uses gives",
        POOL_AND_ACCOUNT,
    ),
    (
        "Cognito for another pool, too",
        value(USES, "aws:SourceArn", [*ARNS, OTHER_POOL]),
        "Uses gives",
        POOL_AND_ACCOUNT,
    ),
    ("Cognito for no named pool", value(USES, "aws:SourceArn", None), "Uses gives", POOL_AND_ACCOUNT),
    ("Cognito for all pools but one", operator(USES, "ArnEquals", "ArnNotEquals"), "Uses gives", POOL_AND_ACCOUNT),
    (
        "Cognito for the pool, if one is named",
        operator(USES, "ArnEquals", "ARNEQUALSIFEXISTS"),
        "Uses gives",
        POOL_AND_ACCOUNT,
    ),
    (
        "Cognito, every condition if it exists",
        conditions(USES, lambda each: {name + "IfExists": keys for name, keys in each.items()}),
        "Uses gives",
        POOL_AND_ACCOUNT,
    ),
    ("Cognito, all of no pools", operator(USES, "ArnEquals", "ForAllValues:ArnEquals"), "Uses gives", POOL_AND_ACCOUNT),
    (
        "Cognito where the key must be absent",
        conditions(
            USES,
            lambda each: (
                each | {"ArnEquals": {}, "ArnLikeIfExists": each["ArnEquals"], "Null": {"aws:SourceArn": True}}
            ),
        ),
        "Uses gives",
        POOL_AND_ACCOUNT,
    ),
    ("Cognito without a context", value(USES, CONTEXT, None), "Uses gives", BY_CONTEXT),
    ("Cognito with no value for the context", value(USES, CONTEXT, []), "Uses gives", BY_CONTEXT),
    ("Cognito with any context", value(USES, CONTEXT, "*"), "Uses gives", BY_CONTEXT),
    (
        "Cognito with a misspelt context",
        conditions(USES, lambda each: each | {"StringLike": {"kms:EncryptionContxt:x": ARNS}}),
        "Uses gives",
        BY_CONTEXT,
    ),
    (
        "Cognito with an operator that is none",
        operator(USES, "StringEquals", "StringEqual"),
        "Uses gives",
        POOL_AND_ACCOUNT,
    ),
    ("Cognito describes for anybody", setting(1, Condition={}), "kms:DescribeKey", POOL_AND_ACCOUNT),
    (
        "Cognito with data keys in the clear",
        setting(USES, Action=[*DATA, "kms:GenerateDataKey"]),
        "kms:GenerateDataKey",
        "no action but the pool's own use",
    ),
    (
        "Cognito administers",
        setting(USES, Action=[*DATA, "kms:PutKeyPolicy"]),
        "kms:PutKeyPolicy",
        "no action but the pool's own use",
    ),
    (
        "each of two statements lacks what the other has",
        both(value(USES, CONTEXT, None), adding({"Service": SERVICES}, DATA, {"StringLike": {CONTEXT: ARNS}})),
        "More gives",
        POOL_AND_ACCOUNT,
    ),
    ("a good statement before an open twin", adding({"Service": SERVICES[0]}, DATA), "More gives", POOL_AND_ACCOUNT),
]
