"""Other accounts, other services or everybody but somebody could use the key."""

from __future__ import annotations

from tests.policies.key_policy.documents import (
    ACCOUNT,
    ADMINISTER,
    ADMINISTERS,
    OPERATOR,
    ROOT,
    SERVICES,
    STRANGER,
    USES,
    VIA,
    adding,
    setting,
)
from tests.policies.key_policy.reasons import (
    BY_NAME,
    FOREIGN,
    KNOWN,
    PINNED,
    Case,
)

OF_OTHERS: list[Case] = [
    ("another account's root", adding({"AWS": f"{FOREIGN}:root"}, "kms:Decrypt", PINNED), f"{FOREIGN}:root", KNOWN),
    (
        "another account's role administers",
        adding({"AWS": f"{FOREIGN}:role/x"}, "kms:PutKeyPolicy"),
        "role/x kms:PutKeyPolicy",
        KNOWN,
    ),
    ("another account's number", adding({"AWS": STRANGER}, "kms:DescribeKey"), STRANGER, KNOWN),
    (
        "another service",
        adding({"Service": "lambda.amazonaws.com"}, "kms:Decrypt", PINNED),
        "lambda.amazonaws.com",
        KNOWN,
    ),
    ("a service of one Region", adding({"Service": VIA}, "kms:Decrypt", PINNED), VIA, KNOWN),
    ("a service as if it were an account", adding({"AWS": SERVICES[0]}, "kms:Decrypt", PINNED), SERVICES[0], KNOWN),
    (
        "a federated user",
        adding({"Federated": "cognito-identity.amazonaws.com"}, "kms:Decrypt", PINNED),
        "cognito-identity",
        KNOWN,
    ),
    ("a role by pattern", adding({"AWS": f"arn:aws:iam::{ACCOUNT}:role/*"}, ADMINISTER), "role/*", KNOWN),
    (
        "a good principal beside a bad one",
        setting(USES, Principal={"Service": [*SERVICES, "s3.amazonaws.com"]}),
        "s3.amazonaws.com",
        KNOWN,
    ),
    (
        "all but a role",
        setting(ADMINISTERS, Principal=None, NotPrincipal={"AWS": OPERATOR}),
        "Administers with Not",
        BY_NAME,
    ),
    (
        "all but one action",
        adding({"AWS": ROOT}, None, None, NotAction="kms:Decrypt"),
        "More with NotPrincipal, NotAction",
        BY_NAME,
    ),
    (
        "all but one resource",
        adding({"AWS": ROOT}, ADMINISTER, None, NotResource="arn:aws:kms:::key/x"),
        "More with",
        BY_NAME,
    ),
]
