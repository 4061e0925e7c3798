"""`key-policy-pool-scoped`."""

from __future__ import annotations

import json
from typing import Any

from pack.facts import UNKNOWN

from tests.policies.maker import ACCOUNT, DEPLOYER, EAST, POOL, WEST, key_arn, policy, resource
from tests.policies.mutations import Cases, Mutation, added, both, prop, without_type

EU = "eu-west-1"


def text(region: str, old: str, new: str) -> str:
    """The key policy with one change, which must be one."""
    before = policy(region)
    assert old in before
    return before.replace(old, new)


def on_key(key_id: Any, region: str = EAST, kind: str = "grant:Grant", **props: Any) -> Mutation:
    """A grant, or a policy of its own, on a key that is named by its ID, ARN or alias."""
    return added(resource(f"aws:kms/{kind}", "beside", None, region, keyId=key_id, **props))


def third(arn: Any, place: str = EU, kind: str = "aws:kms/replicaKey:ReplicaKey") -> Mutation:
    """One more replica of a key, with the policy for the key of a place."""
    path = "keyPolicy" if "native" in kind else "policy"
    return added(resource(kind, "third", None, EU, primaryKeyArn=arn, arn=key_arn(EU), **{path: policy(place)}))


def policies(old: str, new: str) -> list[Mutation]:
    """The policies of both keys with one change."""
    return [prop(name, policy=text(region, old, new)) for name, region in (("key-east", EAST), ("key-west", WEST))]


USER = f"arn:aws:iam::{ACCOUNT}:user/deploy"
NO_ROLES = ["*", USER, f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT, DEPLOYER[:-6] + "*", "deploy"]
NO_ROLES += [DEPLOYER.replace(ACCOUNT, "999988887777"), f"x{DEPLOYER}"]
OTHER = key_arn(EAST).replace("mrk-0a", "mrk-ff")
ID = key_arn(EAST).rpartition("/")[2]
ALIAS = added(resource("aws:kms/alias:Alias", "alias", None, WEST, name="alias/users", targetKeyId=ID))
FOUNDING = both(
    without_type("UserPoolReplica", "PoolReplica", "Attachment"),
    prop("key", "KeyPair", poolId=None),
    prop("key-east", policy=policy(EAST, None)),
    prop("key-west", policy=policy(WEST, None)),
)
CASES = Cases(
    rule="key-policy-pool-scoped",
    violations=[
        prop("key-east", policy=text(EAST, f"userpool/{POOL}", "userpool/*")),
        prop("key-west", policy=text(WEST, f"userpool/{POOL}", "userpool/us-east-1_Other0001")),
        prop("key-east", policy=text(EAST, '"kms:CancelKeyDeletion"', '"kms:*"')),
        prop("key-east", policy=text(EAST, '"kms:CancelKeyDeletion"', '"kms:Decrypt"')),
        prop("key-east", policy=text(EAST, '"kms:CancelKeyDeletion"', '"kms:CreateGrant"')),
        prop("key-east", policy=text(EAST, f"cognito-idp.{EAST}", f"cognito-idp.{WEST}")),
        prop("key-east", policy=text(EAST, '"StringEquals"', '"StringEqualsIfExists"')),
        prop("key-east", policy=text(EAST, '"kms:CallerAccount"', '"kms:CalerAccount"')),
        prop("key-east", policy=None),
        prop("key-east", policy=policy(EAST, None)),
        prop("key", "KeyPair", poolId="us-east-1_Stale0001"),
        on_key(key_arn(WEST), WEST),
        on_key(ID),
        both(ALIAS, on_key("alias/users", WEST)),
        on_key(ID, WEST, "keyPolicy:KeyPolicy", policy=policy(EAST)),
        third(key_arn(EAST), EAST),
        third(key_arn(WEST), WEST),
        prop("key-east", policy=text(EAST, ', "Resource": "*"', "")),
        prop("key-west", policy=text(WEST, '"Resource": "*"', f'"Resource": "{key_arn(EAST)}"')),
        both(prop("key-east", arn=UNKNOWN), prop("key-east", policy=text(EAST, ', "Resource": "*"', ""))),
        third(key_arn(EAST), EAST, "aws:kms/replicaExternalKey:ReplicaExternalKey"),
        third(key_arn(EAST), EAST, "aws-native:kms:ReplicaKey"),
        both(third(key_arn(EAST)), on_key(ID, EU)),
        *(prop("key", "KeyPair", deployRoles=[DEPLOYER, who]) for who in NO_ROLES),
        prop("key", "KeyPair", deployRoles=["*", UNKNOWN]),
        both(prop("key", "KeyPair", deployRoles=[USER]), *policies(DEPLOYER, USER)),
    ],
    near_misses=[
        prop("key-east", policy=json.loads(policy(EAST))),
        prop("key-west", policy=text(WEST, '"StringEquals"', '"stringequals"')),
        both(FOUNDING, prop("pool", "aws-native", userPoolId=UNKNOWN)),
        on_key(OTHER),
        third(key_arn(EAST)),
        third(key_arn(EAST), EU, "aws-native:kms:ReplicaKey"),
        third(OTHER, EAST),
        third(None, EAST),
        prop("key-east", policy=text(EAST, '"Resource": "*"', f'"Resource": "{key_arn(EAST)}"')),
        prop("key-west", policy=text(WEST, '"Resource": "*"', f'"Resource": ["{key_arn(WEST)}"]')),
        prop("key", "KeyPair", deployRoles=[DEPLOYER, f"arn:aws-us-gov:iam::{ACCOUNT}:role/path/of+others"]),
        both(prop("key", "KeyPair", deployRoles=[DEPLOYER + "2"]), *policies(DEPLOYER, DEPLOYER + "2")),
        both(prop("key-west", policy=None), on_key(ID, WEST, "keyPolicy:KeyPolicy", policy=policy(WEST))),
    ],
    unknown=[
        prop("key-east", policy=UNKNOWN),
        prop("key", "KeyPair", poolId=UNKNOWN),
        prop("key", "KeyPair", accountId=UNKNOWN),
        on_key(UNKNOWN),
        on_key(ID, EU),
        third(UNKNOWN),
        both(
            prop("key-west", arn=UNKNOWN),
            prop("key-west", policy=text(WEST, '"Resource": "*"', f'"Resource": "{key_arn(WEST)}"')),
        ),
        both(prop("key-west", policy=None), on_key(UNKNOWN, WEST, "keyPolicy:KeyPolicy", policy=policy(WEST))),
    ],
    malformed=[
        prop("pool", "aws-native", userPoolId=UNKNOWN),
        prop("key-east", policy="{"),
        prop("key-east", policy=[7.0]),
        prop("key-west", policy={"Statement": "all"}),
        prop("key", "KeyPair", regions="both"),
        prop("key", "KeyPair", deployRoles="*"),
        prop("key", "KeyPair", deployRoles=[7.0]),
    ],
    absent=both(without_type("KeyPair", "kms"), prop("pool", "aws-native", keyConfiguration=None)),
)
