"""What `make test` runs side by side, counts and calls a failure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.run_tests import Bench, Outcome, Unit, counted, row, run_all, units

TESTS = Path(__file__).parents[1]
GOOD = "....\n10 passed, 2 deselected in 3.0s"
BAD = "F\nFAILED a - 7 passed\n1 failed, 4 passed, 2 errors in 1.0s\n"
PYTHON = (sys.executable, "-c")
FOREVER = Unit(name="forever", words=["import time\nwhile True: time.sleep(1)"])


def unit(name: str, program: str) -> Unit:
    return Unit(name=name, words=[program])


def test_the_closing_lines_are_added_up() -> None:
    assert counted([GOOD, BAD]) == (14, 3)


def test_an_output_without_a_closing_line_adds_nothing() -> None:
    assert counted(["Traceback", ""]) == (0, 0)


def test_every_unit_is_run_and_keeps_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    todo = [unit("a", "print('1 passed in 1s')"), unit("b", "raise SystemExit(5)"), unit("c", "print('2 passed')")]
    outcomes = run_all(Bench(command=PYTHON), todo)
    assert [(outcome.name, outcome.code) for outcome in outcomes] == [("a", 0), ("b", 5), ("c", 0)]
    assert counted(outcome.text for outcome in outcomes) == (3, 0)
    assert "===== c\n2 passed\n" in capsys.readouterr().out


def test_a_unit_that_overruns_has_failed_and_says_so() -> None:
    outcome = Bench(command=PYTHON, deadline=0.5).run(FOREVER)
    assert outcome.code == 1
    assert outcome.text.endswith("forever ran longer than 0 s")


def test_what_still_runs_is_ended_and_nothing_more_begins() -> None:
    bench = Bench(command=PYTHON)
    bench.run(unit("one", "pass"))
    bench.stop()
    assert bench.run(FOREVER) == Outcome(name="forever", code=1, seconds=0, text="not begun")


def test_a_row_tells_seconds_counts_and_exit_code() -> None:
    told = row(Outcome(name="x", code=1, seconds=61.4, text=BAD)).split()
    assert told == ["61", "s", "4", "passed", "3", "failed", "exit", "1", "x"]


FILES = ["tests/engine/test_adoption.py", "tests/engine/test_a.py", "tests/engine/test_b.py"]


def test_an_unknown_file_begins_before_the_known_slow_ones() -> None:
    names = [one.name for one in units(FILES, nightly=False)]
    assert names[2:] == ["tests/engine/test_a.py", "tests/engine/test_b.py", "tests/engine/test_adoption.py"]


@pytest.mark.parametrize(("nightly", "ending"), [(False, " and not nightly"), (True, "")])
def test_no_test_is_in_two_units_and_the_night_has_all(nightly: bool, ending: str) -> None:
    marks = {one.words[list(one.words).index("-m") + 1] for one in units(FILES, nightly=nightly)}
    assert marks == {f"{one}{ending}" for one in ("not engine", "engine and deployed", "engine and not deployed")}


def test_tests_of_the_engine_lie_in_its_folder_where_the_units_are_looked_for() -> None:
    mark = "mark." + "engine"
    marked = {file.relative_to(TESTS).parts[0] for file in TESTS.rglob("test_*.py") if mark in file.read_text()}
    assert marked == {"engine"}
