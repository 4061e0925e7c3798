"""`pulumi policy analyze` over golden states: no program, no provider, no login; good ones pass, broken ones do not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.engine.project_copy import ProjectCopy
from tests.golden.edits import EDITS
from tests.golden.store import STACKS, load

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]

FINDING = re.compile(r"\[(mandatory|advisory)\] \[severity: \w+\]\s+(\S+)")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> ProjectCopy:
    """A copy that has deployed nothing."""
    return ProjectCopy.make_in(tmp_path_factory.mktemp("analyze") / "project")


@pytest.fixture(scope="module")
def environment(copy: ProjectCopy) -> dict[str, str]:
    """The engine's environment, asked for once; a state from a file belongs to no stack."""
    return {key: value for key, value in copy.environment().items() if key != "PULUMI_OPTION_STACK"}


def analyze(
    copy: ProjectCopy, environment: dict[str, str], state: dict[str, Any], file: Path, stack: str, *, expect: int | None
) -> list[tuple[str, str]]:
    """Levels and policies of all findings."""
    file.write_text(json.dumps(state))
    pack = ["--policy-pack", "policies", "--policy-pack-config", f"policies/config.{stack}.json"]
    output = copy.run("pulumi", "policy", "analyze", *pack, "--file", str(file), environment=environment, expect=expect)
    assert "can't run policy" not in output
    return FINDING.findall(output)


@pytest.mark.parametrize("stack", STACKS)
def test_a_good_state_has_no_finding(
    copy: ProjectCopy, environment: dict[str, str], tmp_path: Path, stack: str
) -> None:
    assert analyze(copy, environment, load(stack), tmp_path / "state.json", stack, expect=0) == []


@pytest.mark.parametrize("rule", EDITS)
def test_a_broken_state_is_found_by_exactly_its_rule(
    copy: ProjectCopy, environment: dict[str, str], tmp_path: Path, rule: str
) -> None:
    stack, edit = EDITS[rule]
    found = analyze(copy, environment, edit(load(stack)), tmp_path / "state.json", stack, expect=None)
    assert {policy.removesuffix("-guard") for level, policy in found if level == "mandatory"} == {rule}
