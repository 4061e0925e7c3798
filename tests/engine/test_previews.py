"""Offline previews of the real stack files, as they are and broken on purpose."""

import re

import pytest

from tests.engine.project_copy import ProjectCopy

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]

MANDATORY = re.compile(r"\[mandatory\]\s+cognito-dr\S*\s+(?:\S+\s+)??([a-z0-9-]+)\b")


@pytest.mark.parametrize("stack", ["prod", "staging", "local"])
def test_a_stack_previews_without_a_violation(project: ProjectCopy, stack: str) -> None:
    output = project.make("preview", f"STACK={stack}")
    assert "offline preview" in output.splitlines()[0]
    assert "[mandatory]" not in output
    assert "can't run policy" not in output
    assert output.count("-undecided") <= 5, output
