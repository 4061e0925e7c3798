"""The steps of the pull request's workflow: preview a branch with another checkout's pack, comment on the result.

It runs from the checkout of the branch that a pull request wants to change (the base), with nothing but Python, and
never imports or believes anything of the branch that it judges. Locally: `python3 tools/pull_request.py preview prod
--branch ../branch --report report.md`.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parents[1]
MARK = "<!-- cognito-dr: preview -->"
AUTHOR = "github-actions[bot]"
LONGEST = 28_000
"""Characters of one report in the comment: GitHub takes 65,536 in all. The end holds the findings."""


class CommentError(Exception):
    """There is no comment; the text says why, on one line."""


def preview(stack: str, branch: Path, report: Path, state: str | None) -> int:
    """Preview the branch's program with this checkout's pack, then with its own; the exit code of the former."""
    subprocess.run([sys.executable, "tools/bootstrap.py"], cwd=branch, check=True, stdout=subprocess.DEVNULL)
    kind = [f"STATE={state}", "state-preview"] if state else ["preview"]
    title = f"{stack}, on its real state" if state else f"{stack}, offline"
    code, text = shown(["make", *kind, f"STACK={stack}", f"PROJECT={branch}"], BASE)
    verdict = "passes" if code == 0 else "is refused by"
    parts = [f"### {title}: {verdict} the base branch's policy pack\n", fenced(text)]
    if not state:
        own, text = shown(["make", "preview", f"STACK={stack}"], branch)
        same = "agrees" if (own == 0) == (code == 0) else "**disagrees**"
        parts.append(f"The branch's own pack {same} (for information).\n" + ("" if same == "agrees" else fenced(text)))
    report.write_text("\n".join(parts))
    return code


def shown(command: list[str], folder: Path) -> tuple[int, str]:
    """Run a command and print what it prints; its exit code and its output."""
    done = subprocess.run(command, cwd=folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # noqa: S603 - ours
    text = done.stdout.decode(errors="replace")
    sys.stdout.write(text)
    sys.stdout.flush()
    return done.returncode, text


def fenced(text: str) -> str:
    """Text of a program that nobody has read yet, so that it can only be read as text."""
    cut = text if len(text) <= LONGEST else f"(the beginning is in the log)\n{text[-LONGEST:]}"
    calm = "".join(char if char.isprintable() or char == "\n" else " " for char in cut.replace("```", "'''"))
    return f"```text\n{calm.rstrip()}\n```\n"


def body(folder: Path) -> str:
    """The whole comment from the reports in a folder."""
    reports = [file.read_text(errors="replace") for file in sorted(folder.glob("*.md"))]
    missing = "No preview came to an end; see the log.\n"
    return "\n".join([MARK, *(reports or [missing])])[:65_000]


def comment(repository: str, number: str, folder: Path) -> None:
    """Write the comment, or renew the one that an earlier run wrote. Raises CommentError."""
    if not re.fullmatch(r"[1-9][0-9]*", number):
        raise CommentError(f"NUMBER is {number!r}: must be the pull request's number, such as 7")
    path = f"repos/{repository}/issues/{number}/comments"
    listed = json.loads(api(f"{path}?per_page=100"))
    ours = [one["id"] for one in listed if one["user"]["login"] == AUTHOR and one["body"].startswith(MARK)]
    where, method = (f"repos/{repository}/issues/comments/{ours[0]}", "PATCH") if ours else (path, "POST")
    api(where, method=method, content={"body": body(folder)})


def api(path: str, *, method: str = "GET", content: dict[str, Any] | None = None) -> str:
    """One call of GitHub's API by its own program, which has the token from the environment. Raises CommentError."""
    command = ["gh", "api", "--method", method, path, *(["--input", "-"] if content else [])]
    given = json.dumps(content) if content else None
    try:
        done = subprocess.run(command, input=given, check=False, capture_output=True, text=True)  # noqa: S603 - gh
    except FileNotFoundError:
        raise CommentError("gh is not on PATH: install GitHub's command line") from None
    if done.returncode:
        said = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
        raise CommentError(f"{method} {path}: {said}. Check repository, number and token")
    return done.stdout


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("preview")
    one.add_argument("stack", choices=["staging", "prod"])
    one.add_argument("--branch", type=Path, required=True, help="the checkout to judge")
    one.add_argument("--report", type=Path, required=True, help="a Markdown file to write")
    one.add_argument("--state", help="the backend's address: preview on a copy of the real state without its secrets")
    other = commands.add_parser("comment")
    other.add_argument("repository", help="OWNER/NAME")
    other.add_argument("number", help="the pull request's")
    other.add_argument("reports", type=Path)
    chosen = parser.parse_args()
    if chosen.command == "preview":
        return preview(chosen.stack, chosen.branch.resolve(), chosen.report, chosen.state)
    try:
        comment(chosen.repository, chosen.number, chosen.reports)
    except CommentError as error:
        sys.exit(f"comment: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
