"""The stack as the engine shows it before anything of the failover exists: computed values are unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pack.facts import UNKNOWN, Resource, StackFacts

COMPUTED = {
    "aws:acm/certificate:Certificate": "arn",
    "aws:apigatewayv2/api:Api": "apiEndpoint",
    "aws:kms/key:Key": "arn",
    "aws:kms/replicaKey:ReplicaKey": "arn",
    "aws:route53/healthCheck:HealthCheck": "id",
    "aws:route53recoverycontrol/cluster:Cluster": "clusterEndpoints",
    "aws:route53recoverycontrol/routingControl:RoutingControl": "arn",
}
LISTS = ("clusterEndpoints", "endpoints")


def first_preview(stack: StackFacts) -> StackFacts:
    """Hide what providers compute, wherever it is used, and say instead where it comes from, as the engine does."""
    sources: dict[str, str] = {}
    for resource in stack.resources:
        value = resource.props.get(COMPUTED.get(resource.type, ""))
        if isinstance(value, str):
            sources[value.removeprefix("https://")] = resource.urn
    return replace(stack, resources=[_hidden(resource, sources) for resource in stack.resources])


def _hidden(resource: Resource, sources: dict[str, str]) -> Resource:
    props: dict[str, Any] = {}
    dependencies: dict[str, list[str]] = {}
    for key, value in resource.props.items():
        found: list[str] = []
        whole = key in LISTS or COMPUTED.get(resource.type) == key
        props[key] = UNKNOWN if whole else _without(value, sources, found)
        if found:
            dependencies[key] = found
    custom = not resource.type.startswith("cognito-dr:")
    return replace(resource, props=props, property_dependencies=dependencies if custom else {})


def _without(value: Any, sources: dict[str, str], found: list[str]) -> Any:
    if isinstance(value, str) and value in sources:
        found.append(sources[value])
        return UNKNOWN
    if isinstance(value, list):
        return [_without(item, sources, found) for item in value]
    if isinstance(value, dict):
        return {key: _without(item, sources, found) for key, item in value.items()}
    return value
