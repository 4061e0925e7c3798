"""The engine's proxies as plain data.

A proxy raises at an unknown value and so ends the whole policy; its error type is private in pulumi_policy, and there
is no other way to see an unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_policy import ResourceValidationArgs, StackValidationArgs
from pulumi_policy.proxy import UnknownValueError

from .facts import UNKNOWN, Context, Provider, Resource, StackFacts


def plain(value: Any) -> Any:
    """Turn a proxy into plain data, UNKNOWN where the engine does not know yet."""
    if isinstance(value, Mapping):
        return {key: _item(value, key) for key in value}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_item(value, index) for index in range(len(value))]
    return value


def _item(proxy: Any, key: Any) -> Any:
    try:
        return plain(proxy[key])
    except UnknownValueError:
        return UNKNOWN


def provider_of(resource: Any) -> Provider | None:
    """The provider as a rule needs it."""
    if resource.provider is None:
        return None
    region = plain(resource.provider.props).get("region")
    known = {"region": region} if isinstance(region, str) or region is UNKNOWN else {}
    return Provider(name=resource.provider.name, **known)


def resource_of(given: Any, **relations: Any) -> Resource:
    """One resource with the relations that the caller knows."""
    return Resource(
        type=given.resource_type,
        name=given.name,
        urn=given.urn,
        props=plain(given.props),
        provider=provider_of(given),
        protect=bool(given.opts.protect),
        **relations,
    )


def of_one(args: ResourceValidationArgs, context: Context) -> StackFacts:
    """The facts of one resource that is about to be applied: its inputs, without its relations."""
    parent = args.opts.parent if args.opts else None
    return StackFacts(resources=(resource_of(args, parent=parent),), context=context)


def of_stack(args: StackValidationArgs, context: Context) -> StackFacts:
    """The facts of a whole stack: outputs of all resources with their relations."""
    resources = [
        resource_of(
            given,
            parent=given.parent.urn if given.parent else None,
            dependencies=tuple(other.urn for other in given.dependencies),
            property_dependencies={
                prop: tuple(other.urn for other in others) for prop, others in given.property_dependencies.items()
            },
        )
        for given in args.resources
    ]
    return StackFacts(resources=tuple(resources), context=context)
