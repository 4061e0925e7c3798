"""Which resources a rule looks into: a rule that judged nothing passes everything."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from pack.facts import Resource, StackFacts

READ: Final = ("props", "protect", "provider", "dependencies", "property_dependencies")
_LOOKED: set[str] = set()


class Watched(Resource):
    """A resource that remembers that somebody read more of it than its name and type."""


def _remembering(name: str) -> property:
    def read(self: Watched) -> Any:
        _LOOKED.add(self.urn)
        return vars(self)[name]

    return property(read)


for _name in READ:
    setattr(Watched, _name, _remembering(_name))


def _watched(one: Resource) -> Resource:
    made = object.__new__(Watched)
    vars(made).update(vars(one))
    return made


def watched(stack: StackFacts) -> StackFacts:
    """The same facts, watched."""
    return replace(stack, resources=[_watched(one) for one in stack.resources])


@contextmanager
def looking() -> Generator[set[str]]:
    """The URNs that are looked into meanwhile; filled in at the end."""
    _LOOKED.clear()
    found: set[str] = set()
    yield found
    found |= _LOOKED
