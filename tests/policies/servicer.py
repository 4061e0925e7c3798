"""The pack behind the SDK's own servicer, asked as the engine asks it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from google.protobuf import json_format
from pack import servicer
from pack.adapter import policies
from pack.facts import MISSING, UNKNOWN, Resource, StackFacts
from pulumi_policy import EnforcementLevel, proxy
from pulumi_policy import policy as engine

LEVELS = {level: name.lower() for name, level in engine.proto.EnforcementLevel.items()}
Said = tuple[str, str, str]


TODAY = date(2026, 11, 24)


class Pack:
    """One run of the engine with the pack."""

    def __init__(self) -> None:
        kind = type("Servicer", (engine._PolicyAnalyzerServicer,), {})
        servicer.install(policies(), kind, lambda: TODAY)
        self.servicer = kind("cognito-dr", "0.0.1", policies(), EnforcementLevel.MANDATORY)

    def configure(self, config: Mapping[str, Any]) -> None:
        """What the engine makes of a configuration file: every policy has a level, its own or that of `all`.

        Source: pulumi/pulumi, pkg/resource/analyzer/config.go, applyConfig: the entry `all` itself is handed on.
        """
        request = engine.proto.ConfigureAnalyzerRequest()
        general = config.get("all")
        levels = {one.name: one.enforcement_level or EnforcementLevel.MANDATORY for one in policies()}
        if isinstance(general, str):
            levels = dict.fromkeys(levels, EnforcementLevel(general))
        for name in levels.keys() | config.keys():
            given = config.get(name, {})
            level = given if isinstance(given, str) else levels.get(name, EnforcementLevel.MANDATORY).value
            one = request.policyConfig[name]
            one.enforcementLevel = engine.proto.EnforcementLevel.Value(level.upper())
            if not isinstance(given, str):
                one.properties.update(given)
        self.servicer.Configure(request, None)

    def stack(self, *, dry_run: bool = True, **config: str) -> None:
        """Say which run this is; `config` are settings of the program."""
        request = engine.proto.AnalyzerStackConfigureRequest(stack="prod", project="cognito-dr", dry_run=dry_run)
        for key, value in config.items():
            request.config[f"cognito-dr:{key}"] = value
        self.servicer.ConfigureStack(request, None)

    def on_stack(self, stack: StackFacts) -> list[Said]:
        """Policy, level and words of all that it says about a stack."""
        request = engine.proto.AnalyzeStackRequest()
        for resource in stack.resources:
            one = request.resources.add()
            _fill(one, resource)
            one.parent = resource.parent or ""
            one.dependencies.extend(resource.dependencies)
            for prop, urns in resource.property_dependencies.items():
                one.propertyDependencies[prop].urns.extend(urns)
        return _said(self.servicer.AnalyzeStack(request, None))

    def on_resource(self, resource: Resource) -> list[Said]:
        """What it says about one resource before it is applied."""
        request = engine.proto.AnalyzeRequest()
        _fill(request, resource)
        return _said(self.servicer.Analyze(request, None))


def _said(answer: Any) -> list[Said]:
    return [(one.policyName, LEVELS[one.enforcementLevel], one.message) for one in answer.diagnostics]


def _fill(message: Any, resource: Resource) -> None:
    message.type, message.name, message.urn = resource.type, resource.name, resource.urn
    json_format.ParseDict(_wire(resource.props), message.properties)
    message.options.protect = resource.protect
    if resource.provider:
        message.provider.name = resource.provider.name
        if resource.provider.region is not MISSING:
            message.provider.properties.update({"region": _wire(resource.provider.region)})


def _wire(value: Any) -> Any:
    if value is UNKNOWN:
        return proxy.UNKNOWN_STRING_VALUE
    if isinstance(value, Mapping):
        return {key: _wire(item) for key, item in value.items()}
    return [_wire(item) for item in value] if isinstance(value, list | tuple) else value
