"""`key-pair-complete`."""

from typing import Any

from pack.facts import UNKNOWN

from tests.policies.maker import ACCOUNT, EAST, WEST, key_arn, policy, resource
from tests.policies.mutations import Cases, Mutation, added, both, coming_from, in_region, prop, without, without_type

ALIAS = f"arn:aws:kms:{EAST}:{ACCOUNT}:alias/users"
OTHER = key_arn(EAST).replace("mrk-0a", "mrk-ff")


def named(arn: Any, kind: Any = "CUSTOMER_MANAGED_KEY") -> Mutation:
    """The pool with another key."""
    return prop("pool", "aws-native", keyConfiguration={"keyType": kind, "kmsKeyArn": arn})


def replica_key(name: str, region: str) -> Mutation:
    """One more replica of the pair's key."""
    arns = {"primaryKeyArn": key_arn(EAST), "arn": key_arn(region), "policy": policy(region)}
    return added(resource("aws:kms/replicaKey:ReplicaKey", name, None, region, **arns))


UNPAIRED = without_type("KeyPair", "kms")
CASES = Cases(
    rule="key-pair-complete",
    violations=[
        prop("key-east", multiRegion=False),
        prop("key-east", multiRegion=None),
        prop("key-east", enableKeyRotation=False),
        prop("key-east", enableKeyRotation=None),
        prop("key-east", customerMasterKeySpec="RSA_4096"),
        prop("key-east", keyUsage="SIGN_VERIFY"),
        prop("key-east", deletionWindowInDays=6.0),
        prop("key-west", deletionWindowInDays="1"),
        prop("key-west", primaryKeyArn=OTHER),
        prop("key-west", primaryKeyArn=None),
        prop("key-west", primaryKeyArn="mrk-0a1b2c3d"),
        without("key-west"),
        without("key-east", "key-west"),
        both(without("key-west"), replica_key("key-eu", "eu-west-1")),
        named(key_arn(WEST)),
        named(OTHER),
        named(ALIAS),
        named("alias/users"),
        named("mrk-0a1b2c3d"),
        named(None, "AWS_OWNED_KEY"),
        named(key_arn(EAST), "AWS_OWNED_KEY"),
        prop("pool", "aws-native", keyConfiguration=None),
        both(UNPAIRED, named(key_arn(EAST).replace("mrk-", ""))),
        both(UNPAIRED, named(key_arn(WEST))),
    ],
    near_misses=[
        prop("key-east", customerMasterKeySpec="SYMMETRIC_DEFAULT", keyUsage="ENCRYPT_DECRYPT"),
        prop("key-east", deletionWindowInDays=7.0),
        prop("key-east", deletionWindowInDays=None),
        prop("key-west", deletionWindowInDays=None),
        replica_key("key-eu", "eu-west-1"),
        coming_from("pool", "aws-native", "keyConfiguration", "key-east"),
        both(without_type("UserPoolReplica", "PoolReplica", "Attachment", "UserPoolDomain"), named(None)),
        added(resource("aws:kms/key:Key", "archive", None, WEST, enableKeyRotation=False)),
    ],
    unknown=[
        prop("key-east", multiRegion=UNKNOWN),
        prop("key-east", enableKeyRotation=UNKNOWN),
        prop("key-east", customerMasterKeySpec=UNKNOWN),
        prop("key-west", deletionWindowInDays=UNKNOWN),
        prop("key-west", primaryKeyArn=UNKNOWN),
        named(key_arn(EAST), UNKNOWN),
    ],
    malformed=[  # the first three leave key-policy-pool-scoped undecided, too: nobody knows which key it is
        named(UNKNOWN),
        prop("pool", "aws-native", keyConfiguration=UNKNOWN),
        both(UNPAIRED, named(OTHER)),
        prop("key-east", multiRegion="yes"),
        prop("key-east", enableKeyRotation=1.0),
        prop("key-east", keyUsage=["ENCRYPT_DECRYPT"]),
        prop("key-east", deletionWindowInDays="a week"),
        prop("key-west", deletionWindowInDays=True),
        prop("key-west", primaryKeyArn=[key_arn(EAST)]),
        named([key_arn(EAST)]),
        named({"arn": key_arn(EAST)}),
        named(key_arn(EAST), "customer"),
        prop("pool", "aws-native", keyConfiguration=[key_arn(EAST)]),
        in_region("key-west", EAST),
        in_region("key-east", WEST),
    ],
    absent=without_type("KeyPair", "kms", "UserPool"),
)
