"""The working copy of a stack file: what the tracked file says, and what the walk has reached."""

from __future__ import annotations

import copy
import shutil
from typing import Any

import yaml

from sandbox.stack.layout import Layout
from sandbox.stack.secret_values import replaced

SALT = "encryptionsalt"
ENCRYPTING = frozenset({SALT, "encryptedkey", "secretsprovider"})
KEY = "cognito-dr:"


def derive(tracked: dict[str, Any], reached: dict[str, Any] | None) -> dict[str, Any]:
    """The tracked content with the salt, phase and pool ID that an earlier working copy has reached.

    The tracked file's way to encrypt is left out, and what it has encrypted: the sandbox's states use a passphrase.
    """
    content = {key: value for key, value in copy.deepcopy(tracked).items() if key not in ENCRYPTING}
    content["config"] = replaced(content["config"], reached["config"] if reached else {})
    if reached is None:
        return content
    if SALT in reached:
        content[SALT] = reached[SALT]
    config, before = content["config"], reached["config"]
    config[f"{KEY}rollout"] = before[f"{KEY}rollout"]
    if pool_id := before[f"{KEY}pool"].get("id"):
        config[f"{KEY}pool"]["id"] = pool_id
    return content


def advanced(content: dict[str, Any], to: str, pool_id: str, record: str) -> dict[str, Any]:
    """The content at a later phase: the founded pool's ID is known, and where the rollout record lies."""
    further = copy.deepcopy(content)
    further["config"][f"{KEY}pool"]["id"] = pool_id
    further["config"][f"{KEY}rollout"] = {"phase": to, "record": record}
    return further


def phase(content: dict[str, Any]) -> str:
    """The phase that the content asks for."""
    return str(content["config"][f"{KEY}rollout"]["phase"])


def protected(content: dict[str, Any]) -> bool:
    """Whether the content protects the stack from being destroyed."""
    return bool(content["config"][f"{KEY}protect"])


def recovers_fast(content: dict[str, Any]) -> bool:
    """Whether the content's zone has accelerated recovery, with which AWS deletes no zone."""
    dns = content["config"].get(f"{KEY}dns") or {}
    return dns.get("zone") == "created" and dns.get("acceleratedRecovery", True)


def released(content: dict[str, Any]) -> dict[str, Any]:
    """The content without what keeps a stack from being destroyed: protection, and accelerated recovery of its zone."""
    free = copy.deepcopy(content)
    free["config"][f"{KEY}protect"] = False
    if recovers_fast(content):
        free["config"][f"{KEY}dns"]["acceleratedRecovery"] = False
    return free


def read(layout: Layout) -> dict[str, Any]:
    """The working copy's content."""
    return yaml.safe_load(layout.stack_file.read_text())


def write(layout: Layout, content: dict[str, Any]) -> None:
    """Replace the working copy as a whole."""
    fresh = layout.stack_file.with_suffix(".new")
    fresh.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True))
    fresh.replace(layout.stack_file)


def refresh(layout: Layout) -> dict[str, Any]:
    """Bring the working copy up to date with the tracked files; its content."""
    reached = read(layout) if layout.stack_file.exists() else None
    layout.config.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(layout.project / "Pulumi.yaml", layout.config / "Pulumi.yaml")
    content = derive(yaml.safe_load(layout.tracked_stack_file.read_text()), reached)
    write(layout, content)
    return content
