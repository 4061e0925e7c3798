"""The good stack's login: keys, triggers, applications, the pool and its replica."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pack.facts import Resource

from tests.policies.maker import (  # fmt: skip
    ACCOUNT,
    DEPLOYER,
    EAST,
    POOL,
    REDIRECTS,
    REGIONS,
    SIBLING,
    WEST,
    after,
    component,
    key_arn,
    policy,
    resource,
)

ANSWER = "https://auth.example.com/saml2/idpresponse"
METADATA = "https://idp.example.com/metadata.xml"


def keys() -> list[Resource]:
    """The key pair."""
    facts = {"accountId": ACCOUNT, "regions": REGIONS, "poolId": POOL, "deployRoles": [DEPLOYER]}
    pair = component("KeyPair", "key", **facts)
    kind = {"multiRegion": True, "enableKeyRotation": True, "deletionWindowInDays": 30.0}
    primary = resource("aws:kms/key:Key", "key-east", pair, policy=policy(EAST), arn=key_arn(EAST), **kind)
    related = {"primaryKeyArn": key_arn(EAST), "arn": key_arn(WEST), "deletionWindowInDays": 30.0}
    replica = resource("aws:kms/replicaKey:ReplicaKey", "key-west", pair, WEST, policy=policy(WEST), **related)
    return [pair, primary, replica]


def triggers(region: str, role: str) -> list[Resource]:
    """One trigger in one Region."""
    settings = {"runtime": "python3.12", "handler": "index.handler", "memory": 256, "timeout": 3}
    print_ = {"codeSha256": "c0de", "architecture": "arm64", "environment": {"CLAIMS": "{}"}, **settings}
    facts = {"region": region, "role": role, "claimAttributes": ["custom:tenant"], "fingerprints": {"f": print_}}
    parent = component("RegionalTriggers", f"triggers-{region}", **facts)
    function = resource(
        "aws:lambda/function:Function",
        f"f-{region}",
        parent,
        region,
        name="f",
        runtime="python3.12",
        handler="index.handler",
        memorySize=256.0,
        timeout=3.0,
        architectures=["arm64"],
        environment={"variables": {"CLAIMS": "{}"}},
        role=f"arn:aws:iam::{ACCOUNT}:role/f-{region}",
    )
    return [parent, function]


def applications() -> list[Resource]:
    """One application with two clients, and a sibling stack on another host; each has a URI of its own."""
    above = component("Applications", "applications", applications=["shop"], siblings={"staging": SIBLING})
    application = component("Application", "application-shop", application="shop", **REDIRECTS)
    application = replace(application, parent=above.urn)
    flows = {"allowedOAuthFlows": ["code"], "userPoolId": POOL}
    clients = [
        resource("aws-native:cognito:UserPoolClient", name, application, **REDIRECTS, **flows)
        for name in ("web", "native")
    ]
    return [above, application, *clients]


def identity_provider() -> list[Resource]:
    """A provider that signs users in beside the pool, and what is registered there."""
    facts = {"identityProvider": "staff", "kind": "SAML", "registeredUris": [ANSWER]}
    declared = component("IdentityProvider", "identity-provider-staff", **facts)
    about = {"providerType": "SAML", "providerDetails": {"MetadataURL": METADATA, "IDPSignout": "false"}}
    kind = "aws-native:cognito:UserPoolIdentityProvider"
    return [declared, resource(kind, "staff", declared, userPoolId=POOL, providerName="staff", **about)]


def pool_and_replica() -> list[Resource]:
    """The pool, its replica and the replica's settings."""
    pool_parent = component("UserPool", "pool", poolId=POOL, region=EAST, lambdaTriggers=["preTokenGeneration"])
    replica_parent = component("PoolReplica", "replica", poolId=POOL, lambdaTriggers=["preTokenGeneration"])
    config = {"preTokenGeneration": "arn"}
    kept: dict[str, Any] = {
        "deletionProtection": "ACTIVE",
        "issuerConfiguration": {"type": "UPDATED"},
        "mfaConfiguration": "OFF",
    }
    kept["keyConfiguration"] = {"keyType": "CUSTOMER_MANAGED_KEY", "kmsKeyArn": key_arn(EAST)}
    pool = resource("aws-native:cognito:UserPool", "pool", pool_parent, userPoolId=POOL, lambdaConfig=config, **kept)
    copy = resource("aws-native:cognito:UserPoolReplica", "copy", replica_parent, userPoolId=POOL, regionName=WEST)
    attachment = "aws-native:cognito:UserPoolRegionalConfigurationAttachment"
    regional = resource(
        attachment, "regional", replica_parent, WEST, userPoolId=POOL, lambdaConfig=config, status="ACTIVE"
    )
    return [pool_parent, pool, replica_parent, copy, after(regional, pool, copy)]
