"""Between the engine's property values and plain ones."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pulumi
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers import archive

Wrapped = Mapping[str, PropertyValue]


def plain(wrapped: PropertyValue) -> Any:
    """The bare value: whole numbers as int, archives as their description, unknowns as UNKNOWN."""
    value = wrapped.value
    match value:
        case pulumi.FileArchive():
            return archive.describe(archive.files_of(Path(value.path)))
        case pulumi.AssetArchive():
            return archive.describe({name: _file(name, asset) for name, asset in value.assets.items()})
        case bool() | None | str():
            return value
        case float():
            return int(value) if value.is_integer() else value
        case Mapping():
            return {key: plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case _:
            return UNKNOWN


def _file(name: str, asset: Any) -> Path:
    if isinstance(asset, PropertyValue):
        asset = asset.value
    if not isinstance(asset, pulumi.FileAsset):
        raise ValueError(f"the archive's entry {name} is not a file: the sandbox takes FileAsset only")
    return Path(str(asset.path))


def plain_map(wrapped: Wrapped) -> dict[str, Any]:
    """Every value bare."""
    return {key: plain(value) for key, value in wrapped.items()}


def wrap(value: Any) -> PropertyValue:
    """The engine's value of a bare one; its numbers are floats."""
    match value:
        case bool() | None | str() | float():
            return PropertyValue(value)
        case int():
            return PropertyValue(float(value))
        case Mapping():
            return PropertyValue({key: wrap(item) for key, item in value.items()})
        case _:
            return PropertyValue([wrap(item) for item in value])


def wrap_map(values: Mapping[str, Any], secrets: Collection[str]) -> dict[str, PropertyValue]:
    """Every value for the engine, those named in `secrets` as secrets."""
    return {k: wrap(v).with_secret(True) if k in secrets else wrap(v) for k, v in values.items()}


def secret_names(wrapped: Wrapped) -> set[str]:
    """Which values came in as secrets, or hold one."""
    return {key for key, value in wrapped.items() if value.contains_secret()}


def same_json(one: Any, other: Any) -> bool:
    """Whether two texts mean the same JSON."""
    try:
        return json.loads(one) == json.loads(other)
    except (TypeError, ValueError):
        return one == other


def owned(wanted: Any, live: Any) -> Any:
    """The live value cut to the paths that `wanted` names."""
    if isinstance(wanted, Mapping) and isinstance(live, Mapping):
        return {key: owned(item, live[key]) for key, item in wanted.items() if key in live}
    if isinstance(wanted, list) and isinstance(live, list) and len(wanted) == len(live):
        return [owned(mine, other) for mine, other in zip(wanted, live, strict=True)]
    return live


def part(values: Mapping[str, Any], path: str) -> Any:
    """What lies at a path such as `a.b`; None when there is nothing."""
    for key in path.split("."):
        if not isinstance(values, Mapping) or key not in values:
            return None
        values = values[key]
    return values


def with_part(values: Mapping[str, Any], path: str, item: Any) -> dict[str, Any]:
    """A copy with `item` at the path, `None` to take it away; a path below something missing changes nothing."""
    key, _, below = path.partition(".")
    if below:
        inner = values.get(key)
        return {**values, key: with_part(inner, below, item)} if isinstance(inner, Mapping) else dict(values)
    rest = {name: value for name, value in values.items() if name != key}
    return rest if item is None else {**rest, key: item}
