"""What no sibling is compared with, although the stack file declares siblings: it could differ unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .facts import MISSING, StackFacts, texts
from .findings import Finding, Judge
from .sibling_facts import entries
from .types import APPLICATION, APPLICATIONS, PLATFORM
from .uris import LISTS

WITHIN: Final = "a place in a component Applications that publishes the siblings, so that it is compared"
PUBLISHED: Final = "what the component Applications publishes of each sibling under cognito-dr:siblings"
SETTING: Final = "siblings by name, as the stack file declares them"


def uncompared(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Applications beside the component, and declared siblings of which no component speaks."""
    yield from _outside(stack, judge)
    yield from _dropped(stack, judge)


def _outside(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Applications with URIs of their own. Where no component certainly has siblings, none is missed."""
    publishing = [one for one in stack.of_type(APPLICATIONS) if entries(one.get("siblings"))]
    for application in stack.of_type(APPLICATION) if publishing else ():
        inside = any(above in publishing for above in stack.ancestors(application))
        if not inside and any(texts(application.get(key)).known for key in LISTS):
            yield judge.violation(
                application, "parent", found=f"{application.name} outside of Applications", expected=WITHIN
            )


def _dropped(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Declared siblings that no component publishes; a component with unknown ones may publish any."""
    declared = stack.setting("siblings")
    if declared is MISSING or not stack.resources:
        return
    first = min(stack.resources, key=lambda one: one.urn)
    place = [*stack.of_type(APPLICATIONS), *stack.of_type(PLATFORM), first][0]
    if not isinstance(declared, Mapping):
        yield judge.undecided(place, "siblings", found="an unreadable setting", expected=SETTING)
    published = [one.get("siblings") for one in stack.of_type(APPLICATIONS)]
    if all(some is MISSING or isinstance(some, Mapping) for some in published):
        for name in sorted(entries(declared).keys() - {name for some in published for name in entries(some)}):
            yield judge.violation(
                place, f"siblings.{name}", found=f"nothing about {name}, a declared sibling", expected=PUBLISHED
            )
