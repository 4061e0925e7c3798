"""A good stack as plain data, as the engine shows it, and ways to break it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pack.facts import Provider, Resource, StackFacts
from pack.findings import Finding, Verdict
from pack.registry import all_rules

from components.key_policy import key_policy

ACCOUNT, POOL = "111122223333", "us-east-1_AbCdEf123"
EAST, WEST = "us-east-1", "us-west-2"
REGIONS = {"primary": EAST, "secondary": WEST}
DEPLOYER = f"arn:aws:iam::{ACCOUNT}:role/deploy"
STACK = "urn:pulumi:prod::cognito-dr::"
REDIRECTS = {"callbackUrls": ["https://shop.example.com/cb", "https://shop.example.com/x"], "logoutUrls": []}


def urn(kind: str, name: str) -> str:
    """A URN as the engine writes it."""
    return f"{STACK}{kind}::{name}"


def component(kind: str, name: str, /, **props: Any) -> Resource:
    """A component with its registered outputs."""
    token = f"cognito-dr:index:{kind}"
    return Resource(type=token, name=name, urn=urn(token, name), props=props)


def resource(kind: str, name: str, parent: Resource | None, region: str = EAST, /, **props: Any) -> Resource:
    """A resource with an explicit provider of its Region."""
    package = kind.split(":")[0]
    provider = Provider(name=f"{package}-{region}", region=region)
    above = parent.urn if parent else None
    return Resource(type=kind, name=name, urn=urn(kind, name), props=props, parent=above, provider=provider)


def policy(region: str, pool: str | None = POOL) -> str:
    """The key policy that the program writes."""
    regions = (EAST, WEST)
    document = key_policy(account=ACCOUNT, region=region, regions=regions, pool_id=pool, deploy_roles=(DEPLOYER,))
    return json.dumps(document)


def keys() -> list[Resource]:
    """The key pair."""
    facts = {"accountId": ACCOUNT, "regions": REGIONS, "poolId": POOL, "deployRoles": [DEPLOYER]}
    pair = component("KeyPair", "key", **facts)
    primary = resource("aws:kms/key:Key", "key-east", pair, policy=policy(EAST), multiRegion=True)
    replica = resource("aws:kms/replicaKey:ReplicaKey", "key-west", pair, WEST, policy=policy(WEST))
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


def good_stack() -> StackFacts:
    """Everything of a deployed stack that a rule looks at."""
    application = component("Application", "application-shop", application="shop", **REDIRECTS)
    flows = {"allowedOAuthFlows": ["code"], "userPoolId": POOL}
    clients = [
        resource("aws-native:cognito:UserPoolClient", name, application, **REDIRECTS, **flows)
        for name in ("web", "native")
    ]
    pool_parent = component("UserPool", "pool", poolId=POOL, region=EAST, lambdaTriggers=["preTokenGeneration"])
    replica_parent = component("PoolReplica", "replica", poolId=POOL, lambdaTriggers=["preTokenGeneration"])
    config = {"preTokenGeneration": "arn"}
    pool = resource("aws-native:cognito:UserPool", "pool", pool_parent, userPoolId=POOL, lambdaConfig=config)
    attachment = "aws-native:cognito:UserPoolRegionalConfigurationAttachment"
    regional = resource(attachment, "regional", replica_parent, WEST, userPoolId=POOL, lambdaConfig=config)
    certificate = resource("aws:acm/certificate:Certificate", "certificate", None)
    own = {"customDomainConfig": {"certificateArn": f"arn:aws:acm:{EAST}:{ACCOUNT}:certificate/a"}}
    domain = resource("aws-native:cognito:UserPoolDomain", "domain", None, domain="auth.example.com", **own)
    return StackFacts(
        resources=[
            *keys(),
            *triggers(EAST, "primary"),
            *triggers(WEST, "secondary"),
            *(application, *clients, pool_parent, pool, replica_parent, regional, certificate, domain),
        ]
    )


def with_props(stack: StackFacts, name: str, kind: str = "", **props: Any) -> StackFacts:
    """The stack with properties of one resource set; `kind` tells resources of one name apart."""

    def change(one: Resource) -> Resource:
        merged = {**one.props, **props}
        return replace(one, props={key: value for key, value in merged.items() if value is not None})

    return changed(stack, name, change, kind)


def changed(stack: StackFacts, name: str, change: Callable[[Resource], Resource], kind: str = "") -> StackFacts:
    """The stack with one resource changed; a name that is not there is a broken test."""
    hit = [r for r in stack.resources if r.name == name and kind in r.type]
    assert len(hit) == 1, (name, kind, hit)
    return replace(stack, resources=[change(r) if r is hit[0] else r for r in stack.resources])


def findings(stack: StackFacts) -> list[Finding]:
    """What all rules say."""
    return [finding for rule in all_rules() for finding in rule.judge(stack)]


def violated(stack: StackFacts) -> set[str]:
    """The rules that are broken."""
    return {finding.rule for finding in findings(stack) if finding.verdict is Verdict.VIOLATION}


def undecided(stack: StackFacts) -> set[str]:
    """The rules that cannot be decided."""
    return {finding.rule for finding in findings(stack) if finding.verdict is Verdict.UNDECIDED}
