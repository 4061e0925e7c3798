"""Every place in a resource's properties: to put something there, to hide it, to shuffle what has no order."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pack.facts import UNKNOWN, Resource, StackFacts

Path = tuple[str | int, ...]
SETS: Final = frozenset(
    (
        *("callbackUrls", "logoutUrls", "allowedOAuthFlows", "writeAttributes", "claimAttributes", "lambdaTriggers"),
        *("childHealthchecks", "assertedControls", "regions", "endpoints", "clusterEndpoints"),
        *("deployRoles", "providerArns", "Statement", "Action", "Service", "AWS"),
    )
)
"""Lists in which AWS sees no order. Layers and listener actions have one."""


def spots(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of a value and of all in it."""
    yield path
    if isinstance(value, Mapping):
        for key in sorted(value, key=str):
            yield from spots(value[key], (*path, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from spots(item, (*path, index))


def put_at(value: Any, path: Path, new: Any) -> Any:
    """The value with something else at a path; properties themselves stay an object."""
    if not path:
        return new if isinstance(new, Mapping) else {"value": new}
    return _put(value, path, new)


def _put(value: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        return {**value, first: _put(value.get(first), rest, new)}
    if isinstance(value, list | tuple) and isinstance(first, int) and first < len(value):
        return [_put(item, rest, new) if index == first else item for index, item in enumerate(value)]
    return value


def hidden(stack: StackFacts, one: Resource, path: Path) -> StackFacts:
    """The stack before the value at a path is known."""
    blind = replace(one, props=put_at(one.props, path, UNKNOWN))
    return replace(stack, resources=[blind if other is one else other for other in stack.resources])


def shuffled(value: Any, order: random.Random, name: str = "") -> Any:
    """The same value in another order of its keys, of its sets, and of those in JSON texts."""
    if isinstance(value, Mapping):
        keys = list(value)
        order.shuffle(keys)
        return {key: shuffled(value[key], order, str(key)) for key in keys}
    if isinstance(value, list | tuple):
        items = [shuffled(item, order) for item in value]
        if name in SETS:
            order.shuffle(items)
        return items
    return _shuffled_text(value, order) if name == "policy" and isinstance(value, str) else value


def _shuffled_text(text: str, order: random.Random) -> str:
    try:
        return json.dumps(shuffled(json.loads(text), order))
    except ValueError:
        return text
