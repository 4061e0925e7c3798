"""A check, how it is run, and what it found."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from botocore.exceptions import BotoCoreError, ClientError
from joserfc.errors import JoseError

from manifest import PHASES
from recovery.clock import span
from recovery.errors import RecoveryError, told

Phase = Literal["foundation", "replication", "domain", "live"]
LOOK = 1.0
"""Seconds between two looks at something that settles."""
PROGRESS = 10.0
"""Seconds between two lines of progress."""


class CheckFailedError(RecoveryError):
    """What was found instead of what was promised, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """`act` raises when the check does not hold. `settles` if waiting may help."""

    group: str
    phase: Phase
    line: str
    act: Callable[[], None]
    settles: bool = False


@dataclass(frozen=True, kw_only=True)
class Result:
    """How a check went; `problem` is None when it held."""

    group: str
    phase: Phase
    line: str
    seconds: float
    problem: str | None

    @property
    def held(self) -> bool:
        """Whether it held."""
        return self.problem is None

    def text(self) -> str:
        """One line for people."""
        if self.problem is None:
            return f"ok     {self.line}  {1000 * self.seconds:.0f} ms"
        return f"FAILED {self.line}: {self.problem}  {1000 * self.seconds:.0f} ms"


def run(check: Check, patience: float, say: Callable[[str], None]) -> Result:
    """Run a check; one that settles is looked at again for at most `patience` seconds, with progress to `say`."""
    started = time.monotonic()
    told_at = started
    while True:
        problem = _problem(check.act)
        waited = time.monotonic() - started
        if problem is None or not check.settles or waited >= patience:
            return Result(
                group=check.group,
                phase=check.phase,
                line=check.line,
                seconds=time.monotonic() - started,
                problem=problem,
            )
        if time.monotonic() - told_at >= PROGRESS:
            told_at = time.monotonic()
            say(f"waiting {span(waited)} of {span(patience)}: {check.line}: {problem}")
        time.sleep(min(LOOK, patience))


def _problem(act: Callable[[], None]) -> str | None:
    try:
        act()
    except (RecoveryError, JoseError, OSError, ClientError, BotoCoreError) as error:
        return told(error)
    except KeyError as error:
        return f"the answer has no {error}"
    return None


def highest(results: Sequence[Result], reached: str) -> Phase | None:
    """The highest phase, at most the one reached, whose checks and all before it held; None for none."""
    best: Phase | None = None
    for phase in PHASES[: PHASES.index(reached) + 1]:
        if any(result.phase == phase and not result.held for result in results):
            return best
        best = phase
    return best
