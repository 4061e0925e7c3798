"""The states as they lie in this folder: compressed JSON, the same bytes for the same state."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent
STACKS: Final = ("prod", "staging")


def load(stack: str) -> dict[str, Any]:
    """A stored state."""
    return json.loads(gzip.decompress((FOLDER / f"{stack}.json.gz").read_bytes()))


def save(stack: str, state: dict[str, Any]) -> None:
    """Store a state."""
    text = json.dumps(state, sort_keys=True, separators=(",", ":"))
    (FOLDER / f"{stack}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def shape(state: dict[str, Any]) -> dict[str, list[str]]:
    """Every resource with the names of its properties: what a program changes and a sandbox's random names do not."""
    resources = state["deployment"]["resources"]
    return {one["urn"]: sorted({*one.get("inputs", {}), *one.get("outputs", {})}) for one in resources}
