"""A stack as `pulumi stack export` writes it, and such a file as the pack reads it.

The file is read on the pack's own way: the request that the engine would send, then the pack's reader of requests.
Source: pulumi/pulumi sdk/go/common/apitype (UntypedDeployment, ResourceV3)
"""

from __future__ import annotations

import json
from typing import Any, Final

from pack.facts import Context, Resource, StackFacts
from pack.wire import of_stack
from pulumi.runtime.proto.analyzer_pb2 import AnalyzerProviderResource, AnalyzerResource, AnalyzeStackRequest

URN: Final = "urn:pulumi:generated::cognito-dr::pulumi:providers:"


def exported(stack: StackFacts) -> str:
    """The file's text: providers first, then every resource with inputs, outputs and relations."""
    providers = {}
    for one in stack.resources:
        if one.provider:
            urn = provider_urn(one.type, one.provider.name)
            providers[urn] = provider_entry(urn, str(one.provider.region))
    entries = [*providers.values(), *map(_entry, stack.resources)]
    return json.dumps({"version": 3, "deployment": {"manifest": {}, "resources": entries}})


def provider_urn(kind: str, name: str) -> str:
    """The URN of a provider of a resource type's package."""
    return f"{URN}{kind.partition(':')[0]}::{name}"


def provider_entry(urn: str, region: str | None) -> dict[str, Any]:
    """A provider in the file; a default provider without a Region takes the shell's."""
    props = {"region": region} if region else {}
    kind = urn.split("::")[2]
    return {"urn": urn, "custom": True, "id": "0", "type": kind, "inputs": props, "outputs": props}


def _entry(one: Resource) -> dict[str, Any]:
    custom = not one.type.startswith("cognito-dr:")
    entry: dict[str, Any] = {"urn": one.urn, "custom": custom, "type": one.type, "outputs": dict(one.props)}
    entry |= {"inputs": dict(one.props)} if custom else {}
    entry |= {"parent": one.parent} if one.parent else {}
    entry |= {"protect": True} if one.protect else {}
    entry |= {"provider": f"{provider_urn(one.type, one.provider.name)}::0"} if one.provider else {}
    entry["dependencies"] = list(one.dependencies)
    entry["propertyDependencies"] = {key: list(urns) for key, urns in one.property_dependencies.items()}
    return entry


def as_the_pack_reads(text: str) -> StackFacts:
    """The facts that the rules get from such a file: the engine's request about it, read by the pack."""
    entries = json.loads(text)["deployment"]["resources"]
    by_urn = {entry["urn"]: entry for entry in entries}
    request = AnalyzeStackRequest(
        resources=[_sent(entry, by_urn) for entry in entries if "providers" not in entry["type"]]
    )
    return of_stack(request, Context())


def _sent(entry: dict[str, Any], by_urn: dict[str, Any]) -> AnalyzerResource:
    """A resource as the engine sends it: outputs, options, provider, relations."""
    sent = AnalyzerResource(type=entry["type"], urn=entry["urn"], name=_name(entry), parent=entry.get("parent", ""))
    sent.properties.update(entry["outputs"])
    sent.options.protect = bool(entry.get("protect"))
    sent.dependencies.extend(entry["dependencies"])
    for key, urns in entry["propertyDependencies"].items():
        sent.propertyDependencies[key].urns.extend(urns)
    if provider := by_urn.get(entry.get("provider", "").rpartition("::")[0]):
        sent.provider.CopyFrom(AnalyzerProviderResource(type=provider["type"], urn=provider["urn"]))
        sent.provider.name = _name(provider)
        sent.provider.properties.update(provider["outputs"])
    return sent


def _name(entry: dict[str, Any]) -> str:
    return entry["urn"].rpartition("::")[2]
