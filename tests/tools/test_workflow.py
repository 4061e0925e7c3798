"""The workflows: what they may do, that their linters would notice, and what is written on a pull request."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools import pull_request

PROJECT = Path(__file__).parents[2]
FILE = PROJECT / ".github" / "workflows" / "preview.yml"
WORKFLOW: dict[Any, Any] = yaml.safe_load(FILE.read_text())
JOBS: dict[str, Any] = WORKFLOW["jobs"]
NIGHTLY = FILE.with_name("nightly.yml")
SAME_REPOSITORY = "github.event.pull_request.head.repo.full_name == github.repository"
BIN = Path(sys.executable).parent
both = pytest.mark.parametrize("file", [FILE, NIGHTLY], ids=lambda file: file.stem)


def linted(text: str, folder: Path) -> tuple[int, int]:
    """The exit codes of the schema check and of the security check for a workflow."""
    (folder / ".github" / "workflows").mkdir(parents=True)
    file = folder / ".github" / "workflows" / "preview.yml"
    file.write_text(text)
    schema = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", file]
    holes = [
        BIN / "zizmor",
        "--offline",
        "--quiet",
        "--persona",
        "pedantic",
        folder / ".github",
    ]
    first, second = (subprocess.run(command, capture_output=True, check=False) for command in (schema, holes))
    return first.returncode, second.returncode


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in yaml.safe_load(file.read_text())["jobs"].values() for step in job["steps"]]


def test_these_are_all_workflows() -> None:
    assert sorted(FILE.parent.iterdir()) == [NIGHTLY, FILE]


@both
def test_a_workflow_passes_its_linters(tmp_path: Path, file: Path) -> None:
    assert linted(file.read_text(), tmp_path) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new", "schema"),
    [
        ("actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8", "actions/checkout@v5", False),
        ("permissions: {}", "permissions: write-all", False),
        ('preview "$STACK" --branch', "preview ${{ github.event.pull_request.title }} --branch", False),
        ("  pull_request:\n", "  pull_request_target:\n", False),
        ("          persist-credentials: false\n", "", False),
        ("    runs-on: ubuntu-24.04\n", "", True),
    ],
)
def test_the_linters_notice_a_hole(tmp_path: Path, old: str, new: str, schema: bool) -> None:
    text = FILE.read_text()
    assert old in text
    codes = linted(text.replace(old, new), tmp_path)
    assert codes[0 if schema else 1] != 0


@both
def test_every_action_is_pinned_by_commit_and_says_its_release(file: Path) -> None:
    uses = re.findall(r"uses: (\S+)(.*)", file.read_text())
    assert uses
    for action, comment in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)


def test_both_workflows_have_the_same_release_of_an_action() -> None:
    pinned = {use for file in (FILE, NIGHTLY) for use in re.findall(r"uses: (.*)", file.read_text())}
    assert len({use.partition("@")[0] for use in pinned}) == len(pinned)


def test_every_night_all_tests_run_without_any_right_but_to_read() -> None:
    nightly: dict[Any, Any] = yaml.safe_load(NIGHTLY.read_text())
    assert set(nightly[True]) == {"schedule", "workflow_dispatch"}
    assert nightly["permissions"] == {}
    assert [job["permissions"] for job in nightly["jobs"].values()] == [{"contents": "read"}]
    assert steps(NIGHTLY)[-1] == {"run": "make nightly"}
    assert "secrets." not in NIGHTLY.read_text()


def test_nothing_is_permitted_by_default_and_only_the_approved_job_gets_a_token() -> None:
    assert WORKFLOW["permissions"] == {}
    writing = {name: {k for k, v in job["permissions"].items() if v == "write"} for name, job in JOBS.items()}
    comments = {"comment": {"pull-requests"}, "renew": {"pull-requests"}}
    assert writing == {"check": set(), "offline": set(), "real": {"id-token"}} | comments
    assert "secrets." not in FILE.read_text()
    assert list(WORKFLOW[True]) == ["pull_request"]


def test_real_state_waits_for_an_approval_and_is_never_a_forks() -> None:
    assert JOBS["real"]["if"] == SAME_REPOSITORY
    assert JOBS["real"]["environment"] == "preview-${{ matrix.stack }}"
    assert JOBS["real"]["needs"] == ["check", "offline", "comment"]


def test_the_offline_verdict_is_told_before_the_decision_and_the_comment_renewed_after_it() -> None:
    assert JOBS["comment"]["needs"] == ["offline"]
    assert JOBS["renew"]["needs"] == ["real"]
    assert "needs.real.result == 'failure'" in JOBS["renew"]["if"]
    for job in ("comment", "renew"):
        assert JOBS[job]["if"].startswith("always()")
        assert JOBS[job]["if"].endswith(SAME_REPOSITORY)
    words = [JOBS[job]["steps"][-1]["run"] for job in ("comment", "renew")]
    assert words[0] == words[1]


def test_credentials_come_after_the_set_up_of_the_branch() -> None:
    names = [step.get("uses", step.get("run", "")) for step in JOBS["real"]["steps"]]
    role = next(at for at, name in enumerate(names) if "configure-aws-credentials" in name)
    assert any("branch/tools/bootstrap.py" in name for name in names[:role])


def test_the_base_branchs_checkout_judges_in_every_preview() -> None:
    for job in ("offline", "real"):
        base, branch = (step["with"] for step in JOBS[job]["steps"] if "checkout" in step.get("uses", ""))
        assert base["ref"] == "${{ github.event.pull_request.base.sha }}"
        assert (base["path"], branch["path"]) == ("base", "branch")
        assert any("base/tools/pull_request.py preview" in step.get("run", "") for step in JOBS[job]["steps"])


@pytest.mark.parametrize("job", ["comment", "renew"])
def test_a_job_that_writes_checks_out_nothing_of_the_branch(job: str) -> None:
    checkouts = [step["with"] for step in JOBS[job]["steps"] if "checkout" in step.get("uses", "")]
    assert [one["ref"] for one in checkouts] == ["${{ github.event.pull_request.base.sha }}"]


@both
def test_every_step_that_runs_something_runs_what_the_repository_has(file: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    for step in steps(file):
        for target in re.findall(r"\bmake ([a-z-]+)", step.get("run", "")):
            assert target in targets
        for script in re.findall(r"python3 (?:base/|branch/)?(\S+\.py)", step.get("run", "")):
            assert (PROJECT / script).is_file()


def test_the_owners_cover_what_judges_a_pull_request() -> None:
    covered = re.findall(r"^(/\S+)", (PROJECT / ".github" / "CODEOWNERS").read_text(), re.MULTILINE)
    assert {"/policies/", "/.github/", "/tools/", "/sandbox/stack/", "/Makefile", "/docs/iam/"} <= set(covered)
    assert all((PROJECT / path.strip("/")).exists() for path in covered)


GH = """#!{python}
import json, pathlib, sys
log = pathlib.Path(__file__).with_name("calls.jsonl")
body = sys.stdin.read() if "--input" in sys.argv else None
with log.open("a") as out:
    out.write(json.dumps([sys.argv[3:5] + sys.argv[1:2], body and json.loads(body)]) + "\\n")
print(pathlib.Path(__file__).with_name("comments.json").read_text())
"""


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for GitHub's program: it knows the comments in a file and keeps what it is asked."""
    folder = tmp_path / "gh"
    folder.mkdir()
    (folder / "gh").write_text(GH.format(python=sys.executable))
    (folder / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def written(github: Path) -> list[Any]:
    return [json.loads(line) for line in (github / "calls.jsonl").read_text().splitlines()]


@pytest.mark.parametrize(
    ("comments", "method", "path"),
    [
        ([], "POST", "repos/o/r/issues/7/comments"),
        (
            [
                {"id": 1, "user": {"login": "mallory"}, "body": pull_request.MARK},
                {"id": 2, "user": {"login": pull_request.AUTHOR}, "body": "something else"},
                {"id": 3, "user": {"login": pull_request.AUTHOR}, "body": f"{pull_request.MARK}\nold"},
            ],
            "PATCH",
            "repos/o/r/issues/comments/3",
        ),
    ],
)
def test_there_is_one_comment_of_ours_and_it_is_renewed(
    github: Path, tmp_path: Path, comments: list[Any], method: str, path: str
) -> None:
    (github / "comments.json").write_text(json.dumps(comments))
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "offline-prod.md").write_text("### prod, offline: passes\n")
    pull_request.comment("o/r", "7", reports)
    [words, content] = written(github)[-1]
    assert words[:2] == [method, path]
    assert content["body"].startswith(pull_request.MARK)
    assert "prod, offline: passes" in content["body"]


def commented(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROJECT / "tools" / "pull_request.py"), "comment", *words]
    return subprocess.run(command, capture_output=True, check=False, text=True)


@pytest.mark.parametrize("number", ["", "seven", "-1", "0", "7/comments?x="])
def test_a_wrong_number_is_one_line(github: Path, tmp_path: Path, number: str) -> None:
    done = commented("o/r", "--", number, str(tmp_path)) if number == "-1" else commented("o/r", number, str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"comment: NUMBER is {number!r}: must be the pull request's number, such as 7\n"
    assert not (github / "calls.jsonl").exists()


def test_what_github_refuses_is_one_line(github: Path, tmp_path: Path) -> None:
    (github / "gh").write_text(f"#!{sys.executable}\nimport sys\nsys.exit('gh: Not Found\\n(HTTP 404)')\n")
    done = commented("o/r", "4711", str(tmp_path))
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("comment: GET repos/o/r/issues/4711/comments?per_page=100: gh: Not Found (HTTP 404).")


def test_a_programs_output_stays_text_in_the_comment() -> None:
    shown = pull_request.fenced("before\n```\n## merged by @owner\x1b[31m\n" + "x" * 100_000)
    assert shown.count("```") == 2
    assert "\x1b" not in shown
    assert len(shown) < pull_request.LONGEST + 100


def test_a_comment_is_never_longer_than_github_takes(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.md").write_text("y" * 40_000)
    assert len(pull_request.body(tmp_path)) <= 65_536


def test_without_a_report_the_comment_says_so(tmp_path: Path) -> None:
    assert "No preview came to an end" in pull_request.body(tmp_path)
