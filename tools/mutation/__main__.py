"""`make mutation`: every mutant of the policy pack against its tests; the score and the survivors as a page."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from tools.mutation import loader, report
from tools.mutation.plugin import ONLY, OUTPUT

TESTS: Final = "tests/policies"
TOO_SLOW: Final = (  # whole programs and thousands of examples: minutes for each mutant that survives
    "key_policy/test_no_leak.py",
    "test_generated_stacks.py",
    "test_growth.py",
    "test_mutants.py",
    "test_program.py",
    "test_super_properties.py",
)
QUIET: Final = ["-q", "-s", "-W", "ignore", "-p", "no:timeout", "-p", "no:cacheprovider", "-p", "tools.mutation.plugin"]


def pytest_words() -> list[str]:
    """What pytest is told in every run."""
    ignored = [word for name in TOO_SLOW for word in ("--ignore", f"{TESTS}/{name}")]
    return [*QUIET, TESTS, *ignored]


def at_calls(output: Path) -> None:
    """The mutants that run when a test runs."""
    command = [sys.executable, "-m", "pytest", *pytest_words()]
    environment = os.environ | {OUTPUT: str(output)}
    subprocess.run(command, cwd=loader.PROJECT, env=environment, check=True)  # noqa: S603 - ours


def at_import(numbers: list[int]) -> dict[int, str]:
    """The mutants that run when a module is imported: each needs a pytest that collects anew, forked off this one."""
    import hypothesis  # noqa: F401 - imported before the forks, so that none has to
    import pulumi_policy  # noqa: F401
    import pytest

    os.chdir(loader.PROJECT)
    verdicts: dict[int, str] = {}
    for number in numbers:
        child = os.fork()
        if not child:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            loader.activate(number)
            os._exit(1 if pytest.main(["-x", *pytest_words()]) else 0)
        _, status = os.waitpid(child, 0)
        verdicts[number] = "alive" if status == 0 else "killed"
    return verdicts


def results(output: Path) -> tuple[dict[int, str], dict[str, Any]]:
    """Verdicts by mutant, and what was said of the whole run."""
    verdicts: dict[int, str] = {}
    about: dict[str, Any] = {"slow": []}
    for line in map(json.loads, output.read_text().splitlines()):
        if "verdict" in line:
            verdicts[line["number"]] = line["verdict"]
        elif "slow" in line:
            about["slow"].append(line["slow"])
        else:
            about |= line
    return verdicts, about


def main() -> int:
    """Run, write the page, fail when the score is too low or a survivor has no explanation."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    parser.add_argument("--only", metavar="PART", help="modules whose path has this part; the page is not written")
    parser.add_argument("--results", type=Path, help="keep every mutant's verdict in this file")
    chosen = parser.parse_args()
    if chosen.only:
        os.environ[ONLY] = chosen.only
    output = chosen.results or Path(tempfile.mkdtemp()) / "results.jsonl"
    at_calls(output)
    verdicts, about = results(output)
    mutants = {n: one for n, one in loader.all_mutants().items() if not chosen.only or chosen.only in one.file}
    late = sorted(set(about["atImport"]) & set(mutants) - set(verdicts))
    with output.open("a") as file:
        for number, verdict in at_import(late).items():
            verdicts[number] = verdict
            file.write(json.dumps({"number": number, "verdict": verdict}) + "\n")
    score = report.Score.of(mutants, verdicts)
    if not chosen.only:
        report.PAGE.write_text(report.page(score, about["tests"]))
    sys.stdout.write(report.summary(score))
    return 0 if score.good else 1


if __name__ == "__main__":
    sys.exit(main())
