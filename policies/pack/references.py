"""What a property names: a resource of this stack, something outside it, or what nobody knows yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from .spelling import read, spelled
from .types import CONTROLS, HEALTH_CHECKS, KEY_ALIASES

_OWN_NAMES: Final = {
    **dict.fromkeys(HEALTH_CHECKS, ("id", "arn", "healthCheckId")),
    **dict.fromkeys(CONTROLS, ("arn", "routingControlArn")),
    **dict.fromkeys(KEY_ALIASES, ("arn", "name", "aliasName")),
}
_WITH_ID: Final = re.compile(r"arn:aws:route53:|arn:aws[a-z-]*:kms:[^/]*:key/")


def identities(resource: Resource) -> set[str]:
    """The texts by which another resource can name this one; empty before it exists. An ID is an ARN's last part."""
    values = [resource.get(key) for key in _OWN_NAMES.get(resource.type, ("id", "arn"))]
    known = {value for value in values if isinstance(value, str) and value}
    return known | {value.rpartition("/")[2] for value in known if _WITH_ID.match(value)}


@dataclass(frozen=True, kw_only=True)
class Named:
    """The resources and foreign names of a list; `whole` is False when there may be more or others."""

    known: list[Resource | str]
    whole: bool


def named(stack: StackFacts, resource: Resource, path: str, types: Iterable[str]) -> Resource | str | Mark:
    """The one resource that a property names, a text that names none of the stack's, or a mark."""
    value = read(resource, path)
    return MISSING if value in (MISSING, "") else _resolve(stack, value, _sources(stack, resource, path, types), types)


def named_all(stack: StackFacts, resource: Resource, path: str, types: Iterable[str]) -> Named:
    """All that a list names. An unknown list, or its unknown items, are what the value's sources are."""
    value = read(resource, path)
    sources = _sources(stack, resource, path, types)
    if value is MISSING:
        return Named(known=[], whole=True)
    if not isinstance(value, list | tuple):
        return Named(known=[*sources], whole=bool(sources) and value is UNKNOWN)
    texts = [_resolve(stack, item, sources, types) for item in value if isinstance(item, str)]
    known = [item for item in texts if not isinstance(item, Mark)]
    if len(known) == len(value):
        return Named(known=known, whole=True)  # a source that the value does not name went into it otherwise
    rest = [source for source in sources if source not in known]
    return Named(known=[*known, *rest], whole=len(known) + len(rest) == len(value))


def _resolve(stack: StackFacts, value: Any, sources: list[Resource], types: Iterable[str]) -> Resource | str | Mark:
    by_name, whole = _identified(stack, tuple(types))
    if isinstance(value, str):
        if value in by_name:
            return by_name[value]
        if whole:
            return value
        sources = [source for source in sources if not identities(source)]
    return sources[0] if len(sources) == 1 else UNKNOWN


def _identified(stack: StackFacts, types: tuple[str, ...]) -> tuple[Mapping[str, Resource], bool]:
    """The resources of these types by each of their names, and whether all of them have names already."""
    key = "identified", types
    if key not in stack.indexes:
        candidates = stack.of_type(*types)
        by_name = {name: one for one in reversed(candidates) for name in identities(one)}
        stack.indexes[key] = by_name, all(map(identities, candidates))
    return stack.indexes[key]


def _sources(stack: StackFacts, resource: Resource, path: str, types: Iterable[str]) -> list[Resource]:
    prop = spelled(resource, path).partition(".")[0]
    return [source for source in stack.sources(resource, prop) if source.type in types]
