"""Parts of the overlay that need no running cloud."""

import dataclasses
from pathlib import Path

import pytest

from sandbox.cloud.allowed import ALWAYS, PRIMARY_ONLY, WHILE_ACTIVE, answered_by_secondary
from sandbox.cloud.assumptions import DEFAULT, Assumptions
from sandbox.cloud.errors import CloudError

ROOT = Path(__file__).parents[2]


def test_a_secondary_answers_43_operations_and_16_more_while_active() -> None:
    assert (len(ALWAYS), len(WHILE_ACTIVE)) == (43, 16)
    assert not ALWAYS & WHILE_ACTIVE
    assert PRIMARY_ONLY <= ALWAYS


@pytest.mark.parametrize(
    ("action", "status", "answered"),
    [
        ("DescribeUserPool", "INACTIVE", True),
        ("InitiateAuth", "INACTIVE", False),
        ("InitiateAuth", "ACTIVE", True),
        ("SignUp", "ACTIVE", False),
        ("DeleteUserPoolReplica", "INACTIVE", False),
        ("AnOperationOfTheFuture", "ACTIVE", False),
    ],
)
def test_what_is_not_listed_is_not_answered(action: str, status: str, answered: bool) -> None:
    assert answered_by_secondary(action, status) is answered


def test_every_assumption_is_explained_in_the_documentation() -> None:
    text = (ROOT / "docs" / "sandbox.md").read_text()
    for field in dataclasses.fields(Assumptions):
        value = getattr(DEFAULT, field.name)
        shown = ", ".join(value) if isinstance(value, tuple) else str(value).lower()
        assert f"| `{field.name}` | {shown} |" in text, f"docs/sandbox.md: {field.name} = {shown}"


@pytest.mark.parametrize("name", ["replication_lag", "replica_creation", "replica_deletion"])
@pytest.mark.parametrize("value", [-0.1, 3601, float("nan")])
def test_a_time_outside_its_range_is_refused(name: str, value: float) -> None:
    with pytest.raises(CloudError, match=rf"{name} is .*: must be between 0 and 3600 seconds"):
        dataclasses.replace(DEFAULT, **{name: value})
