"""Both Regions run the same triggers, each with a role of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..facts import MISSING, UNKNOWN, Resource, StackFacts, holds_unknown
from ..findings import Finding, Judge
from ..functions import COMPARED, Trigger, triggers_of
from ..registry import Severity, rule
from ..trigger_configs import regions, versions
from ..types import ATTACHMENT, POOL, POOL_COMPONENT, REPLICA_COMPONENT, TRIGGERS

OTHER_REGION = "the same as in the other Region"
OWN_VERSION = "the version of the pool's trigger, on which the form of its event depends"
OWN_REGION = "functions of its own Region"
OWN_ROLE = "a role for each Region, so that one Region's role reaches nothing in the other"


@rule(
    id="trigger-parity",
    name="Both Regions run the same triggers",
    severity=Severity.HIGH,
    framework="REL13-BP04",
    why="Cognito does not replicate triggers. A secondary whose trigger differs issues other claims, or none, "
    "from the moment of the failover.",
    mend="Configure both RegionalTriggers from the same settings and the same archive; release both in one `up`.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-multi-region.html",
)
def trigger_parity(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Compare the Regions' functions by name, their code by published hash, and what the pool names."""
    components = stack.of_type(TRIGGERS)
    if len(components) == 1:
        found = f"triggers in {_shown(components[0].get('region'))} only"
        yield judge.violation(components[0], "region", found=found, expected="triggers in both Regions")
    for index, component in enumerate(components):
        for other in components[index + 1 :]:
            yield from _of_pair(stack, component, other, judge)
    yield from _named(stack, judge)
    yield from _in_own_region(stack, judge)


def _of_pair(stack: StackFacts, one: Resource, two: Resource, judge: Judge) -> Iterator[Finding]:
    regions = one.get("region"), two.get("region")
    if holds_unknown(regions):
        yield judge.undecided(two, "region", expected="another Region than the other component's")
    elif regions[0] == regions[1]:
        yield judge.violation(two, "region", found=f"{_shown(regions[0])} twice", expected="one for each Region")
    here = {trigger.name: trigger for trigger in triggers_of(stack, one)}
    there = {trigger.name: trigger for trigger in triggers_of(stack, two)}
    for trigger in [*here.values(), *there.values()]:
        if not trigger.name:
            yield judge.undecided(trigger.function, "name", expected=OTHER_REGION)
    sure = "" not in here and "" not in there
    for name in sorted(here.keys() ^ there.keys()) if sure else []:
        lacking = two if name in here else one
        yield judge.violation(lacking, "fingerprints", found=f"no trigger {name}", expected=OTHER_REGION)
    for name in sorted(here.keys() & there.keys() - {""}):
        yield from _of_trigger(stack, here[name], there[name], judge)


def _of_trigger(stack: StackFacts, one: Trigger, two: Trigger, judge: Judge) -> Iterator[Finding]:
    for path, published, default in COMPARED:
        left, right = (trigger.value(path, published, default) for trigger in (one, two))
        found = list(_equal(two.function, path, left, right, judge))
        yield from found
        if not found and not (one.knows(path) and two.knows(path)):
            yield judge.undecided(two.function, path, expected=OTHER_REGION, found="published, not known by itself")
    yield from _equal(two.function, f"fingerprints.{two.name}.codeSha256", one.code, two.code, judge)
    roles = one.roles(stack), two.roles(stack)
    if holds_unknown(roles):
        yield judge.undecided(two.function, "role", expected=OWN_ROLE)
    elif roles[0] == roles[1]:
        yield judge.violation(two.function, "role", found="the role of the other Region", expected=OWN_ROLE)


def _equal(function: Resource, path: str, left: Any, right: Any, judge: Judge) -> Iterator[Finding]:
    """Compare what is known: two objects differ in a known part whatever the unknown part turns out to be."""
    if MISSING in (left, right) and left is not right:
        yield judge.violation(
            function, path, found=f"{_shown(right)} here, {_shown(left)} there", expected=OTHER_REGION
        )
    elif left is MISSING:
        yield judge.undecided(function, path, expected=OTHER_REGION, found="published by neither Region")
    elif _differ(left, right):
        found = f"{_shown(right)} here, {_shown(left)} there"
        yield judge.violation(function, path, found=found, expected=OTHER_REGION)
    elif holds_unknown((left, right)):
        yield judge.undecided(function, path, expected=OTHER_REGION)


def _differ(left: Any, right: Any) -> bool:
    if UNKNOWN in (left, right):
        return False
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() != right.keys() or any(_differ(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) != len(right) or any(map(_differ, left, right))
    return left != right


def _named(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """The pool and its regional attachment must name the same triggers."""
    for attachment in stack.of_type(ATTACHMENT):
        away, sure = _keys(stack, attachment, REPLICA_COMPONENT)
        for pool in stack.of_type(POOL):
            home, certain = _keys(stack, pool, POOL_COMPONENT)
            if home is UNKNOWN or away is UNKNOWN or (home == away and not (sure and certain)):
                yield judge.undecided(attachment, "lambdaConfig", expected="the pool's triggers")
            elif home != away:
                found = f"{', '.join(away) or 'none'} here, {', '.join(home) or 'none'} on the pool"
                yield judge.violation(attachment, "lambdaConfig", found=found, expected="the pool's triggers")
            yield from _of_one_version(attachment, pool, judge)


def _of_one_version(attachment: Resource, pool: Resource, judge: Judge) -> Iterator[Finding]:
    """A trigger of one name whose event has another form makes other claims."""
    for path, here, there in versions(attachment, pool):
        if holds_unknown((here, there)):
            yield judge.undecided(attachment, path, expected=OWN_VERSION)
        elif here != there:
            found = f"{_shown(here)} here, {_shown(there)} on the pool"
            yield judge.violation(attachment, path, found=found, expected=OWN_VERSION)


def _in_own_region(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """A trigger of the other Region would fail with it."""
    for holder in stack.of_type(POOL, ATTACHMENT):
        own, found = stack.region(holder), regions(stack, holder)
        others = sorted(region for region in found - {own} if isinstance(region, str))
        if others and own is not UNKNOWN:
            words = f"functions in {', '.join(others)}, itself in {own}"
            yield judge.violation(holder, "lambdaConfig", found=words, expected=OWN_REGION)
        elif others or UNKNOWN in found:
            yield judge.undecided(holder, "lambdaConfig", expected=OWN_REGION)


def _keys(stack: StackFacts, resource: Resource, component: str) -> tuple[Any, bool]:
    """The triggers that a resource names, and whether it says so itself or its component does.

    What a component publishes proves a difference, never that there is none.
    """
    value = resource.get("lambdaConfig")
    if isinstance(value, Mapping):
        return sorted(str(key) for key, item in value.items() if item is not None), True
    if value is MISSING:
        return [], True
    published = [parent.get("lambdaTriggers") for parent in stack.ancestors(resource) if parent.type == component]
    known = published and isinstance(published[0], list) and not holds_unknown(published[0])
    return (sorted(map(str, published[0])) if known else UNKNOWN), False


def _shown(value: Any) -> str:
    """A value in a message; environment values stay out of logs, so objects show their keys only."""
    if value is MISSING:
        return "none"
    if isinstance(value, Mapping):
        return f"object with {', '.join(sorted(map(str, value))) or 'no keys'}"
    return str(value)
