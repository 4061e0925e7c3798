"""Taking the local stack down leaves nothing; a protected stack cannot be destroyed."""

import json
import os
from pathlib import Path

import pytest

from tests.engine.project_copy import ProjectCopy

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]


def processes_of(copy: ProjectCopy) -> list[str]:
    """Command lines of live processes that speak of the copy's folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # it has ended meanwhile
        if str(copy.folder) in words:
            found.append(words)
    return found


def test_down_leaves_no_process_and_no_working_copy(project: ProjectCopy) -> None:
    project.make("up", "PHASE=replication")
    assert processes_of(project)
    project.make("down")
    assert processes_of(project) == []
    assert not (project.folder / ".sandbox" / "config").exists()


def test_down_works_when_the_cloud_is_gone_and_up_starts_over(project: ProjectCopy) -> None:
    project.make("up", "PHASE=foundation")
    first = project.manifest()["pool"]["id"]
    endpoints = json.loads((project.folder / ".sandbox" / "cloud" / "endpoints.json").read_text())
    os.kill(endpoints["pid"], 9)
    project.make("up", "PHASE=foundation")
    assert project.manifest()["pool"]["id"] != first
    endpoints = json.loads((project.folder / ".sandbox" / "cloud" / "endpoints.json").read_text())
    os.kill(endpoints["pid"], 9)
    project.make("down")
    assert processes_of(project) == []


def test_a_protected_stack_refuses_to_be_destroyed(project: ProjectCopy) -> None:
    project.replace("Pulumi.local.yaml", "cognito-dr:protect: false", "cognito-dr:protect: true")
    try:
        project.make("up", "PHASE=foundation")
        output = project.pulumi("destroy", "--yes", expect=None)
        assert "protect" in output
    finally:
        project.make("down")
    assert processes_of(project) == []
