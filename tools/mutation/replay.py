"""Spares a mutant's tests the rules that it cannot change: what those found without a mutant is found again.

A rule is known by which mutants it reached; of all others its findings are those of the first run, call by call.
A mutant that something else reached, too, may change what a rule is given, and spares none.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator
from typing import Any

from tools.mutation import loader


class Replay:
    """Stands between the rules and the tests; `item` is the place of the test that runs."""

    def __init__(self) -> None:
        self.item = 0
        self.calls: dict[int, list[tuple[str, list[Any]]]] = {}
        self.reach: dict[str, set[int]] = {}
        self.inside: set[int] = set()  # of the test that runs
        self.outside: set[int] = set()
        self.spared: set[str] | None = None  # None while recording
        self.at = 0

    def start(self, item: int) -> None:
        """A test begins."""
        self.item, self.at = item, 0
        if self.spared is None:
            self.calls[item], self.inside = [], set()

    def reached(self, outside: set[int]) -> set[int]:
        """All that a recorded test reached, when it reached these outside the rules."""
        self.outside |= outside
        return self.inside | outside

    def mutate(self, number: int) -> None:
        """From now on only rules that may find something else with this mutant are run."""
        if number in self.outside:
            self.spared = set()
        else:
            self.spared = {rule for rule, reached in self.reach.items() if number not in reached}

    def wrap(self, rule: Any) -> None:
        """Take the place of a rule's function."""
        body: Callable[..., Iterator[Any]] = rule.body

        def instead(facts: Any, judge: Any) -> Iterator[Any]:
            return iter(self.record(rule.id, body, facts, judge) if self.spared is None else again(facts, judge))

        def again(facts: Any, judge: Any) -> list[Any]:
            known, self.at = self.calls[self.item], self.at + 1
            if rule.id in (self.spared or ()) and self.at <= len(known) and known[self.at - 1][0] == rule.id:
                return known[self.at - 1][1]
            return list(body(facts, judge))

        object.__setattr__(rule, "body", instead)  # rules are frozen, and shall be for everybody else

    def record(self, rule: str, body: Callable[..., Iterator[Any]], facts: Any, judge: Any) -> list[Any]:
        """Run a rule with a recorder of its own."""
        outer: Any = getattr(builtins, loader.ACTIVE)
        inner = loader.Recorder()
        loader.activate(inner)
        try:
            found = list(body(facts, judge))
        finally:
            loader.activate(outer)
            self.reach.setdefault(rule, set()).update(inner.reached)
            self.inside |= inner.reached
        self.calls[self.item].append((rule, found))
        return found
