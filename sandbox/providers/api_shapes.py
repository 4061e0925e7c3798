"""AWS's own models of its calls, as botocore ships them: names, and values that AWS refuses."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi.runtime.rpc import UNKNOWN

Shape = Any
"""A botocore shape; its classes are made from the model at run time."""


@functools.cache
def input_of(service: str, operation: str, *members: str) -> Shape:
    """The structure that a call takes, or what lies in it along `members`; `[]` is a list's item."""
    shape = _model(service).operation_model(operation).input_shape
    for member in members:
        shape = shape.member if member == "[]" else shape.members[member]
    return shape


@functools.cache
def _model(service: str) -> Any:
    from botocore.loaders import Loader  # no session: that would look for the profile of a cloud that need not run
    from botocore.model import ServiceModel

    return ServiceModel(Loader().load_service_model(service, "service-2"), service)


def member_of(shape: Shape, name: str, names: Mapping[str, str]) -> str | None:
    """The API's name of a property in a structure: the same but for its case, or what `names` says."""
    wanted = names.get(name, name).lower()
    return next((member for member in shape.members if member.lower() == wanted), None)


def to_api(shape: Shape, value: Any, names: Mapping[str, str]) -> Any:
    """A value in the API's spelling; properties that the structure does not have are left out."""
    if shape.type_name == "structure" and isinstance(value, Mapping):
        found = {member_of(shape, name, names): item for name, item in value.items() if item is not None}
        return {name: to_api(shape.members[name], item, names) for name, item in found.items() if name}
    if shape.type_name == "list" and isinstance(value, list):
        return [to_api(shape.member, item, names) for item in value]
    return value


def from_api(shape: Shape, value: Any, names: Mapping[str, str]) -> Any:
    """A value in Pulumi's spelling; keys of maps stay as they are."""
    if shape.type_name == "structure" and isinstance(value, Mapping):
        return {
            given_name(name, names): from_api(shape.members[name], item, names)
            for name, item in value.items()
            if name in shape.members and item is not None
        }
    if shape.type_name == "list" and isinstance(value, list):
        return [from_api(shape.member, item, names) for item in value]
    return value


def given_name(api_name: str, names: Mapping[str, str]) -> str:
    """Pulumi's name of a member: what `names` says, else `RoleArn` is `roleArn`."""
    back = {api.lower(): name for name, api in names.items()}
    return back.get(api_name.lower(), api_name[0].lower() + api_name[1:])


def refusals(shape: Shape, value: Any, names: Mapping[str, str], path: str = "") -> Iterator[tuple[str, str]]:
    """Path and reason of every value (API spelling) outside the model's enumerations and bounds."""
    if isinstance(value, Mapping) and shape.type_name == "structure":
        for name, item in value.items():
            yield from refusals(shape.members[name], item, names, f"{path}.{given_name(name, names)}".lstrip("."))
        for name in shape.required_members if path else ():
            if name not in value:
                yield f"{path}.{given_name(name, names)}", "AWS refuses this at create: it is missing"
    elif isinstance(value, list) and shape.type_name == "list":
        for index, item in enumerate(value):
            yield from refusals(shape.member, item, names, f"{path}[{index}]")
    elif value != UNKNOWN and (reason := _reason(shape, value)):
        yield path, f"AWS refuses this at create: {reason}"


def _reason(shape: Shape, value: Any) -> str | None:
    allowed = getattr(shape, "enum", None)
    if allowed and value not in allowed:
        return f"{value!r} is none of {', '.join(allowed)}"
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    size, what = (len(value), f"{value!r} has") if isinstance(value, str) else (value, "it is")
    unit = " characters" if isinstance(value, str) else ""
    for bound, word in (("min", "least"), ("max", "most")):
        limit = shape.metadata.get(bound)
        if limit is not None and (size < limit if bound == "min" else size > limit):
            return f"{what} {size}{unit}, but at {word} {limit}{unit} is allowed"
    return None
