"""One small edit of a good state for each rule, which that rule and no other must find."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

State = dict[str, Any]
Edit = Callable[[State], State]


def resource(state: State, kind: str, name: str) -> dict[str, Any]:
    """The one resource of a type whose name ends so; another number of them is a broken test."""
    every = state["deployment"]["resources"]
    hits = [one for one in every if one["type"].endswith(kind) and one["urn"].rpartition("::")[2].endswith(name)]
    assert len(hits) == 1, (kind, name, [one["urn"] for one in hits])
    return hits[0]


def put(kind: str, name: str, path: str, value: Any) -> Edit:
    """Set a property in inputs and outputs; a function as value gets what is there."""

    def edit(state: State) -> State:
        one = resource(state, kind, name)
        for side in (one.get("inputs"), one["outputs"]):
            at = side
            *above, last = path.split(".")
            for key in above:
                at = at.get(key) if isinstance(at, dict) else None
            if isinstance(at, dict):
                at[last] = value(at.get(last)) if callable(value) else value
        return state

    return edit


def unprotected(state: State) -> State:
    """The replica without protection."""
    resource(state, "cognito:UserPoolReplica", "")["protect"] = False
    return state


def compulsory_totp(state: State) -> State:
    """A pool that signs nobody in without the one factor that its replica does not know."""
    pool = resource(state, "cognito:UserPool", "")
    for side in ("inputs", "outputs"):
        pool[side] |= {"mfaConfiguration": "ON", "enabledMfas": ["SOFTWARE_TOKEN_MFA"]}
    return state


def on_default_provider(state: State) -> State:
    """The pool's provider is the engine's own, which takes its Region from the shell."""
    explicit = resource(state, "pulumi:providers:aws-native", "us-east-1")["urn"]
    return json.loads(json.dumps(state).replace(explicit, explicit.rpartition("::")[0] + "::default_1_84_0"))


def elsewhere(arn: str) -> str:
    """The same certificate in a Region that nobody uses."""
    return arn.replace("us-east-1", "eu-west-1").replace("us-west-2", "eu-west-1")


def other_pool(policy: Any) -> Any:
    """The policy for every pool of the account."""
    text = policy if isinstance(policy, str) else json.dumps(policy)
    return text.replace("userpool/us-east-1_AbCdEf123", "userpool/*").replace(
        "userpool/us-east-1_StaGing01", "userpool/*"
    )


EDITS: Final[dict[str, tuple[str, Edit]]] = {
    "certificate-in-us-east-1": (
        "prod",
        put("cognito:UserPoolDomain", "auth-domain", "customDomainConfig.certificateArn", elsewhere),
    ),
    "claims-not-user-writable": (
        "prod",
        put("cognito:UserPoolClient", "shop-web", "writeAttributes", ["email", "custom:tenant"]),
    ),
    "domain-routing-uses-serving-check": (
        "staging",
        put("cognito:UserPoolDomain", "auth-domain", "routing.failover.secondaryRegion", "eu-west-1"),
    ),
    "explicit-provider-region": ("staging", on_default_provider),
    "health-check-thresholds": ("prod", put("route53/healthCheck:HealthCheck", "check-probe", "requestInterval", 30)),
    "issuer-fits-authorizers": (
        "staging",
        put(
            "apigatewayv2/authorizer:Authorizer",
            "us-west-2-authorizer",
            "jwtConfiguration.issuer",
            "https://cognito-idp.us-west-2.amazonaws.com/us-east-1_StaGing01",
        ),
    ),
    "key-pair-complete": ("staging", put("kms/key:Key", "", "enableKeyRotation", False)),
    "key-policy-pool-scoped": ("prod", put("kms/replicaKey:ReplicaKey", "", "policy", other_pool)),
    "mfa-survives-failover": ("staging", compulsory_totp),
    "pool-owned-and-protected": ("prod", unprotected),
    "probe-independent-and-watched": (
        "staging",
        put("lambda/function:Function", "verdict-us-west-2", "reservedConcurrentExecutions", -1),
    ),
    "redirect-uris-identical": (
        "prod",
        put("cognito:UserPoolClient", "shop-native", "callbackUrls", lambda uris: uris[:1]),
    ),
    "regional-certificates": (
        "staging",
        put("apigatewayv2/domainName:DomainName", "us-west-2", "domainNameConfiguration.certificateArn", elsewhere),
    ),
    "replica-complete": (
        "prod",
        put("cognito:UserPoolRegionalConfigurationAttachment", "", "status", "INACTIVE"),
    ),
    "routing-controls-guarded": (
        "prod",
        put("route53recoverycontrol/safetyRule:SafetyRule", "", "ruleConfig.inverted", False),
    ),
    "trigger-parity": ("staging", put("lambda/function:Function", "pre-token-generation-us-west-2", "memorySize", 512)),
    "weighted-records-checked": ("prod", put("route53/record:Record", "serving-us-west-2", "ttl", 300)),
}
