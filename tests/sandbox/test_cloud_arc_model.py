"""ARC's state machine against a small model that shares no code with it.

The model keeps the whole history of accepted changes and answers every question from it: what a state is,
when a target last changed, which rule is broken. Rules are truth tables, listed by name.
"""

import functools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sandbox.cloud.arc import errors
from sandbox.cloud.arc.state import Arc

COUNT = 3
TABLE: dict[tuple[str, bool], Callable[[list[bool]], bool]] = {
    ("AND", False): lambda on: False not in on,
    ("AND", True): lambda on: False in on,
    ("OR", False): lambda on: True in on,
    ("OR", True): lambda on: True not in on,
    ("ATLEAST", False): lambda on: on.count(True) in (2, 3),
    ("ATLEAST", True): lambda on: on.count(True) in (0, 1),
}
indices = st.integers(0, COUNT - 1)
states = st.sampled_from(["On", "Off"])
pairs = st.lists(indices, min_size=2, max_size=COUNT, unique=True)


class ArcMachine(RuleBasedStateMachine):
    """Random rules, updates, waits and dead endpoints, in lock step with the model."""

    @initialize()
    def begin(self) -> None:
        self.time = 0
        self.dead = 0
        self.history: list[tuple[int, int, str]] = []
        self.held: list[dict[str, Any]] = []
        self.arc = Arc(now=lambda: self.time / 1000)
        cluster = self.arc.create_cluster("cluster")
        self.panel = self.arc.create_panel(cluster.arn, "panel")
        self.controls = [self.arc.create_control(cluster.arn, f"c{n}", self.panel.arn).arn for n in range(COUNT)]

    def state_of(self, index: int) -> str:
        return next((state for _, changed, state in reversed(self.history) if changed == index), "Off")

    def broken(self, entries: dict[int, str], override: set[int]) -> bool:
        result = [entries.get(index, self.state_of(index)) == "On" for index in range(COUNT)]
        for number, one in enumerate(self.held):
            if number in override or not any(index in one["targets"] for index in entries):
                continue
            changed = [time for time, index, _ in self.history if index in one["targets"]]
            if changed and self.time < changed[-1] + one["wait"]:
                return True
            if not TABLE[one["type"], one["inverted"]]([result[index] for index in one["judged"]]):
                return True
        return False

    @rule(
        kind=st.sampled_from(["AND", "OR", "ATLEAST"]),
        inverted=st.booleans(),
        guarded=pairs,
        gates=st.one_of(st.just([]), pairs),
        wait=st.sampled_from([0, 500, 5000]),
    )
    def add_rule(self, kind: Any, inverted: bool, guarded: list[int], gates: list[int], wait: int) -> None:
        if len(self.held) == 3:
            return
        made = self.arc.create_rule(
            self.panel.arn,
            f"rule-{len(self.held)}",
            kind,
            tuple(self.controls[index] for index in guarded),
            threshold=2,
            inverted=inverted,
            gates=tuple(self.controls[index] for index in gates),
            wait_ms=wait,
        )
        self.held.append(
            {
                "arn": made.arn,
                "type": kind,
                "inverted": inverted,
                "targets": guarded,
                "judged": gates or guarded,
                "wait": wait,
            }
        )

    @rule(milliseconds=st.sampled_from([1, 499, 500, 4500, 5000]))
    def wait(self, milliseconds: int) -> None:
        self.time += milliseconds

    @rule(count=st.integers(0, 5))
    def kill(self, count: int) -> None:
        self.dead = count
        self.arc.set_dead(count)

    @rule(
        entries=st.dictionaries(indices, states, min_size=1),
        override=st.sets(st.integers(0, 2)),
        endpoint=st.integers(0, 4),
    )
    def update(self, entries: dict[int, Any], override: set[int], endpoint: int) -> None:
        override = {number for number in override if number < len(self.held)}
        region = ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2"][endpoint]
        expected: type[errors.ArcError] | None = None
        if self.dead > 2 or endpoint < self.dead:
            expected = errors.EndpointTemporarilyUnavailableError
        elif self.broken(entries, override):
            expected = errors.ConflictError
        call = functools.partial(
            self.arc.update,
            {self.controls[index]: state for index, state in entries.items()},
            [self.held[number]["arn"] for number in override],
            region,
        )
        if expected:
            with pytest.raises(expected):
                call()
            return
        call()
        self.history += [(self.time, index, state) for index, state in entries.items() if self.state_of(index) != state]

    @invariant()
    def states_agree(self) -> None:
        if hasattr(self, "controls"):
            assert [self.arc.peek(arn) for arn in self.controls] == [self.state_of(index) for index in range(COUNT)]


ArcMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestArc = ArcMachine.TestCase
