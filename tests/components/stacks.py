"""Generated stacks that tests share: running the program on one takes half a second."""

from __future__ import annotations

import functools
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.strategies import PHASES, stack_values

SHARED = 6
"""Stacks of each phase; `make nightly` draws more."""


@functools.cache
def _pool(phase: str) -> tuple[dict[str, Any], ...]:
    drawn: list[dict[str, Any]] = []
    more = SHARED if settings().max_examples <= 100 else 5 * SHARED

    @settings(max_examples=more, phases=[Phase.generate], database=None)
    @given(stack_values(phase=phase))
    def collect(values: dict[str, Any]) -> None:
        drawn.append(values)

    collect()
    return tuple(drawn)


def stacks(*phases: str) -> st.SearchStrategy[dict[str, Any]]:
    """One of the shared stacks of these phases, or of all."""
    return st.deferred(lambda: st.sampled_from([values for phase in phases or PHASES for values in _pool(phase)]))
