"""What each action on a key gives: use, the right to hand use on, or administration.

Source: docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
"""

from __future__ import annotations

import re
from typing import Final


def _named(text: str) -> frozenset[str]:
    return frozenset(f"kms:{name}".lower() for name in text.split())


# What Cognito and callers through Cognito need (developer guide, data protection).
_DATA: Final = "Encrypt Decrypt ReEncryptFrom ReEncryptTo GenerateDataKeyWithoutPlaintext"
_OTHER_USE: Final = (
    "GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateMac VerifyMac Sign "
    "Verify DeriveSharedSecret GenerateRandom"
)
_ADMINISTER: Final = (
    "CancelKeyDeletion CreateAlias DeleteAlias DisableKey DisableKeyRotation EnableKey EnableKeyRotation "
    "GetKeyPolicy GetKeyRotationStatus GetPublicKey ListAliases ListGrants ListKeyPolicies ListKeyRotations "
    "ListResourceTags ListRetirableGrants PutKeyPolicy ReplicateKey RetireGrant RevokeGrant RotateKeyOnDemand "
    "ScheduleKeyDeletion SynchronizeMultiRegionKey TagResource UntagResource UpdateAlias UpdateKeyDescription "
    "UpdatePrimaryRegion CreateKey DeleteImportedKeyMaterial GetParametersForImport ImportKeyMaterial ListKeys "
    "GetKeyLastUsage ConnectCustomKeyStore CreateCustomKeyStore DeleteCustomKeyStore DescribeCustomKeyStores "
    "DisconnectCustomKeyStore UpdateCustomKeyStore"
)
_NAMES: Final = f"DescribeKey CreateGrant {_DATA} {_OTHER_USE} {_ADMINISTER}"

DESCRIBE: Final = _named("DescribeKey")
GRANT: Final = _named("CreateGrant")
DATA: Final = _named(_DATA)
# What the CloudFormation handlers of the Cognito types ask of the caller.
DEPLOY: Final = DATA | DESCRIBE | GRANT
USE: Final = DATA | _named(_OTHER_USE)
ADMINISTER: Final = DESCRIBE | _named(_ADMINISTER)
ALL: Final = USE | ADMINISTER | DEPLOY
_SPELLED: Final = {f"kms:{name}".lower(): f"kms:{name}" for name in _NAMES.split()}


def expanded(pattern: str) -> frozenset[str]:
    """Every action that a pattern admits; a name that KMS does not have stays as it is."""
    pattern = pattern.lower()
    if not re.search(r"[*?]", pattern):
        return frozenset({pattern})
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return frozenset(action for action in ALL if re.fullmatch(expression, action, re.S)) or frozenset({pattern})


def spelled(action: str) -> str:
    """An action as AWS writes it."""
    return _SPELLED.get(action, action)


def words(actions: frozenset[str]) -> str:
    """The actions for a reader, four at most; all of them together are kms:*."""
    if actions >= ALL:
        return "kms:*"
    names = [spelled(action) for action in sorted(actions)]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
