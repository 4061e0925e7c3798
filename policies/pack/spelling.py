"""The classic provider's names for what the Cloud Control provider spells differently: rules speak the former."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .facts import MISSING, UNKNOWN, Resource

_CHECK: Final = {
    "childHealthchecks": "childHealthChecks",
    "childHealthThreshold": "healthThreshold",
    "fqdn": "fullyQualifiedDomainName",
    "invertHealthcheck": "inverted",
}
_SAME: Final = (
    "type",
    "requestInterval",
    "failureThreshold",
    "ipAddress",
    "regions",
    "searchString",
    "routingControlArn",
)
NATIVE: Final[Mapping[str, Mapping[str, str]]] = {
    "aws-native:route53:HealthCheck": {
        classic: f"healthCheckConfig.{native}" for classic, native in [*_CHECK.items(), *zip(_SAME, _SAME, strict=True)]
    },
    "aws-native:route53:RecordSet": {
        "aliases": "aliasTarget",
        "failoverRoutingPolicies": "failover",
        "records": "resourceRecords",
        "weightedRoutingPolicies": "weight",
        "zoneId": "hostedZoneId",
    },
    "aws-native:cognito:UserPoolClient": {"allowedOauthFlows": "allowedOAuthFlows"},
    "aws-native:kms:Key": {"customerMasterKeySpec": "keySpec", "deletionWindowInDays": "pendingWindowInDays"},
    "aws-native:kms:ReplicaKey": {"deletionWindowInDays": "pendingWindowInDays"},
    "aws-native:apigatewayv2:DomainName": {"domainNameConfiguration": "domainNameConfigurations"},
    "aws-native:elasticloadbalancingv2:Listener": {"authenticateCognito": "authenticateCognitoConfig"},
    "aws-native:elasticloadbalancingv2:ListenerRule": {"authenticateCognito": "authenticateCognitoConfig"},
}


def spelled(resource: Resource, path: str) -> str:
    """The path in the resource's own spelling; only its first part differs between the providers."""
    first, dot, rest = path.partition(".")
    return NATIVE.get(resource.type, {}).get(first, first) + dot + rest


def read(resource: Resource, path: str) -> Any:
    """The value at a path given in the classic spelling."""
    return resource.get(spelled(resource, path))


def number(value: Any, default: float | None = None) -> Any:
    """A number as it is or written as text, else UNKNOWN; MISSING becomes the default, if there is one."""
    if value is MISSING:
        return MISSING if default is None else default
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return UNKNOWN
    return value if isinstance(value, int | float) and not isinstance(value, bool) else UNKNOWN


def flag(value: Any) -> Any:
    """A truth value, else UNKNOWN; one that is not set is False, as Route 53 and ARC take it."""
    if value is MISSING:
        return False
    return value if isinstance(value, bool) else UNKNOWN
