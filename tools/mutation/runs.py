"""Runs the mutants, several at once: those that a running test reaches, then those that run at import."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from tools.mutation import loader
from tools.mutation.plugin import CHOSEN, OUTPUT
from tools.mutation.schemata import Mutant

TESTS: Final = "tests/policies"
TOO_SLOW: Final = (  # whole programs and thousands of examples: minutes for each mutant that survives
    "key_policy/test_no_leak.py",
    "test_generated_stacks.py",
    "test_growth.py",
    "test_mutants.py",
    "test_own_siblings.py",
    "test_program.py",
    "test_super_properties.py",
)
QUICK: Final = (
    "test_provider_names.py",
    "test_metadata.py",
    "test_wire.py",
    "test_references.py",
    "test_facts.py",
    "test_login_readers.py",
    "test_failover_readers.py",
    "test_uris.py",
    "test_suppressions.py",
    "test_levels.py",
    "key_policy/test_corners.py",
    "key_policy/test_readings.py",
    "key_policy/test_verdicts.py",
    "test_told.py",
)
"""Asked first about a mutant of the import, since a test that fails ends the run: they notice most of them."""
QUIET: Final = ["-q", "-s", "-W", "ignore", "-p", "no:timeout", "-p", "no:cacheprovider", "-p", "tools.mutation.plugin"]


def others() -> list[str]:
    """The test files that are neither asked first nor left out."""
    names = [str(file.relative_to(loader.PROJECT / TESTS)) for file in (loader.PROJECT / TESTS).rglob("test_*.py")]
    return sorted(set(names) - {*QUICK, *TOO_SLOW})


def pytest_words(names: Iterable[str]) -> list[str]:
    """What pytest is told: the files one by one, which keeps their order."""
    return [*QUIET, *(f"{TESTS}/{name}" for name in names)]


def judge(numbers: Sequence[int], workers: int, keep: Callable[[Mapping[int, str]], None]) -> int:
    """The verdict of each mutant that anything reaches is kept as soon as it is known; returns how many tests judge."""
    verdicts, late, tests = _at_calls(numbers, workers)
    keep(verdicts)
    for number, verdict in _at_import(sorted((late & set(numbers)) - verdicts.keys()), workers):
        keep({number: verdict})
    return tests


def _at_calls(numbers: Sequence[int], workers: int) -> tuple[dict[int, str], set[int], int]:
    """The mutants that run when a test runs; the numbers of those that run at import; how many tests there are."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        outputs = [Path(folder) / f"{worker}.jsonl" for worker in range(workers)]
        started: list[subprocess.Popen[bytes]] = []
        for worker, output in enumerate(outputs):
            part = output.with_suffix(".json")
            part.write_text(json.dumps(numbers[worker::workers]))
            environment = os.environ | {OUTPUT: str(output), CHOSEN: str(part)}
            command = [sys.executable, "-m", "pytest", *pytest_words([*QUICK, *others()])]
            run = subprocess.Popen(command, cwd=loader.PROJECT, env=environment)  # noqa: S603 - ours
            started.append(stack.enter_context(run))
        ended = [run.wait() for run in started]
        if any(ended):
            raise SystemExit("mutation: the tests do not pass without a mutant; see above")
        said = [json.loads(line) for output in outputs for line in output.read_text().splitlines()]
    about = next(line for line in said if "atImport" in line)
    return (
        {line["number"]: line["verdict"] for line in said if "verdict" in line},
        set(about["atImport"]),
        about["tests"],
    )


def _at_import(numbers: Sequence[int], workers: int) -> Iterator[tuple[int, str]]:
    """Each needs a pytest that collects anew, forked off this process; so many at once."""
    import hypothesis  # noqa: F401 - imported before the forks, so that none has to
    import pulumi_policy  # noqa: F401
    import pytest  # noqa: F401

    os.chdir(loader.PROJECT)
    waiting, running = list(numbers), dict[int, int]()
    while waiting or running:
        while waiting and len(running) < workers:
            number = waiting.pop()
            running[_fork(number)] = number
        child, status = os.wait()
        yield running.pop(child), "killed" if status else "alive"


def _fork(number: int) -> int:
    """A process that ends with 1 when a test notices the mutant."""
    import pytest

    child = os.fork()
    if child:
        return child
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    loader.activate(number)
    if grandchild := os.fork():  # collecting all files takes longer than the quick ones' tests
        _, status = os.waitpid(grandchild, 0)
        os._exit(1 if status or pytest.main(["-x", *pytest_words(others())]) else 0)
    os._exit(1 if pytest.main(["-x", *pytest_words(QUICK)]) else 0)


def lines(verdicts: Mapping[str, str]) -> str:
    """Verdicts by key, a line each."""
    return "".join(json.dumps({"key": key, "verdict": verdict}) + "\n" for key, verdict in verdicts.items())


def kept(file: Path) -> dict[str, str]:
    """The verdicts of earlier runs by the mutants' keys; none when there was no run."""
    said = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    return {line["key"]: line["verdict"] for line in said}


def noticed(earlier: Mapping[str, str], mutants: Mapping[int, Mutant]) -> dict[int, str]:
    """What earlier runs noticed of these mutants."""
    killed = {key: verdict for key, verdict in earlier.items() if verdict != "alive"}
    return {number: killed[one.key] for number, one in mutants.items() if one.key in killed}
