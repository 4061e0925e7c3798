"""The good stack with one thing changed: every value, and every relation of every resource."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pack.facts import UNKNOWN, Provider, Resource, StackFacts

from tests.policies.good_stack import good_stack
from tests.policies.maker import EAST, WEST

ODD: Final = {"odd": 7.5}
GONE: Final = object()


@dataclass(frozen=True, kw_only=True)
class Perturbed:
    """One change of one resource; `change` returns None for a resource that is gone."""

    label: str
    urn: str
    change: Callable[[Resource], Resource | None]

    def stack(self) -> StackFacts:
        """The good stack with this change."""
        good = good_stack()
        made = [self.change(one) if one.urn == self.urn else one for one in good.resources]
        return replace(good, resources=[one for one in made if one is not None])


def perturbed() -> Iterator[Perturbed]:
    """All of them, in the order of the good stack."""
    for resource in good_stack().resources:
        for label, change in (*_values(resource), *_relations(resource)):
            yield Perturbed(label=label, urn=resource.urn, change=change)


def _values(resource: Resource) -> Iterator[tuple[str, Callable[[Resource], Resource | None]]]:
    for path in _paths(resource.props):
        for word, value in (("unknown", UNKNOWN), ("missing", GONE), ("odd", ODD)):
            yield f"`{'.'.join(map(str, path))}` {word}", _setting(path, value)


def _setting(path: tuple[str | int, ...], value: Any) -> Callable[[Resource], Resource | None]:
    return lambda one: replace(one, props=_with(one.props, path, value))


def _paths(value: Any) -> Iterator[tuple[str | int, ...]]:
    """The way to every value and to everything that holds values."""
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (key,)
        yield from ((key, *rest) for rest in _paths(item))


def _with(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy with the value at a path replaced, or left out."""
    if not path:
        return new
    copy: Any = dict(value) if isinstance(value, Mapping) else list(value)
    made = _with(copy[path[0]], path[1:], new)
    if made is GONE:
        del copy[path[0]]
    else:
        copy[path[0]] = made
    return copy


def _relations(resource: Resource) -> Iterator[tuple[str, Callable[[Resource], Resource | None]]]:
    yield "gone", lambda _: None
    if resource.provider:
        other = WEST if resource.provider.region == EAST else EAST
        yield "of the default provider", lambda one: replace(one, provider=Provider(name="default_7_51_1", region=EAST))
        yield f"in {other}", lambda one: replace(one, provider=Provider(name=f"aws-{other}", region=other))
        yield "in an unknown Region", lambda one: replace(one, provider=Provider(name="aws", region=UNKNOWN))
        yield "unprotected", lambda one: replace(one, protect=False)
    if resource.parent:
        yield "without its parent", lambda one: replace(one, parent=None)
    if resource.dependencies or resource.property_dependencies:
        yield "without its relations", lambda one: replace(one, dependencies=(), property_dependencies={})
