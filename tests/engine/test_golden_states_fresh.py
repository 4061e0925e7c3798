"""The golden states are what today's program deploys."""

from pathlib import Path

import pytest

from tests.golden.__main__ import made
from tests.golden.store import STACKS, load, shape

pytestmark = [pytest.mark.engine, pytest.mark.nightly, pytest.mark.timeout(1800)]


@pytest.mark.parametrize("stack", STACKS)
def test_a_golden_state_has_the_resources_and_properties_of_todays_program(stack: str, tmp_path: Path) -> None:
    assert shape(made(stack, tmp_path / "project")) == shape(load(stack)), "run `python -m tests.golden`"
