"""Ways to break a stack, and the cases of one rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pack.facts import UNKNOWN, Provider, Resource, StackFacts

from tests.policies.good_stack import changed, with_props
from tests.policies.maker import EAST

Mutation = Callable[[StackFacts], StackFacts]


@dataclass(frozen=True, kw_only=True)
class Cases:
    """What one rule says to changes of the good stack.

    `violations`, `unknown` and `near_misses` are exact: this rule and no other is broken, undecided, neither.
    `malformed` values may be either but never pass; with `absent` the rule has nothing to judge and is silent.
    """

    rule: str
    violations: list[Mutation]
    near_misses: list[Mutation]
    unknown: list[Mutation]
    malformed: list[Mutation]
    absent: Mutation


def prop(name: str, kind: str = "", /, **props: Any) -> Mutation:
    """A mutation that sets properties."""
    return lambda stack: with_props(stack, name, kind, **props)


def coming_from(name: str, kind: str, key: str, *sources: str) -> Mutation:
    """A mutation that hides a value and says instead which resources it comes from, as a first preview does."""

    def change(stack: StackFacts) -> StackFacts:
        urns = [one.urn for one in stack.resources if one.name in sources]
        hidden = with_props(stack, name, kind, **{key: UNKNOWN})
        return changed(hidden, name, lambda one: replace(one, property_dependencies={key: urns}), kind)

    return change


def alone(*names: str) -> Mutation:
    """A mutation that takes resources out of their components."""
    return lambda stack: replace(
        stack, resources=[replace(r, parent=None) if r.name in names else r for r in stack.resources]
    )


def without_provider(name: str) -> Mutation:
    default = Provider(name="default_7_51_1", region=EAST)
    return lambda stack: changed(stack, name, lambda one: replace(one, provider=default))


def in_region(name: str, region: Any) -> Mutation:
    """A mutation that moves a resource to another Region's provider."""
    provider = Provider(name=f"aws-{region}", region=region)
    return lambda stack: changed(stack, name, lambda one: replace(one, provider=provider))


def without(*names: str) -> Mutation:
    """A mutation that removes resources by name."""
    return lambda stack: replace(stack, resources=[r for r in stack.resources if r.name not in names])


def without_type(*parts: str) -> Mutation:
    """A mutation that removes all resources whose type contains one of the parts."""
    return lambda stack: replace(
        stack, resources=[r for r in stack.resources if not any(part in r.type for part in parts)]
    )


def added(*others: Resource) -> Mutation:
    """A mutation that adds resources."""
    return lambda stack: replace(stack, resources=[*stack.resources, *others])


def both(*mutations: Mutation) -> Mutation:
    """A mutation by several."""

    def change(stack: StackFacts) -> StackFacts:
        for mutation in mutations:
            stack = mutation(stack)
        return stack

    return change
