"""What each action on a key gives: use, the right to hand use on, or administration.

Source: docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
"""

from __future__ import annotations

import re
from typing import Final


def _named(text: str) -> frozenset[str]:
    return frozenset(f"kms:{name}".lower() for name in text.split())


DESCRIBE: Final = _named("DescribeKey")
# What Cognito and callers through Cognito need (developer guide, data protection).
DATA: Final = _named("Encrypt Decrypt ReEncryptFrom ReEncryptTo GenerateDataKeyWithoutPlaintext")
# What the CloudFormation handlers of the Cognito types ask of the caller.
DEPLOY: Final = DATA | DESCRIBE | _named("CreateGrant")
USE: Final = DATA | _named(
    "GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateMac VerifyMac Sign "
    "Verify DeriveSharedSecret GenerateRandom"
)
ADMINISTER: Final = DESCRIBE | _named(
    "CancelKeyDeletion CreateAlias DeleteAlias DisableKey DisableKeyRotation EnableKey EnableKeyRotation "
    "GetKeyPolicy GetKeyRotationStatus GetPublicKey ListAliases ListGrants ListKeyPolicies ListKeyRotations "
    "ListResourceTags ListRetirableGrants PutKeyPolicy ReplicateKey RetireGrant RevokeGrant RotateKeyOnDemand "
    "ScheduleKeyDeletion SynchronizeMultiRegionKey TagResource UntagResource UpdateAlias UpdateKeyDescription "
    "UpdatePrimaryRegion CreateKey DeleteImportedKeyMaterial GetParametersForImport ImportKeyMaterial ListKeys "
    "ConnectCustomKeyStore CreateCustomKeyStore DeleteCustomKeyStore DescribeCustomKeyStores "
    "DisconnectCustomKeyStore UpdateCustomKeyStore"
)
ALL: Final = USE | ADMINISTER | DEPLOY


def expanded(pattern: str) -> frozenset[str]:
    """Every action that a pattern admits; a name that KMS does not have stays as it is."""
    pattern = pattern.lower()
    if not re.search(r"[*?]", pattern):
        return frozenset({pattern})
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return frozenset(action for action in ALL if re.fullmatch(expression, action)) or frozenset({pattern})
