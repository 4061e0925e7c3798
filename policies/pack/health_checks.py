"""The health checks of the failover by what they do; names are for people, shapes are what Route 53 acts on.

A stack may have other health checks. Those of the failover lie below the components ServingCheck, Probe and
RoutingControls, are children of such a check, or read the probe's verdict.
"""

from __future__ import annotations

from typing import Any, Final

from .facts import UNKNOWN, Mark, Resource, StackFacts, holds_unknown
from .references import identities, named_all
from .spelling import flag, read
from .types import HEALTH_CHECKS, PROBE, ROUTING_CONTROLS, SERVING_CHECK

COMPONENTS: Final = (SERVING_CHECK, PROBE, ROUTING_CONTROLS)
DOWN, UP = "PRIMARY_DOWN", "PRIMARY_UP"
WITH_TEXT: Final = ("HTTP_STR_MATCH", "HTTPS_STR_MATCH")
REQUESTING: Final = ("HTTP", "HTTPS", "TCP", *WITH_TEXT)
CALCULATED, RECOVERY_CONTROL, METRIC = "CALCULATED", "RECOVERY_CONTROL", "CLOUDWATCH_METRIC"


def within(stack: StackFacts, resource: Resource, *components: str) -> bool:
    """Whether the resource lies below a component of these types."""
    above = {parent.type for parent in stack.ancestors(resource)} | set(resource.lineage[:-1])
    return not above.isdisjoint(components)


def checks_of(stack: StackFacts, *components: str) -> list[Resource]:
    """The health checks below these components and their children."""
    own = [check for check in stack.of_type(*HEALTH_CHECKS) if within(stack, check, *components)]
    children = {
        child.urn: child
        for check in own
        for child in named_all(stack, check, "childHealthchecks", HEALTH_CHECKS).known
        if isinstance(child, Resource)
    }
    return sorted({check.urn: check for check in [*own, *children.values()]}.values(), key=lambda check: check.urn)


def failover_checks(stack: StackFacts) -> list[Resource]:
    """All health checks of the failover; one whose text is not known may be."""
    found = {check.urn for check in checks_of(stack, *COMPONENTS)}
    checks = stack.of_type(*HEALTH_CHECKS)
    return [check for check in checks if check.urn in found or read(check, "searchString") in (DOWN, UP, UNKNOWN)]


def deciding_checks(stack: StackFacts) -> list[Resource]:
    """Those of the components that decide where users go: all but the one that only alarms."""
    return [check for check in checks_of(stack, *COMPONENTS) if read(check, "searchString") != UP]


def is_serving(stack: StackFacts, component: Resource, reference: Resource | str) -> bool | Mark:
    """Whether a reference names the check that says whether the primary may serve; UNKNOWN while nothing tells."""
    shape = _shaped(stack, inverted=False) or _shaped(stack, inverted=True, text=DOWN)
    return _plays(component.get("servingCheckId"), shape, reference)


def is_secondary(stack: StackFacts, component: Resource, reference: Resource | str) -> bool | Mark:
    """Whether it names that check's exact complement, which the secondary's records need."""
    shape = _shaped(stack, inverted=True) or _shaped(stack, inverted=False, text=DOWN)
    return _plays(component.get("secondaryCheckId"), shape, reference)


def _plays(published: Any, shaped: list[Resource], reference: Resource | str) -> bool | Mark:
    names = {reference} if isinstance(reference, str) else identities(reference)
    if isinstance(published, str) and names:
        return published in names
    if isinstance(reference, str):
        return False  # every check of the stack has another ID
    if reference in shaped:
        return True if len(shaped) == 1 else UNKNOWN
    shape = [read(reference, path) for path in ("type", "invertHealthcheck", "searchString")]
    return UNKNOWN if holds_unknown(shape) or not shaped else False


def _shaped(stack: StackFacts, *, inverted: bool, text: str | None = None) -> list[Resource]:
    """The calculated checks of one inversion, or those on a text; an unknown inversion fits both."""
    wanted = (CALCULATED,) if text is None else WITH_TEXT
    return [
        check
        for check in failover_checks(stack)
        if read(check, "type") in wanted
        and flag(read(check, "invertHealthcheck")) in (inverted, UNKNOWN)
        and (text is None or read(check, "searchString") in (text, UNKNOWN))
    ]
