"""What `make test` runs side by side, shows, counts and calls a failure."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.engine.conftest import pytest_collection_modifyitems
from tests.tools.test_children import TIDY, begun, gone
from tools import run_tests
from tools.run_tests import Bench, Outcome, Unit, counted, row, run_all, units

PROJECT = Path(__file__).parents[2]
TESTS = PROJECT / "tests"
BAD = "F\nFAILED a - 7 passed\n1 failed, 4 passed, 2 errors in 1.0s\n"
PYTHON = (sys.executable, "-u", "-c")
WHOLE_RUN = """
import sys
from tools.run_tests import Bench, Unit, judged
todo = [Unit(name=name, words=sys.argv[1:]) for name in ("tidy", "next", "third")]
sys.exit(judged(Bench(command=(sys.executable, "-c")), todo))
"""


def unit(name: str, program: str, *words: str, live: bool = False) -> Unit:
    return Unit(name=name, words=[program, *words], live=live)


def outcome(text: str, code: int = 0, note: str = "") -> Outcome:
    return Outcome(unit=Unit(name="x", words=()), code=code, seconds=61.4, text=text, note=note)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("....\n10 passed, 2 deselected in 3.0s", (10, 0)), (BAD, (4, 3)), ("Traceback", (0, 0)), ("", (0, 0))],
)
def test_the_closing_line_is_what_counts(text: str, expected: tuple[int, int]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        (outcome("3 passed in 1s"), (3, 0)),
        (outcome(BAD, code=1), (4, 3)),
        (outcome("3 passed in 1s", code=-11), (3, 1)),
        (outcome("3 passed in 1s", note="ran longer"), (3, 1)),
        (outcome("9 deselected in 1s", code=5), (0, 1)),
        (outcome("2 skipped in 1s"), (0, 1)),
    ],
)
def test_a_unit_that_crashed_or_overran_or_ran_no_test_has_failed(ended: Outcome, expected: tuple[int, int]) -> None:
    assert ended.counts == expected


def test_a_row_tells_seconds_counts_exit_code_and_what_else_was_wrong() -> None:
    told = row(outcome(BAD, code=1, note="ran longer than 5 s and was ended"))
    assert told.split(maxsplit=8) == ["61", "s", "4", "passed", "3", "failed", "exit", "1", "x: " + told[-33:]]


def test_every_unit_is_run_and_shown_in_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    todo = [unit("a", "print('1 passed')", live=True), unit("b", "raise SystemExit(5)"), unit("c", "print('2 passed')")]
    outcomes = run_all(Bench(command=PYTHON), todo)
    assert [(ended.unit.name, ended.code, *ended.counts) for ended in outcomes] == [
        ("a", 0, 1, 0),
        ("b", 5, 0, 1),
        ("c", 0, 2, 0),
    ]
    assert capsys.readouterr().out == "1 passed\n\n\n===== b\n\n===== c\n2 passed\n"


def test_a_live_unit_is_shown_while_it_runs_and_no_other_in_its_midst(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(run_tests, "show", shown.append)
    slow = "import time\nprint('.', end='')\ntime.sleep(1)\nprint('1 passed')"
    run_all(Bench(command=PYTHON), [unit("slow", slow, live=True), unit("quick", "print('1 passed')")])
    assert shown[0] == "."
    assert "".join(shown) == ".1 passed\n\n\n===== quick\n1 passed\n"


def test_who_is_free_takes_the_next_unit(tmp_path: Path) -> None:
    waits = (
        "import pathlib, sys, time\nwhile not pathlib.Path(sys.argv[1], 'c').exists(): time.sleep(0.02)\n"
        "print('1 passed')"
    )
    makes = "import pathlib, sys\npathlib.Path(sys.argv[1], sys.argv[2]).touch()\nprint('1 passed')"
    folder = str(tmp_path)
    todo = [unit("a", waits, folder), unit("b", makes, folder, "b"), unit("c", makes, folder, "c")]
    assert all(ended.counts == (1, 0) for ended in run_all(Bench(command=PYTHON, deadline=60), todo))


def test_a_unit_that_overruns_is_ended_and_has_failed() -> None:
    ended = Bench(command=PYTHON, deadline=0.5).run(unit("long", "import time\nprint('1 passed')\ntime.sleep(600)"))
    assert ended.note == "ran longer than 0.5 s and was ended"
    assert ended.counts[1] == 1
    assert ended.seconds < 60


def test_after_a_stop_nothing_begins() -> None:
    bench = Bench(command=PYTHON)
    bench.children.stop()
    ended = bench.run(unit("late", "print('1 passed')"))
    assert (ended.note, ended.counts) == ("not begun", (0, 1))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_its_children_and_begins_no_more(tmp_path: Path, number: int) -> None:
    command = [sys.executable, "-c", WHOLE_RUN, TIDY, str(tmp_path)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        child = begun(tmp_path)
        process.send_signal(number)
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted" in output
    assert (tmp_path / "tidied").exists()
    assert gone(child)


def test_tests_that_cannot_be_collected_are_shown_and_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_tests, "PYTEST", (*PYTHON, "raise SystemExit('a typing error')"))
    with pytest.raises(SystemExit, match=r"a typing error\n\nthe engine's tests could not be collected \(exit 1\)"):
        run_tests.engine_files(nightly=False)


FILES = ["tests/engine/test_adoption.py", "tests/engine/test_a.py", "tests/engine/test_b.py"]


def test_an_unknown_file_begins_before_the_known_slow_ones() -> None:
    names = [one.name for one in units(FILES, nightly=False)]
    assert names[2:] == ["tests/engine/test_a.py", "tests/engine/test_b.py", "tests/engine/test_adoption.py"]


@pytest.mark.parametrize(("nightly", "ending"), [(False, " and not nightly"), (True, "")])
def test_no_test_is_in_two_units_and_the_night_has_all(nightly: bool, ending: str) -> None:
    marks = {one.words[list(one.words).index("-m") + 1] for one in units(FILES, nightly=nightly)}
    assert marks == {f"{one}{ending}" for one in ("not engine", "engine and deployed", "engine and not deployed")}


def test_the_known_slow_files_are_there() -> None:
    assert all((TESTS / "engine" / name).is_file() for name in run_tests.SLOW_FIRST)


def test_a_test_that_uses_the_deployed_stack_is_marked_so_however_it_comes_to_it() -> None:
    marked: list[str] = []
    items = [
        SimpleNamespace(fixturenames=names, add_marker=lambda mark, names=names: marked.append(f"{mark} {names[0]}"))
        for names in (["project"], ["deployed"], ["restored", "deployed"])
    ]
    pytest_collection_modifyitems(items)  # ty: ignore[invalid-argument-type] stand-ins for items
    assert marked == ["deployed deployed", "deployed restored"]


def test_tests_of_the_engine_lie_in_its_folder_where_the_units_are_looked_for() -> None:
    mark = "mark." + "engine"
    marked = {file.relative_to(TESTS).parts[0] for file in TESTS.rglob("test_*.py") if mark in file.read_text()}
    assert marked == {"engine"}
