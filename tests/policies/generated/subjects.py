"""What each rule is about, in words of AWS and of our components, written down apart from the rules."""

from __future__ import annotations

from typing import Final

from pack.facts import StackFacts

CHECKS: Final = ("aws:route53/healthCheck:HealthCheck",)
SUBJECTS: Final[dict[str, tuple[str, ...]]] = {
    "certificate-in-us-east-1": ("aws-native:cognito:UserPoolDomain",),
    "claims-not-user-writable": ("aws-native:cognito:UserPoolClient",),
    "domain-routing-uses-serving-check": ("aws-native:cognito:UserPoolDomain", "aws:route53/record:Record"),
    "explicit-provider-region": ("aws-native:cognito:UserPool", "aws:kms/key:Key"),
    "health-check-thresholds": CHECKS,
    "issuer-fits-authorizers": ("aws:apigatewayv2/authorizer:Authorizer",),
    "key-pair-complete": ("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"),
    "key-policy-pool-scoped": ("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"),
    "mfa-survives-failover": ("aws-native:cognito:UserPool",),
    "pool-owned-and-protected": ("aws-native:cognito:UserPool", "aws-native:cognito:UserPoolReplica", *CHECKS),
    "probe-independent-and-watched": ("cognito-dr:index:Probe", "aws:lambda/function:Function"),
    "redirect-uris-identical": (
        "cognito-dr:index:Application",
        "aws-native:cognito:UserPoolClient",
        "aws-native:cognito:UserPoolIdentityProvider",
    ),
    "regional-certificates": ("aws:apigatewayv2/domainName:DomainName",),
    "replica-complete": (
        "aws-native:cognito:UserPoolReplica",
        "aws-native:cognito:UserPoolRegionalConfigurationAttachment",
    ),
    "routing-controls-guarded": ("aws:route53recoverycontrol/routingControl:RoutingControl",),
    "trigger-parity": ("aws:lambda/function:Function",),
    "weighted-records-checked": ("aws:route53/record:Record",),
}
"""The types of which a rule must have looked into at least one resource, wherever a stack has any."""
NEEDED: Final[dict[str, str]] = {
    "claims-not-user-writable": "cognito-dr:index:RegionalTriggers",
    "domain-routing-uses-serving-check": "aws-native:cognito:UserPoolReplica",
    "mfa-survives-failover": "aws-native:cognito:UserPoolReplica",
    "probe-independent-and-watched": "cognito-dr:index:Probe",
    "trigger-parity": "cognito-dr:index:RegionalTriggers",
}
"""What a stack must have besides, so that the rule has anything to compare them with."""


def subjects(rule: str, stack: StackFacts) -> set[str]:
    """The URNs of a rule's subjects in a stack; none where the rule does not apply."""
    if rule in NEEDED and not stack.of_type(NEEDED[rule]):
        return set()
    return {one.urn for one in stack.resources if one.type in SUBJECTS[rule]}
