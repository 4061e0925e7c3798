"""All tests, two processes at a time: the engine's tests wait a lot, the others compute.

The tests that need no engine are one unit, those that share one deployed stack are one, and each further file of the
engine's tests is one. Whichever process is free takes the next unit.
"""

from __future__ import annotations

import argparse
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools.children import Children

PROJECT: Final = Path(__file__).resolve().parents[1]
PYTEST: Final = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
ENGINE: Final = "tests/engine"
SIDE_BY_SIDE: Final = 2
DEADLINES: Final = {False: 45 * 60, True: 5 * 60 * 60}
"""Seconds for one unit, by day and by night."""
SLOW_FIRST: Final = (
    "test_previews.py",
    "test_down_and_protection.py",
    "test_adoption.py",
    "test_documented_way.py",
    "test_pull_request.py",
    "test_pool_updates.py",
    "test_analyze.py",
)
"""What takes longest begins first, so that nothing long is left to one process at the end. It is the order, no more: a
file that is not named here comes before them."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Tests for one process: a name for readers, pytest's words, and whether its output is shown as it comes."""

    name: str
    words: Sequence[str]
    live: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a unit ended: exit code, seconds, all that it printed, and what was wrong besides its tests."""

    unit: Unit
    code: int
    seconds: float
    text: str
    note: str = ""

    @property
    def counts(self) -> tuple[int, int]:
        """Passed and failed tests; a unit that crashed, overran or ran none has failed though no test has."""
        passed, failed = counted(self.text)
        fine = self.code == 0 and passed > 0 and not self.note
        return passed, failed if fine else max(failed, 1)


@dataclass(kw_only=True)
class Bench:
    """Runs units, each in a process of its own."""

    command: Sequence[str] = PYTEST
    deadline: float = DEADLINES[False]
    children: Children = field(default_factory=Children)

    def run(self, unit: Unit) -> Outcome:
        """One unit; one that overruns is ended and has failed."""
        start = time.monotonic()
        child = self.children.begin([*self.command, *unit.words], PROJECT)
        if child is None:
            return Outcome(unit=unit, code=1, seconds=0, text="", note="not begun")
        overrun = threading.Event()

        def end() -> None:
            overrun.set()
            self.children.end(child)

        timer = threading.Timer(self.deadline, end)
        timer.start()
        text = child.output(show if unit.live else lambda line: None)
        code = child.code()
        timer.cancel()
        note = f"ran longer than {self.deadline:g} s and was ended" if overrun.is_set() else ""
        return Outcome(unit=unit, code=code, seconds=time.monotonic() - start, text=text, note=note)


def show(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def units(files: Iterable[str], *, nightly: bool) -> list[Unit]:
    """What is to run, in the order in which it begins; `files` are the engine's that need no deployed stack.

    The tests of the deployed stack measure times: beside them runs what keeps one core busy and never two.
    """
    order = {name: place for place, name in enumerate(SLOW_FIRST)}
    later = sorted(files, key=lambda file: (order.get(Path(file).name, -1), file))
    patience = ["--timeout", "3600"] if nightly else []  # seconds for one test

    def unit(name: str, marks: str, *where: str, live: bool = False) -> Unit:
        return Unit(name=name, words=[*patience, "-m", marked(marks, nightly=nightly), *where], live=live)

    return [
        unit("without the engine", "not engine", live=True),
        unit("the deployed stack", "engine and deployed", ENGINE),
        *(unit(file, "engine and not deployed", file) for file in later),
    ]


def marked(marks: str, *, nightly: bool) -> str:
    """Marks for pytest, by day without the tests that take minutes of real time."""
    return marks if nightly else f"{marks} and not nightly"


def engine_files(*, nightly: bool) -> list[str]:
    """The files with tests that drive the engine on a copy of their own. Ends the run when pytest cannot read them."""
    words = ["--collect-only", "-m", marked("engine and not deployed", nightly=nightly), ENGINE]
    done = subprocess.run(  # noqa: S603 - pytest on our own tests
        [*PYTEST, *words], cwd=PROJECT, check=False, capture_output=True, text=True, timeout=DEADLINES[nightly]
    )
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nthe engine's tests could not be collected (exit {done.returncode})")
    return sorted({line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line})


def counted(text: str) -> tuple[int, int]:
    """How many tests passed, and how many failed or broke, by the closing line of an output."""
    closing = text.rstrip().rpartition("\n")[2]
    passed = sum(int(number) for number in re.findall(r"(\d+) passed", closing))
    return passed, sum(int(number) for number in re.findall(r"(\d+) (?:failed|errors?)", closing))


def row(outcome: Outcome) -> str:
    """A unit's line of the closing table."""
    passed, failed = outcome.counts
    told = f"{outcome.seconds:6.0f} s  {passed:5} passed  {failed:3} failed  exit {outcome.code}  {outcome.unit.name}"
    return f"{told}: {outcome.note}" if outcome.note else told


def run_all(bench: Bench, todo: Sequence[Unit]) -> list[Outcome]:
    """Every unit's outcome, in the order of the units; the output of one is shown after those before it."""
    outcomes = []
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        try:
            for outcome in pool.map(bench.run, todo):
                show("\n" if outcome.unit.live else f"\n===== {outcome.unit.name}\n{outcome.text}")
                outcomes.append(outcome)
        finally:
            bench.children.stop()
    return outcomes


def judged(bench: Bench, todo: Sequence[Unit]) -> int:
    """Run everything, show a table and the sum; 0 when every unit ran and passed (pytest ends with 5 when none ran)."""
    for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell in the background has it ignored
        signal.signal(number, signal.default_int_handler)
    started = time.monotonic()
    try:
        outcomes = run_all(bench, todo)
    except KeyboardInterrupt:
        show("\nmake test was interrupted; what ran has been ended\n")
        return 130
    passed, failed = (sum(column) for column in zip(*(outcome.counts for outcome in outcomes), strict=True))
    table = "\n".join(map(row, outcomes))
    show(f"\n{table}\n{time.monotonic() - started:6.0f} s  in all\n\n{passed} passed, {failed} failed\n")
    return 1 if failed else 0


def main() -> int:
    """The command line: `--nightly` adds the tests that take minutes of real time."""
    parser = argparse.ArgumentParser(prog="python -m tools.run_tests", description=__doc__)
    parser.add_argument("--nightly", action="store_true", help="also the tests that take minutes of real time")
    nightly = parser.parse_args().nightly
    return judged(Bench(deadline=DEADLINES[nightly]), units(engine_files(nightly=nightly), nightly=nightly))


if __name__ == "__main__":
    sys.exit(main())
