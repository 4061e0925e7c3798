"""What the engine sends about resources, as facts: read once for all rules, with a mark where a value is unknown.

The SDK unpacks every resource again for every policy, and its proxies end a whole policy at the first unknown value.
The spelling of unknown values is private in pulumi_policy; there is no other way to see one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pulumi_policy import proxy

from .facts import UNKNOWN, Context, Provider, Resource, StackFacts

UNKNOWNS: Final = frozenset(
    text for name, text in vars(proxy).items() if name.startswith("UNKNOWN_") and name.endswith("_VALUE")
)
SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the mark of a secret, not one


def plain(properties: Any) -> dict[str, Any]:
    """Properties (a protobuf Struct) as plain data; a secret is read as what it holds."""
    return {key: _value(value) for key, value in properties.fields.items()}


def _value(value: Any) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value in UNKNOWNS else value.string_value
    if kind == "struct_value":
        fields = value.struct_value.fields
        if SIGNATURE in fields and fields[SIGNATURE].string_value == SECRET and "value" in fields:
            return _value(fields["value"])
        return plain(value.struct_value)
    if kind == "list_value":
        return [_value(item) for item in value.list_value.values]
    return None if kind in (None, "null_value") else getattr(value, kind)


def of_one(request: Any, context: Context) -> StackFacts:
    """The facts of one resource that is about to be applied: its inputs, without its relations."""
    return StackFacts(resources=(_resource(request, parent=request.options.parent or None),), context=context)


def of_stack(request: Any, context: Context) -> StackFacts:
    """The facts of a whole stack: outputs of all resources with their relations."""
    known = {given.urn for given in request.resources}
    resources = [
        _resource(
            given,
            parent=given.parent if given.parent in known else None,
            dependencies=tuple(urn for urn in given.dependencies if urn in known),
            property_dependencies={
                prop: tuple(urn for urn in sources.urns if urn in known)
                for prop, sources in given.propertyDependencies.items()
            },
        )
        for given in request.resources
    ]
    return StackFacts(resources=tuple(resources), context=context)


def _resource(given: Any, **relations: Any) -> Resource:
    return Resource(
        type=given.type,
        name=given.name,
        urn=given.urn,
        props=plain(given.properties),
        provider=_provider(given),
        protect=given.options.protect,
        **relations,
    )


def _provider(given: Any) -> Provider | None:
    if not given.HasField("provider"):
        return None
    fields = given.provider.properties.fields
    region = _value(fields["region"]) if "region" in fields else None
    known: Mapping[str, Any] = {"region": region} if isinstance(region, str) or region is UNKNOWN else {}
    return Provider(name=given.provider.name, **known)
