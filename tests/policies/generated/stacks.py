"""The good stacks, each run of the program shared by all tests of a process."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from pack.facts import StackFacts

from tests.policies.generated.answers import Deployed
from tests.policies.generated.good_settings import all_values
from tests.policies.generated.state_file import exported
from tests.policies.generated.variations import variations
from tests.policies.program import deployed_facts


@functools.cache
def bases() -> tuple[StackFacts, ...]:
    """What each of the good settings looks like when it is deployed."""
    return tuple(deployed(values) for values in all_values())


def deployed(values: dict[str, Any]) -> StackFacts:
    """The facts of these settings as deployed."""
    answers = Deployed(values["pool"]["id"])
    return deployed_facts(values, "generated", answers)


def good_stacks() -> Iterator[StackFacts]:
    """All variations of all of them."""
    for base in bases():
        yield from variations(base)


@functools.cache
def exported_bases() -> tuple[str, ...]:
    """The bases as exported states."""
    return tuple(map(exported, bases()))
