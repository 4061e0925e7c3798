"""Frozen dataclasses to JSON-ready data and back: field names become camelCase, keys of mappings stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from manifest.errors import ManifestError


def camel(name: str) -> str:
    """`name_servers` as `nameServers`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def to_plain(value: Any) -> Any:
    """Dictionaries, lists and scalars only."""
    if is_dataclass(value):
        return {camel(each.name): to_plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: to_plain(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(each) for each in value]
    return value


def from_plain(kind: Any, data: Any, where: str) -> Any:
    """The value of a type as its annotations describe it; `where` names the place in messages.

    Keys that the type does not know are left alone. Raises ManifestError.
    """
    arguments = get_args(kind)
    if is_dataclass(kind):
        return _dataclass(kind, data, where)
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (each for each in arguments if each is not NoneType)
        return None if data is None else from_plain(inner, data, where)
    if get_origin(kind) is tuple:
        return tuple(from_plain(arguments[0], each, f"{where}[]") for each in _checked(list, data, where))
    if get_origin(kind) is Mapping:
        found = _checked(dict, data, where)
        return {key: from_plain(arguments[1], each, f"{where}.{key}") for key, each in found.items()}
    return _checked(kind, data, where)


def _dataclass(kind: Any, data: Any, where: str) -> Any:
    hints, found = get_type_hints(kind), _checked(dict, data, where)
    values = {}
    for each in fields(kind):
        key = camel(each.name)
        if key not in found:
            raise ManifestError(f"{where} has no key {key!r}")
        values[each.name] = from_plain(hints[each.name], found[key], f"{where}.{key}")
    return kind(**values)


def _checked(kind: type, data: Any, where: str) -> Any:
    """JSON has one kind of number: the engine hands integers back as 60.0."""
    if kind is int and isinstance(data, float) and data.is_integer():
        return int(data)
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise ManifestError(f"{where} has a value of the wrong kind: {type(data).__name__}, not {kind.__name__}")
    return data
