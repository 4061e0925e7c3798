"""An update to phase domain or live needs a record of the phase before, of this stack and pool."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings import Settings, load
from settings.rollout_record import record_file, unmet
from tests.test_settings import changed

RECORD = {"schemaVersion": 1, "stack": "identity", "poolId": "us-east-1_AbCdEf123", "phase": "replication"}


def stack(phase: str) -> Settings:
    return load(changed("rollout.phase", phase), "f")


def written(folder: Path, content: Any) -> Path:
    file = folder / "record.json"
    file.write_text(json.dumps(content))
    return file


@pytest.mark.parametrize("phase", ["foundation", "replication"])
def test_the_first_phases_need_no_record(phase: str, tmp_path: Path) -> None:
    assert unmet(stack(phase), tmp_path / "none") is None


@pytest.mark.parametrize(
    ("phase", "reached", "goes_on"),
    [
        ("domain", "foundation", False),
        ("domain", "replication", True),
        ("domain", "live", True),
        ("live", "replication", False),
        ("live", "domain", True),
        ("live", "nowhere", False),
    ],
)
def test_a_phase_needs_the_one_before(phase: str, reached: str, goes_on: bool, tmp_path: Path) -> None:
    problem = unmet(stack(phase), written(tmp_path, RECORD | {"phase": reached}))
    assert (problem is None) is goes_on
    if problem:
        assert f"rollout.phase is {phase}" in problem
        assert "cognito-dr verify --record" in problem


@pytest.mark.parametrize("other", [{"stack": "another"}, {"poolId": "us-east-1_Other"}, {"schemaVersion": 2}])
def test_a_record_of_another_stack_or_shape_is_none(other: dict[str, Any], tmp_path: Path) -> None:
    assert unmet(stack("domain"), written(tmp_path, RECORD | other))


def test_a_missing_record_says_what_to_do(tmp_path: Path) -> None:
    problem = unmet(stack("domain"), tmp_path / "record.json")
    assert problem is not None
    assert "Set rollout.phase to replication, run `pulumi up`" in problem


@given(st.text() | st.binary().map(repr))
def test_no_content_of_the_file_raises(text: str) -> None:
    class Held:
        def read_text(self) -> str:
            return text

    assert unmet(stack("domain"), Held())  # ty: ignore[invalid-argument-type] stands for a file


def test_the_record_lies_beside_the_project_unless_the_stack_says_where() -> None:
    assert record_file(stack("domain"), "prod") == "rollout/prod.json"
    assert record_file(load(changed("rollout.record", "/x.json"), "f"), "prod") == "/x.json"
