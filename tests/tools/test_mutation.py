"""The mutation tester: what it changes, what it leaves alone, and that a mutant runs only when it is told to."""

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tools.mutation import loader, report, runs
from tools.mutation.loader import NONE, Recorder, activate, all_mutants
from tools.mutation.report import Score
from tools.mutation.schemata import ACTIVE, Mutant, compiled_in

SOURCE = '''
"""A module."""
LIMIT: int = 3

def judge(value, other):
    """Text that says nothing."""
    found = [one for one in value if one > LIMIT]
    if not found:
        return None
    match len(found):
        case 1:
            return "one"
        case _:
            report(found="1", expected="2")
    return other and "more than one"

def report(found, expected):
    raise ValueError("no such thing")
'''


@pytest.fixture(autouse=True)
def no_mutant() -> Iterator[None]:
    activate(NONE)
    yield
    delattr(builtins, ACTIVE)


def mutants() -> dict[str, Mutant]:
    return {f"{one.before} => {one.after}": one for one in compiled_in(SOURCE, "m.py", 100)[1]}


def run(number: int, value: Any, other: Any = "x") -> Any:
    activate(number)
    names: dict[str, Any] = {}
    exec(compile(compiled_in(SOURCE, "m.py", 100)[0], "m.py", "exec"), names)  # noqa: S102 - the text above
    return names["judge"](value, other)


@pytest.mark.parametrize(
    ("change", "value", "without", "mutated"),
    [
        ("one > LIMIT => one >= LIMIT", [3], None, "one"),
        ("one > LIMIT => True", [1], None, "one"),
        ("not found => found", [4], "one", None),
        ("3 => 4", [4], "one", None),
        ("'one' => 'XXoneXX'", [4], "one", "XXoneXX"),
        ("report(found='1', expected='2') => pass", [4, 5], ValueError, "more than one"),
        ("case 1 => no such case", [4], "one", ValueError),
        ("raise ValueError('no such thing') => pass", [4, 5], ValueError, "more than one"),
    ],
)
def test_a_mutant_runs_only_when_it_is_told_to(change: str, value: Any, without: Any, mutated: Any) -> None:
    for number, expected in ((NONE, without), (mutants()[change].number, mutated)):
        if isinstance(expected, type):
            with pytest.raises(expected):
                run(number, value)
        else:
            assert run(number, value) == expected


def test_texts_for_people_and_descriptions_are_left_alone() -> None:
    befores = " ".join(one.before for one in compiled_in(SOURCE, "m.py", 0)[1] if "pass" not in one.after)
    assert "Text that says nothing" not in befores
    assert "'no such thing'" not in befores
    assert "'1'" not in befores


def test_every_mutant_is_another_program() -> None:
    for one in compiled_in(SOURCE, "m.py", 0)[1]:
        assert one.before != one.after


def test_a_recorder_is_no_mutant_and_keeps_what_it_is_compared_with() -> None:
    recorder = Recorder()
    assert not recorder == 7  # noqa: SIM201 - it is about ==
    assert recorder.reached == {7}


def test_every_module_of_the_pack_compiles_with_its_mutants() -> None:
    found = all_mutants()
    assert len(found) > 2000
    assert {"facts.py", "uris.py", "rules/trigger_parity.py", "key_policy/scope.py"} <= {m.file for m in found.values()}


def made(number: int) -> Mutant:
    return Mutant(number=number, file="m.py", line=1, function="f", before=f"{number}", after="0")


@pytest.mark.parametrize(
    ("alive", "explained", "good"), [(0, True, True), (5, True, True), (5, False, False), (6, True, False)]
)
def test_the_run_fails_below_its_score_and_on_what_nobody_explained(alive: int, explained: bool, good: bool) -> None:
    mutants = {number: made(number) for number in range(100)}
    reasons = {made(number).key: "Equivalent." for number in range(alive) if explained}
    killed = [one for number, one in mutants.items() if number >= alive]
    survivors = [one for number, one in mutants.items() if number < alive]
    score = Score(killed=killed, survivors=survivors, explanations=reasons)
    assert score.good is good
    assert ("unexplained" in report.summary(score)) is (alive > 0 and not explained)
    assert f"{100 - alive} of 100" in report.page(score, 10)


def test_a_mutant_that_no_test_reaches_survives() -> None:
    assert Score.of({1: made(1), 2: made(2), 3: made(3)}, {1: "killed", 2: "timeout"}).survivors == [made(3)]


def test_explanations_are_of_mutants_that_exist() -> None:
    known = {one.key for one in all_mutants().values()}
    assert set(report.explanations()) <= known


def test_the_source_is_readable_where_it_is_unparsed() -> None:
    assert ast.parse(ast.unparse(compiled_in(SOURCE, "m.py", 0)[0]))


def test_the_tests_that_are_left_out_or_asked_first_exist() -> None:
    assert all((loader.PROJECT / runs.TESTS / name).is_file() for name in (*runs.TOO_SLOW, *runs.QUICK))


def test_a_second_run_spares_what_the_first_one_noticed(tmp_path: Path) -> None:
    file, mutants = tmp_path / "mutation.jsonl", {number: made(number) for number in range(3)}
    assert runs.kept(file) == {}
    verdicts = {mutants[0].key: "killed", mutants[1].key: "alive", "gone": "killed"}
    file.write_text(runs.lines(verdicts))
    assert runs.kept(file) == verdicts
    assert runs.noticed(verdicts, mutants) == {0: "killed"}
