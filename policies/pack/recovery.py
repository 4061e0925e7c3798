"""How routing controls count in the serving check: NOT force AND (probe OR pin), on the one level Route 53 offers.

Calculated checks do not nest. With n terms joined by OR, n inverted checks on the force control and a threshold of
n + 1, the force control outvotes every term and one term suffices without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from .health_checks import CALCULATED, RECOVERY_CONTROL
from .references import Named, named, named_all
from .spelling import flag, number, read
from .types import CONTROLS, HEALTH_CHECKS, ROUTING_CONTROLS

FORCE, PIN, TERM = "force-secondary", "pin-primary", "term"


def control_name(control: Resource) -> str | Mark:
    """Which of the two controls this is, by the end of its name; MISSING for any other."""
    name = control.get("name")
    if not isinstance(name, str):
        return UNKNOWN
    return next((role for role in (FORCE, PIN) if name.endswith(role)), MISSING)


def role(stack: StackFacts, check: Resource) -> str | Mark:
    """What a child stands for: force, pin, or another term; MISSING for a control that is not this stack's."""
    kind = read(check, "type")
    if kind != RECOVERY_CONTROL:
        return TERM if isinstance(kind, str) else UNKNOWN
    control = named(stack, check, "routingControlArn", CONTROLS)
    if isinstance(control, Resource):
        ours = any(parent.type == ROUTING_CONTROLS for parent in stack.ancestors(control))
        return control_name(control) if ours else MISSING
    return UNKNOWN if control is UNKNOWN else MISSING


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """One calculated check: whom it counts, how many must be healthy, and whether the answer is turned round."""

    check: Resource
    children: Named
    inverted: bool | Mark

    def fault(self, stack: StackFacts) -> str | Mark | None:
        """What is wrong with its arithmetic; UNKNOWN while a part of it is, None when it is right."""
        foreign = [child for child in self.children.known if isinstance(child, str)]
        roles = [role(stack, child) for child in self.children.known if isinstance(child, Resource)]
        threshold = number(read(self.check, "childHealthThreshold"))
        if foreign or not self.children.whole or UNKNOWN in (threshold, *roles):
            return UNKNOWN
        force, terms = roles.count(FORCE), len(roles) - roles.count(FORCE)
        if roles.count(PIN) == 1 and force == terms > 1 and threshold == force + 1:
            return None
        needed = "no threshold" if threshold is MISSING else f"threshold {threshold:g}"
        return f"{force} of force, {roles.count(PIN)} of pin, {terms - roles.count(PIN)} others, {needed}"


def calculations(stack: StackFacts, checks: Sequence[Resource]) -> Iterator[Calculation]:
    """The calculated checks among these."""
    for check in checks:
        if read(check, "type") == CALCULATED:
            children = named_all(stack, check, "childHealthchecks", HEALTH_CHECKS)
            yield Calculation(check=check, children=children, inverted=flag(read(check, "invertHealthcheck")))


WANTED: Final = "force twice (inverted), pin, the probe; threshold 3"
