"""The rollout record: what `cognito-dr verify --record` found, and whether it lets the stack go on to its phase."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from settings.model import Phase, Settings

SCHEMA_VERSION = 1
COMMAND = "cognito-dr verify --record"


def record_file(settings: Settings, stack: str) -> str:
    """Where the record lies, relative to the project unless it is absolute."""
    return settings.rollout.record or f"rollout/{stack}.json"


def unmet(settings: Settings, file: Path) -> str | None:
    """Why the stack may not go to its phase, with what to do; None when it may.

    Phases domain and live lead users by names and checks that only a look from outside can judge: that the zone is
    delegated, that new health checks have settled, that the replica serves. Raises nothing: an unreadable record counts
    as none.
    """
    wanted = Phase(settings.rollout.phase).before if settings.rollout.routed else None
    if wanted is None:
        return None
    need = f"rollout.phase is {settings.rollout.phase}, which needs a record of phase {wanted}"
    mend = f"Set rollout.phase to {wanted}, run `pulumi up`, then `{COMMAND} {file}`, and set it back."
    record = _read(file)
    if record is None:
        return f"{need}, and {file} is no such record. {mend}"
    if record.get("schemaVersion") != SCHEMA_VERSION:
        return f"{need}, but {file} has schemaVersion {record.get('schemaVersion')!r}, not {SCHEMA_VERSION}. {mend}"
    if record.get("stack") != settings.name or record.get("poolId") != settings.pool.id:
        found = f"{record.get('stack')} with pool {record.get('poolId')}"
        return f"{need} for {settings.name} with pool {settings.pool.id}, but {file} is of {found}. {mend}"
    reached = record.get("phase")
    order = list(Phase)
    if reached not in order or order.index(Phase(reached)) < order.index(wanted):
        return f"{need}, but {file} is of phase {reached}. {mend}"
    return None


def _read(file: Path) -> dict[str, Any] | None:
    try:
        record = json.loads(file.read_text())
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None
