"""The account's own principals could use the key or grant its use."""

from __future__ import annotations

from tests.policies.key_policy.documents import (
    ACCOUNT,
    ADMINISTER,
    ADMINISTERS,
    DEPLOYER,
    DEPLOYS,
    OPERATOR,
    ROOT,
    SEVEN,
    VIA,
    WEST,
    adding,
    operator,
    setting,
    value,
)
from tests.policies.key_policy.reasons import (
    ADMINISTRATION,
    BY_CONTEXT,
    PINNED,
    Case,
)

OF_THE_ACCOUNT: list[Case] = [
    (
        "root has kms:*",
        setting(ADMINISTERS, Action="kms:*"),
        f"Administers gives {ROOT} kms:CreateGrant",
        "IAM can hand",
    ),
    ("root has *", setting(ADMINISTERS, Action="*"), f"Administers gives {ROOT} kms:CreateGrant", "IAM can hand"),
    ("root decrypts", setting(ADMINISTERS, Action=[*ADMINISTER, "kms:Decrypt"]), "kms:Decrypt", ADMINISTRATION),
    ("root grants", setting(ADMINISTERS, Action=[*ADMINISTER, "KMS:creategrant"]), "kms:CreateGrant", ADMINISTRATION),
    ("root by account number", adding({"AWS": ACCOUNT}, "kms:Decrypt"), f"{ACCOUNT} kms:Decrypt", "IAM can hand"),
    ("a pattern that means use", adding({"AWS": ROOT}, "kms:De*"), "kms:Decrypt", ADMINISTRATION),
    ("a question mark that means use", adding({"AWS": ROOT}, "kms:?ecrypt"), "kms:Decrypt", ADMINISTRATION),
    ("a role that decrypts", adding({"AWS": OPERATOR}, "kms:Decrypt"), f"{OPERATOR} kms:Decrypt", ADMINISTRATION),
    (
        "a role that grants to services",
        adding({"AWS": OPERATOR}, "kms:CreateGrant", {"Bool": {"kms:GrantIsForAWSResource": True}}),
        "kms:CreateGrant",
        ADMINISTRATION,
    ),
    ("a data key is use, too", adding({"AWS": OPERATOR}, "kms:GenerateDataKey"), "kms:GenerateDataKey", ADMINISTRATION),
    ("an action that KMS does not have", adding({"AWS": ROOT}, "kms:Decryptt"), "kms:decryptt", ADMINISTRATION),
    (
        "a role through Cognito without its pool",
        adding({"AWS": OPERATOR}, "kms:Decrypt", {"StringEquals": PINNED["StringEquals"]}),
        "kms:Decrypt",
        BY_CONTEXT,
    ),
    (
        "a role grants through Cognito",
        adding({"AWS": OPERATOR}, "kms:CreateGrant", PINNED),
        "kms:CreateGrant",
        "use of the key through Cognito",
    ),
    ("the deploy role at large", setting(DEPLOYS, Condition={}), f"{DEPLOYER} kms:CreateGrant", ADMINISTRATION),
    (
        "the deploy role with all actions",
        setting(DEPLOYS, Action="kms:*"),
        "kms:DeriveSharedSecret",
        "the seven actions of a deploy role",
    ),
    (
        "an eighth action of the deploy role",
        setting(DEPLOYS, Action=[*SEVEN, "kms:GenerateDataKey"]),
        "kms:GenerateDataKey",
        "the seven actions",
    ),
    (
        "the deploy role through the other Region",
        value(DEPLOYS, "kms:ViaService", f"cognito-idp.{WEST}.amazonaws.com"),
        f"{DEPLOYER} kms:CreateGrant",
        VIA,
    ),
    (
        "the deploy role if a service",
        operator(DEPLOYS, "StringEquals", "StringEqualsIfExists"),
        f"{DEPLOYER} kms:CreateGrant",
        ADMINISTRATION,
    ),
]
