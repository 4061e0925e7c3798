"""All tests, two processes at a time: the engine's tests wait a lot, the others compute.

The tests that share one deployed stack are one unit, all others that need no engine are one, and each further file of
the engine's tests is one. Whichever process is free takes the next unit.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[1]
PYTEST: Final = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
ENGINE: Final = "tests/engine"
SIDE_BY_SIDE: Final = 2
DEADLINES: Final = {False: 45 * 60, True: 5 * 60 * 60}
"""Seconds for one unit, by day and by night."""
SLOW_FIRST: Final = ("test_down_and_protection.py", "test_adoption.py", "test_previews.py", "test_documented_way.py")
"""What takes longest begins first, so that nothing long is left to one process at the end. It is the order, no more."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Tests for one process: a name for readers, and pytest's words."""

    name: str
    words: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a unit ended: exit code, seconds, all that it printed."""

    name: str
    code: int
    seconds: float
    text: str


@dataclass
class Bench:
    """Runs units and ends those that still run when it is told to stop."""

    command: Sequence[str] = PYTEST
    deadline: float = DEADLINES[False]
    running: list[subprocess.Popen[str]] = field(default_factory=list)
    stopped: bool = False

    def run(self, unit: Unit) -> Outcome:
        """One unit in a process of its own; one that overruns is ended and has failed."""
        start = time.monotonic()
        if self.stopped:
            return Outcome(name=unit.name, code=1, seconds=0, text="not begun")
        process = subprocess.Popen(  # noqa: S603 - pytest on our own tests
            [*self.command, *unit.words],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        self.running.append(process)
        try:
            text, _ = process.communicate(timeout=self.deadline)
            code = process.returncode
        except subprocess.TimeoutExpired:
            process.terminate()
            text, code = f"{process.communicate()[0]}\n{unit.name} ran longer than {self.deadline:.0f} s", 1
        return Outcome(name=unit.name, code=code, seconds=time.monotonic() - start, text=text)

    def stop(self) -> None:
        """End what runs; what has ended already is left alone."""
        self.stopped = True
        for process in self.running:
            process.terminate()


def units(files: Iterable[str], *, nightly: bool) -> list[Unit]:
    """What is to run, in the order in which it begins; `files` are the engine's that need no deployed stack."""
    order = {name: place for place, name in enumerate(SLOW_FIRST)}
    later = sorted(files, key=lambda file: (order.get(Path(file).name, -1), file))
    patience = ["--timeout", "3600"] if nightly else []  # seconds for one test

    def unit(name: str, marks: str, *where: str) -> Unit:
        return Unit(name=name, words=[*patience, "-m", marked(marks, nightly=nightly), *where])

    return [
        unit("the deployed stack", "engine and deployed", ENGINE),
        unit("without the engine", "not engine"),
        *(unit(file, "engine and not deployed", file) for file in later),
    ]


def marked(marks: str, *, nightly: bool) -> str:
    """Marks for pytest, by day without the tests that take minutes of real time."""
    return marks if nightly else f"{marks} and not nightly"


def engine_files(*, nightly: bool) -> list[str]:
    """The files with tests that drive the engine on a copy of their own."""
    words = ["--collect-only", "-m", marked("engine and not deployed", nightly=nightly), ENGINE]
    done = subprocess.run([*PYTEST, *words], cwd=PROJECT, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return sorted({line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line})


def counted(texts: Iterable[str]) -> tuple[int, int]:
    """How many tests passed, and how many failed or broke, by the closing lines of all outputs."""
    passed = failed = 0
    for text in texts:
        closing = text.rstrip().rpartition("\n")[2]
        passed += sum(int(number) for number in re.findall(r"(\d+) passed", closing))
        failed += sum(int(number) for number in re.findall(r"(\d+) (?:failed|errors?)", closing))
    return passed, failed


def row(outcome: Outcome) -> str:
    """A unit's line of the closing table."""
    passed, failed = counted([outcome.text])
    return f"{outcome.seconds:6.0f} s  {passed:5} passed  {failed:3} failed  exit {outcome.code}  {outcome.name}"


def run_all(bench: Bench, todo: Sequence[Unit]) -> list[Outcome]:
    """Every unit's outcome, shown as it ends; in the order in which they were to begin."""

    def shown(unit: Unit) -> Outcome:
        outcome = bench.run(unit)
        sys.stdout.write(f"\n===== {outcome.name}\n{outcome.text}")
        sys.stdout.flush()
        return outcome

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        try:
            return list(pool.map(shown, todo))
        finally:
            bench.stop()


def main() -> int:
    """Run everything and show the sum; 0 when every unit ran and passed (pytest ends with 5 when none ran)."""
    parser = argparse.ArgumentParser(prog="python -m tools.run_tests", description=__doc__)
    parser.add_argument("--nightly", action="store_true", help="also the tests that take minutes of real time")
    nightly = parser.parse_args().nightly
    todo = units(engine_files(nightly=nightly), nightly=nightly)
    outcomes = run_all(Bench(deadline=DEADLINES[nightly]), todo)
    passed, failed = counted(outcome.text for outcome in outcomes)
    sys.stdout.write("\n" + "\n".join(map(row, outcomes)) + f"\n{passed} passed, {failed} failed\n")
    return 1 if any(outcome.code for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
