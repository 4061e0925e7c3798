"""The type tokens that the rules speak of: ours, the Cloud Control provider's and the classic one's."""

from typing import Final

APPLICATION: Final = "cognito-dr:index:Application"
KEY_PAIR: Final = "cognito-dr:index:KeyPair"
POOL_COMPONENT: Final = "cognito-dr:index:UserPool"
REPLICA_COMPONENT: Final = "cognito-dr:index:PoolReplica"
TRIGGERS: Final = "cognito-dr:index:RegionalTriggers"

ATTACHMENT: Final = "aws-native:cognito:UserPoolRegionalConfigurationAttachment"
POOL: Final = "aws-native:cognito:UserPool"
CLASSIC_POOL: Final = "aws:cognito/userPool:UserPool"
REPLICA: Final = "aws-native:cognito:UserPoolReplica"

CLIENTS: Final = ("aws-native:cognito:UserPoolClient", "aws:cognito/userPoolClient:UserPoolClient")
DOMAINS: Final = ("aws-native:cognito:UserPoolDomain", "aws:cognito/userPoolDomain:UserPoolDomain")
CERTIFICATES: Final = (
    "aws-native:certificatemanager:Certificate",
    "aws:acm/certificate:Certificate",
    "aws:acm/certificateValidation:CertificateValidation",
)
FUNCTIONS: Final = ("aws:lambda/function:Function", "aws-native:lambda:Function")
# A key policy stands in `policy` in the classic provider and in `keyPolicy` in the other.
KEYS: Final = {
    "aws:kms/key:Key": "policy",
    "aws:kms/replicaKey:ReplicaKey": "policy",
    "aws:kms/externalKey:ExternalKey": "policy",
    "aws-native:kms:Key": "keyPolicy",
    "aws-native:kms:ReplicaKey": "keyPolicy",
}
KEY_POLICY: Final = "aws:kms/keyPolicy:KeyPolicy"
GRANT: Final = "aws:kms/grant:Grant"
