"""The key policy of the pool's key in one Region, as a pure function of account, Regions and pool ID.

Source: docs.aws.amazon.com/cognito/latest/developerguide/data-protection.html (customer managed keys). Stricter than
AWS's sample: callers are of this account, and the account's root administers the key but can neither use it nor grant
its use, because IAM could hand root's rights to anyone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SERVICES = ("cognito-idp.amazonaws.com", "identitystore.amazonaws.com")
CONTEXT = "kms:EncryptionContext:aws:cognito-idp:userpool-arn"
USE = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKeyWithoutPlaintext")
DEPLOY = (
    "kms:CreateGrant",
    "kms:DescribeKey",
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
"""What Cognito's CloudFormation handlers ask of the role that deploys."""
ADMINISTER = (
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListAliases",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:ReplicateKey",
    "kms:RevokeGrant",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
    "kms:UpdatePrimaryRegion",
)


def pool_arns(account: str, regions: Sequence[str], pool_id: str | None) -> list[str]:
    """The pool's ARN in each Region; with no ID yet, any pool of this account there."""
    return [f"arn:aws:cognito-idp:{region}:{account}:userpool/{pool_id or '*'}" for region in regions]


def key_policy(
    *, account: str, region: str, regions: Sequence[str], pool_id: str | None, deploy_roles: Sequence[str]
) -> dict[str, Any]:
    """The policy document of the key in `region`.

    Both pool ARNs stand in both Regions' policies: which of them Cognito names in the secondary is not documented.
    `pool_id` None is the founding form, for the minutes between a new pool's key and its ID.
    """
    pools = pool_arns(account, regions, pool_id)
    source = {"ArnEquals" if pool_id else "ArnLike": {"aws:SourceArn": pools}}
    of_account = {"StringEquals": {"aws:SourceAccount": account}}
    of_pool = {"StringLike": {CONTEXT: pools}}
    through_cognito = {
        "StringEquals": {"kms:ViaService": f"cognito-idp.{region}.amazonaws.com", "kms:CallerAccount": account}
    }
    cognito, anyone = {"Service": list(SERVICES)}, {"AWS": "*"}
    statements = [
        statement("CognitoUsesForThisPool", cognito, USE, {**source, **of_account, **of_pool}),
        statement("CognitoDescribesForThisPool", cognito, ["kms:DescribeKey"], {**source, **of_account}),
        statement("CallersUseThroughCognito", anyone, USE, {**through_cognito, **of_pool}),
        statement("CallersDescribeThroughCognito", anyone, ["kms:DescribeKey"], through_cognito),
        statement("AccountAdministers", {"AWS": f"arn:aws:iam::{account}:root"}, ADMINISTER, {}),
    ]
    if deploy_roles:
        statements.append(statement("DeployersThroughCognito", {"AWS": list(deploy_roles)}, DEPLOY, through_cognito))
    return {"Version": "2012-10-17", "Statement": statements}


def statement(sid: str, principal: Any, actions: Sequence[str], condition: dict[str, Any]) -> dict[str, Any]:
    """One Allow; a key policy's resource is always the key itself."""
    allow = {"Sid": sid, "Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": "*"}
    return allow | ({"Condition": condition} if condition else {})
