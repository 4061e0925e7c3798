"""The rollout record: what the program demands before it goes on to the next phase."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from manifest import Manifest
from recovery.errors import RecoveryError
from recovery.verification.check import Phase, Result

SCHEMA_VERSION = 1


def rollout_record(manifest: Manifest, phase: Phase, results: Sequence[Result]) -> dict[str, Any]:
    """The record's content."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "stack": manifest.name,
        "poolId": manifest.pool.id,
        "phase": phase,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "checks": [
            {"group": r.group, "check": r.line, "held": r.held, "seconds": round(r.seconds, 3), "problem": r.problem}
            for r in results
        ],
    }


def write(file: Path, content: dict[str, Any]) -> None:
    """Write the record. Raises RecoveryError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, indent=2) + "\n")
    except OSError as error:
        raise RecoveryError(f"{file} cannot be written: {error}") from None
