"""Callers could use the key past Cognito, the account or the pool."""

from __future__ import annotations

from tests.policies.key_policy.documents import (
    ACCOUNT,
    ADMINISTER,
    ARNS,
    CALLERS,
    CALLERS_DESCRIBE,
    CONTEXT,
    EAST,
    OTHER_POOL,
    STRANGER,
    VIA,
    WEST,
    adding,
    both,
    operator,
    setting,
    value,
)
from tests.policies.key_policy.reasons import (
    ANY_POOL,
    BY_CONTEXT,
    CALLER,
    PINNED,
    THROUGH,
    Case,
)

OF_CALLERS: list[Case] = [
    ("callers of any account", value(CALLERS, "kms:CallerAccount", None), "Callers gives * kms:Decrypt", CALLER),
    ("describers of any account", value(CALLERS_DESCRIBE, "kms:CallerAccount", None), "kms:DescribeKey", CALLER),
    (
        "callers of another account, too",
        value(CALLERS, "kms:CallerAccount", [ACCOUNT, STRANGER]),
        "Callers gives *",
        CALLER,
    ),
    (
        "callers of whatever account asks",
        value(CALLERS, "kms:CallerAccount", "${aws:PrincipalAccount}"),
        "Callers gives *",
        CALLER,
    ),
    ("callers not through a service", value(CALLERS, "kms:ViaService", None), "Callers gives * kms:Decrypt", THROUGH),
    (
        "callers through the other Region",
        value(CALLERS, "kms:ViaService", f"cognito-idp.{WEST}.amazonaws.com"),
        "Callers gives *",
        THROUGH,
    ),
    (
        "callers through any Region",
        both(
            operator(CALLERS, "StringEquals", "stringlike"),
            value(CALLERS, "kms:ViaService", "cognito-idp.*.amazonaws.com"),
        ),
        "Callers gives *",
        THROUGH,
    ),
    (
        "callers through two services",
        value(CALLERS, "kms:ViaService", [VIA, f"s3.{EAST}.amazonaws.com"]),
        "Callers gives *",
        THROUGH,
    ),
    (
        "callers through all but one service",
        operator(CALLERS, "StringEquals", "StringNotEquals"),
        "Callers gives *",
        THROUGH,
    ),
    (
        "callers if through a service",
        operator(CALLERS, "StringEquals", "StringEqualsIfExists"),
        "Callers gives *",
        THROUGH,
    ),
    (
        "callers, all of no values",
        operator(CALLERS, "StringEquals", "ForAllValues:StringEquals"),
        "Callers gives *",
        THROUGH,
    ),
    ("callers without the pool", value(CALLERS, CONTEXT, None), "Callers gives *", BY_CONTEXT),
    ("callers of another pool, too", value(CALLERS, CONTEXT, [*ARNS, OTHER_POOL]), "Callers gives *", BY_CONTEXT),
    ("callers of any pool", value(CALLERS, CONTEXT, ANY_POOL), "Callers gives *", BY_CONTEXT),
    (
        "callers of the pool's name in any case",
        operator(CALLERS, "StringLike", "StringEqualsIgnoreCase"),
        "Callers gives *",
        BY_CONTEXT,
    ),
    (
        "callers who describe and grant",
        setting(CALLERS_DESCRIBE, Action=["kms:DescribeKey", "kms:CreateGrant"]),
        "* kms:CreateGrant",
        "use of the key through Cognito",
    ),
    (
        "callers who administer",
        adding("*", "kms:PutKeyPolicy", PINNED),
        "* kms:PutKeyPolicy",
        "use of the key through Cognito",
    ),
    ("anybody", adding("*", "kms:Decrypt"), "More gives * kms:Decrypt", THROUGH),
    ("anybody administers", adding({"AWS": ["*"]}, ADMINISTER), "More gives * ", THROUGH),
    (
        "anybody from one network",
        adding("*", "kms:Decrypt", {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}),
        "More gives *",
        THROUGH,
    ),
    (
        "anybody of one organisation",
        adding("*", "kms:Decrypt", {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}),
        "More gives *",
        THROUGH,
    ),
]
