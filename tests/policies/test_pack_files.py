"""The pack as the engine meets it: its configuration files and its documentation."""

import json
from pathlib import Path

import pytest
from pack.adapter import policies
from pack.catalogue import page

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("stack", ["prod", "staging", "local"])
def test_every_key_of_a_configuration_file_is_a_policy(stack: str) -> None:
    names = {policy.name for policy in policies()}
    configured = json.loads((PROJECT / "policies" / f"config.{stack}.json").read_text())
    assert set(configured) <= names | {"all"}


def test_the_documentation_is_fresh() -> None:
    assert (PROJECT / "docs" / "policies.md").read_text() == page()
