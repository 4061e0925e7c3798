"""The override works in both directions, never in both at once, and without any control plane."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..endpoints import described, five, unknown
from ..facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from ..findings import Finding, Judge
from ..health_checks import RECOVERY_CONTROL, checks_of
from ..recovery import FORCE, PIN, WANTED, Calculation, calculations, control_name, role
from ..references import named_all
from ..registry import Severity, rule
from ..spelling import flag, number, read
from ..types import CLUSTERS, CONTROLS, PLATFORM, ROUTING_CONTROLS, SAFETY_RULES, SERVING_CHECK

PAIR: Final = "one control force-secondary and one pin-primary"
GUARD: Final = "a rule of type AND, inverted, with a wait, over exactly both controls: never both on"
SENSE: Final = "force inverted, pin not: both controls are Off in normal operation"
BOTH: Final = "the serving check and its inversion over the same children"
PUBLISHED: Final = "the five endpoints, https URLs in five Regions"


@rule(
    id="routing-controls-guarded",
    name="Force and pin exist, are never on together, and count as they should in the serving check",
    severity=Severity.CRITICAL,
    framework="REL11-BP04",
    why="An override that nobody can reach, or that contradicts itself, is found out in the night it is needed. "
    "The cluster's endpoints cannot be looked up while its control plane is down.",
    mend="Let RoutingControls make both controls and the rule between them, ServingCheck its children (force twice "
    "inverted, pin, the probe; threshold 3), and publish the cluster's five endpoints.",
    source="https://docs.aws.amazon.com/r53recovery/latest/dg/route53-arc-best-practices.regional.html",
    options={
        "allowLoopbackEndpoints": {
            "type": "boolean",
            "default": False,
            "description": "accept cluster endpoints on http://127.0.0.1, for stacks that are deployed to one machine.",
        }
    },
)
def routing_controls_guarded(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge the controls, the rule between them, the way to them, and the checks that read them."""
    for component in stack.of_type(ROUTING_CONTROLS):
        controls = stack.below(component, *CONTROLS)
        names = [control_name(control) for control in controls]
        if UNKNOWN in names:
            yield judge.undecided(controls[names.index(UNKNOWN)], "name", expected=PAIR)
        elif sorted(map(str, names)) != [FORCE, PIN]:
            found = f"{names.count(FORCE)} {FORCE}, {names.count(PIN)} {PIN}, {names.count(MISSING)} others"
            yield judge.violation(component, "force", found=found, expected=PAIR)
        else:
            yield from _guarded(stack, component, controls, judge)
        yield from _published(stack, component, judge)
    for serving in stack.of_type(SERVING_CHECK) if stack.of_type(ROUTING_CONTROLS) else []:
        yield from _counted(stack, serving, judge)


def _guarded(stack: StackFacts, component: Resource, controls: list[Resource], judge: Judge) -> Iterator[Finding]:
    rules = stack.below(component, *SAFETY_RULES)
    verdicts = [_guards(stack, one, controls) for one in rules]
    if True in verdicts:
        return
    if UNKNOWN in verdicts:
        yield judge.undecided(rules[verdicts.index(UNKNOWN)], "ruleConfig", expected=GUARD)
    else:
        found = "no such rule" if not rules else f"{rules[0].name}, which is another rule"
        yield judge.violation(rules[0] if rules else component, "safetyRule", found=found, expected=GUARD)


def _guards(stack: StackFacts, one: Resource, controls: list[Resource]) -> bool | Mark:
    asserted = named_all(stack, one, "assertedControls", CONTROLS)
    form: Any = one.get("ruleConfig")
    config = form if isinstance(form, Mapping) else {"type": UNKNOWN, "inverted": UNKNOWN}
    kind, inverted = config.get("type", MISSING), flag(config.get("inverted", MISSING))
    wait = number(one.get("waitPeriodMs"), 0)
    foreign = [name for name in asserted.known if name not in controls]
    if foreign or kind not in ("AND", UNKNOWN) or inverted is False or (wait is not UNKNOWN and wait <= 0):
        return False
    if not asserted.whole or UNKNOWN in (kind, inverted, wait) or not controls:
        return UNKNOWN
    return all(control in asserted.known for control in controls)


def _published(stack: StackFacts, component: Resource, judge: Judge) -> Iterator[Finding]:
    """One finding while they are not known: the platform only repeats what the component says."""
    given, loopback = component.get("endpoints"), judge.options.get("allowLoopbackEndpoints") is True
    if unknown(given):
        clusters = stack.below(component, *CLUSTERS)
        new = any(unknown(cluster.get("clusterEndpoints")) for cluster in clusters)
        yield judge.undecided(component, "endpoints", expected=PUBLISHED, awaited=new)
    elif not five(given, loopback=loopback):
        yield judge.violation(component, "endpoints", found=described(given), expected=PUBLISHED)
    for platform in stack.of_type(PLATFORM):
        repeated = platform.get("clusterEndpoints")
        if unknown(repeated):
            if not unknown(given):
                yield judge.undecided(platform, "clusterEndpoints", expected=PUBLISHED)
        elif not five(repeated, loopback=loopback):
            yield judge.violation(platform, "clusterEndpoints", found=described(repeated), expected=PUBLISHED)


def _counted(stack: StackFacts, component: Resource, judge: Judge) -> Iterator[Finding]:
    """Every check on a control reads the right one the right way round; the calculated checks are complements."""
    checks = checks_of(stack, SERVING_CHECK, ROUTING_CONTROLS)
    for check in checks:
        if read(check, "type") == RECOVERY_CONTROL:
            yield from _reads(stack, check, judge)
    found = list(calculations(stack, checks))
    for one in found:
        fault = one.fault(stack)
        if fault is UNKNOWN:
            yield judge.undecided(one.check, "childHealthchecks", expected=WANTED)
        elif fault is not None:
            yield judge.violation(one.check, "childHealthchecks", found=str(fault), expected=WANTED)
    yield from _complements(component, checks, found, judge)


def _reads(stack: StackFacts, check: Resource, judge: Judge) -> Iterator[Finding]:
    reads, inverted = role(stack, check), flag(read(check, "invertHealthcheck"))
    if reads is UNKNOWN:
        yield judge.undecided(check, "routingControlArn", expected=PAIR)
    elif reads is MISSING:
        yield judge.violation(check, "routingControlArn", found="a control of somebody else", expected=PAIR)
    elif inverted is UNKNOWN:
        yield judge.undecided(check, "invertHealthcheck", expected=SENSE)
    elif inverted != (reads == FORCE):
        found = f"{reads} {'inverted' if inverted else 'not inverted'}"
        yield judge.violation(check, "invertHealthcheck", found=found, expected=SENSE)


def _complements(
    component: Resource, checks: list[Resource], found: list[Calculation], judge: Judge
) -> Iterator[Finding]:
    """In mode `verdict` nothing is calculated: force and pin are folded into the verdict."""
    mode, senses = component.get("mode"), [one.inverted for one in found]
    children = [{c.urn if isinstance(c, Resource) else c for c in one.children.known} for one in found]
    right = sorted(map(str, senses)) == ["False", "True"] and all(one == children[0] for one in children)
    if mode == "verdict" or (mode == "calculated" and right):
        return
    vague = not isinstance(mode, str) or UNKNOWN in senses or not all(one.children.whole for one in found)
    if vague or not all(isinstance(read(check, "type"), str) for check in checks):
        yield judge.undecided(component, "mode", expected=BOTH)
    else:
        yield judge.violation(component, "mode", found=f"{mode} with {len(found)} calculated checks", expected=BOTH)
