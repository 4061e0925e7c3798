"""What a preview says before it asks the engine: which word of the call is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.stack import offline_preview, state_preview
from sandbox.stack.engine import StackError
from sandbox.stack.layout import PROJECT

Preview = Callable[[str, Path], None]


def offline(stack: str, project: Path) -> None:
    offline_preview.preview(stack, Path("/no-engine"), project)


def on_state(stack: str, project: Path) -> None:
    state_preview.preview(stack, Path("/no-engine"), project, "s3://bucket")


@pytest.mark.parametrize("preview", [offline, on_state])
def test_a_project_that_is_no_checkout_is_named(preview: Preview, tmp_path: Path) -> None:
    for project in (tmp_path, tmp_path / "nope"):
        with pytest.raises(StackError, match=f"^PROJECT is '{project}': there is no checkout"):
            preview("prod", project)


@pytest.mark.parametrize("preview", [offline, on_state])
def test_a_stack_without_a_file_is_named(preview: Preview) -> None:
    with pytest.raises(StackError, match="^STACK is 'nope': there are stack files for local, prod, staging$"):
        preview("nope", PROJECT)


def test_the_list_of_commands_can_be_typed_as_it_is_shown() -> None:
    lines = (PROJECT / "Makefile").read_text().splitlines()
    assert [line for line in lines if " ## " in line and "$$" in line.split(" ## ")[1]] == []
