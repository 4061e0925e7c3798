"""What the documents tell people to type exists; their links lead somewhere; the truth table is true."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from recovery.app import app

PROJECT = Path(__file__).parents[2]
DOCUMENTS = sorted([PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")])
CALL = re.compile(r"(?:cognito-dr|python -m recovery) (?=[a-z])[^`#\n]*")
MAKE = re.compile(r"\bmake ([a-z]+)\b(?=[` \n])")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")


def typed(text: str) -> Iterator[str]:
    """Code: indented lines without their comments, and what stands between backticks."""
    for line in text.splitlines():
        if re.match(r" {4,}\S", line):
            yield re.split(r"\s#\s", line)[0].strip()
    yield from re.findall(r"`([^`\n]+)`", text)


def calls(document: Path) -> Iterator[list[str]]:
    """The words of each call of the command line."""
    for code in typed(document.read_text()):
        for found in CALL.findall(code):
            yield shlex.split(found)[1 if found.startswith("cognito-dr") else 3 :]


def problem(words: list[str]) -> str | None:
    """Why a call would be refused; None when command and options exist."""
    command: Any = typer.main.get_command(app)
    for word in words:
        commands = getattr(command, "commands", None)
        if commands is not None:
            if word.rstrip(",.") not in commands:
                return f"no command {word}"
            command = commands[word.rstrip(",.")]
        elif word.startswith("--") and not any(word in option.opts for option in command.params):
            return f"no option {word}"
    return None


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_exists(document: Path) -> None:
    wrong = {" ".join(words): why for words in calls(document) if (why := problem(words))}
    assert wrong == {}


@pytest.mark.parametrize(("words", "why"), [(["override", "force"], "no command"), (["verify", "--all"], "no option")])
def test_a_command_that_does_not_exist_is_found(words: list[str], why: str) -> None:
    assert why in (problem(words) or "")


@pytest.mark.parametrize(
    ("words", "code"),
    [(["override", "force"], 2), (["verify", "--only", "nope"], 2), (["verify", "--manifest", "/nope"], 1)],
)
def test_a_wrong_call_ends_with_2_and_what_cannot_be_done_with_1_in_one_line(words: list[str], code: int) -> None:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == code
    assert ("Usage: " in done.output) is (code == 2)
    assert code == 2 or len(done.output.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["verify", "override force-secondary"])
def test_every_option_of_its_own_is_described(command: str) -> None:
    found: Any = typer.main.get_command(app)
    for word in command.split():
        found = found.commands[word]
    text = (PROJECT / "docs" / "command-line.md").read_text()
    assert [
        option for one in found.params for option in one.opts if f"`{option}" not in text and option != "--help"
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    used = {target for code in typed(document.read_text()) for target in MAKE.findall(f"{code} ")}
    assert used <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for path, anchor in LINK.findall(document.read_text()):
        target = document.parent / path if path else document
        assert target.exists(), path
        if anchor:
            assert anchor in anchors(target.read_text()), f"{path}#{anchor}"


def anchors(text: str) -> set[str]:
    """A heading's anchor: lower case, spaces become hyphens, other signs but hyphens go."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_truth_table_is_three_of_four() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text()
    rows = re.findall(
        r"^\| (On|Off) \| (yes|no) \| (On|Off) \| (\d), (\d) \| (\d) \| (\d) \| (\d) \| \W*(yes|no)", text, re.M
    )
    assert len({row[:3] for row in rows}) == 8
    for force, well, pin, first, second, probe, pinned, healthy, serves in rows:
        counted = (force == "Off", force == "Off", well == "yes", pin == "On")
        assert (first, second, probe, pinned) == tuple(str(int(each)) for each in counted)
        assert int(healthy) == sum(counted)
        assert (serves == "yes") is (int(healthy) >= 3)
        assert (serves == "yes") is (force == "Off" and (well == "yes" or pin == "On"))
