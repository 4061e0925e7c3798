"""The reasons that the rule gives, and what a case of a bad policy is."""

from __future__ import annotations

from tests.policies.key_policy.documents import (
    ACCOUNT,
    ARNS,
    CONTEXT,
    STRANGER,
    VIA,
    Change,
)

Case = tuple[str, Change, str, str]
"""Name, change of the documented policy, what is found, what is expected (parts of the texts)."""

ADMINISTRATION = "administration only"
POOL_AND_ACCOUNT = "aws:SourceArn of the pool and aws:SourceAccount of the account"
BY_CONTEXT = "as kms:EncryptionContext:aws:cognito-idp:userpool-arn"
THROUGH, CALLER = f"kms:ViaService {VIA}", f"kms:CallerAccount {ACCOUNT}"
KNOWN, BY_NAME = "Cognito or a principal of this account", "an exclusion admits all others"
ANY_POOL = [arn.rpartition("/")[0] + "/*" for arn in ARNS]
PINNED = {"StringEquals": {"kms:ViaService": VIA, "kms:CallerAccount": ACCOUNT}, "StringLike": {CONTEXT: ARNS}}
FOREIGN = f"arn:aws:iam::{STRANGER}"
