"""The pack without our program: copied by itself, installed by `pulumi install`, used on raw resources."""

import re
import shutil
from pathlib import Path

import pytest

from tests.engine.project_copy import ProjectCopy
from tests.engine.raw_program import RawProgram

pytestmark = [pytest.mark.engine, pytest.mark.nightly, pytest.mark.timeout(600)]

MANDATORY = re.compile(r"\[mandatory\] \[severity: \w+\]\s+(\S+)")


def test_the_pack_installs_and_judges_in_a_folder_that_holds_nothing_else(project: ProjectCopy, tmp_path: Path) -> None:
    project.make("preview", "STACK=local")  # fills the plugin cache
    program = RawProgram.make(project, "certificate_elsewhere", tmp_path / "state")
    alone = tmp_path / "alone" / "policies"
    shutil.copytree(project.folder / "policies", alone, ignore=shutil.ignore_patterns("__pycache__"))
    project.run("pulumi", "-C", str(alone), "install", environment=program.environment)
    installed = {path.name for path in (alone.parent / ".venv").glob("lib/python*/site-packages/pulumi*")}
    assert "pulumi_policy" in installed
    assert not any(name.startswith("pulumi_aws") for name in installed)
    output = program.pulumi("preview", "--policy-pack", str(alone), expect=None)
    assert set(MANDATORY.findall(output)) == {"certificate-in-us-east-1"}
