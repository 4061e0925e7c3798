"""Copies of the project for tests on the real engine; every copy is taken down again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.project_copy import ProjectCopy

SPEED = 10
"""Route 53's seconds pass ten times faster where a test does not measure them."""


@pytest.hookimpl(tryfirst=True)  # before `-m` looks at the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that share the deployed stack: `make test` gives them one process, so that there is one stack."""
    for item in items:
        if "deployed" in getattr(item, "fixturenames", ()):
            item.add_marker("deployed")


@pytest.fixture
def project(tmp_path: Path) -> ProjectCopy:
    """A copy that has deployed nothing: for offline previews."""
    return ProjectCopy.make_in(tmp_path / "project")


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectCopy]:
    """A copy with the local stack live; a test that changes it brings it back."""
    copy = ProjectCopy.make_in(tmp_path_factory.mktemp("deployed") / "project")
    try:
        copy.make("up", f"SPEED={SPEED}", seconds=600)
        yield copy
    finally:
        copy.make("down")
