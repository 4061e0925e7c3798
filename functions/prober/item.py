"""The table's items, the next from the last. Pure: no network, no clock, no AWS. Times in epoch milliseconds.

`serving` is what the verdict endpoint reads, `prober#<region>` what one prober saw, `override` force and pin.
"""

from collections.abc import Mapping
from typing import Any

import latch
from verdict import Canary, Judgement, Observation

SERVING = "serving"
OVERRIDE = "override"
Item = dict[str, Any]


def prober_id(region: str) -> str:
    """The key of a prober's own item."""
    return f"prober#{region}"


def observation_of(item: Mapping[str, Any] | None) -> Observation | None:
    """A prober's item as an observation; None when there is none, or none that can be read."""
    if item is None or item.get("verdict") not in ("UP", "DOWN", "UNKNOWN"):
        return None
    observed_at, since = item.get("observedAt"), item.get("downSince")
    if not isinstance(observed_at, int):
        return None
    return Observation(item["verdict"], observed_at, since if isinstance(since, int) else None)


def own(previous: Observation | None, judged: Judgement, now: int, interval: int) -> Observation:
    """This prober's observation of this round."""
    since = latch.down_since(previous, judged.verdict, now, interval)
    return Observation(judged.verdict, now, since)


def prober_item(region: str, seen: Observation, reason: str) -> Item:
    """A prober's own item."""
    item = {"id": prober_id(region), "verdict": seen.verdict, "reason": reason, "observedAt": seen.observed_at}
    return item if seen.down_since is None else item | {"downSince": seen.down_since}


def version_of(item: Mapping[str, Any] | None) -> int | None:
    """The version a conditional write has to find; None: there must be no item, or none with a version."""
    version = item.get("version") if item else None
    return version if isinstance(version, int) else None


def next_item(
    old: Mapping[str, Any] | None, judged: Judgement, agreed: int | None, now: int, *, canary: Canary, by: str
) -> Item:
    """The next shared item. While the verdict is UNKNOWN the word repeats: UNKNOWN moves nothing."""
    old = old or {}
    last = old.get("word") if old.get("word") in ("UP", "DOWN") else "UP"
    known = judged.verdict != "UNKNOWN"
    item = {
        "id": SERVING,
        "word": judged.verdict if known else last,
        "verdict": judged.verdict,
        "reason": judged.reason,
        "observedAt": now,
        "canary": canary,
        "by": by,
        "version": (version_of(old) or 0) + 1,
    }
    decided_at = now if known else old.get("decidedAt")
    optional = {"decidedAt": decided_at, "downSince": agreed if judged.verdict == "DOWN" else None}
    return item | {key: value for key, value in optional.items() if value is not None}


def flags(item: Mapping[str, Any] | None) -> tuple[bool, bool]:
    """Force and pin of the override's item; without an item nothing is forced or pinned."""
    item = item or {}
    return item.get("force") is True, item.get("pin") is True


def override_item(*, force: bool, pin: bool, by: str, at: int, reason: str) -> Item:
    """The next override."""
    return {"id": OVERRIDE, "force": force, "pin": pin, "by": by, "at": at, "reason": reason}
