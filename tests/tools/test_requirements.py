"""The requirement files pin everything that pyproject.toml asks for, with hashes, and name no address."""

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text())
GROUPS = PYPROJECT["dependency-groups"]
PROGRAM = PYPROJECT["project"]["dependencies"]


def wanted(group: str) -> list[str]:
    """The requirements of a group, with those of the groups it includes."""
    direct = [entry for entry in GROUPS[group] if isinstance(entry, str)]
    included = [entry["include-group"] for entry in GROUPS[group] if isinstance(entry, dict)]
    return direct + [requirement for name in included for requirement in wanted(name)]


FILES = {
    "requirements.txt": PROGRAM,
    "policies/requirements.txt": wanted("pack"),
    "requirements/dev.txt": PROGRAM + wanted("dev"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_direct_requirement_is_pinned(name: str) -> None:
    pins = set(re.findall(r"^([a-z0-9-]+)==", (PROJECT / name).read_text(), re.MULTILINE))
    assert {re.split(r"[<>=]", requirement)[0] for requirement in FILES[name]} <= pins


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_a_hash_and_no_address(name: str) -> None:
    text = (PROJECT / name).read_text()
    pins = re.findall(r"^[a-z0-9-]+==.*(?:\n    .*)*", text, re.MULTILINE)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "://" not in text
