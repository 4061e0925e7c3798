"""What the verdict endpoint says, from the table's items. Pure: no network, no clock, no AWS.

Route 53 looks for PRIMARY_DOWN (inverted check) and for PRIMARY_UP (the check that only alarms), so the body holds one
of the two words and never the other. Times in epoch milliseconds.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

REASON_CHARACTERS = 300
UP, DOWN = "UP", "DOWN"


class Said(NamedTuple):
    """The last word of this process: what it repeats while the table cannot be read."""

    word: str = UP
    forced: bool = False
    pinned: bool = False


def word_of(serving: Mapping[str, Any] | None) -> str:
    """The item's word; the primary's without one: nothing has been said against it."""
    return DOWN if serving and serving.get("word") == DOWN else UP


def fold(word: str, *, forced: bool, pinned: bool) -> str:
    """Force and pin above the word: force wins, as it does in the calculated check."""
    if forced:
        return DOWN
    return UP if pinned else word


def age_of(serving: Mapping[str, Any] | None, now: int) -> float | None:
    """Seconds since the item was written; None without an item that says so."""
    observed_at = serving.get("observedAt") if serving else None
    return None if not isinstance(observed_at, int) else (now - observed_at) / 1000


def say(
    serving: Mapping[str, Any] | None, override: Mapping[str, Any] | None, now: int, stale_after: float
) -> tuple[Said, dict[str, Any]]:
    """The word and its explanation. An item older than `stale_after` seconds is UNKNOWN; its word repeats."""
    override = override or {}
    forced, pinned = override.get("force") is True, override.get("pin") is True
    serving, age = serving or {}, age_of(serving, now)
    stale = age is None or age > stale_after
    verdict = serving.get("verdict")
    about = {
        "verdict": verdict if verdict in (UP, DOWN) and not stale else "UNKNOWN",
        "reason": str(serving.get("reason", "no item")),
        "ageSeconds": age,
        "canary": serving.get("canary"),
    }
    return Said(fold(word_of(serving), forced=forced, pinned=pinned), forced, pinned), about


def unreadable(reason: str) -> dict[str, Any]:
    """The explanation when the table does not answer."""
    return {"verdict": "UNKNOWN", "reason": reason, "ageSeconds": None, "canary": None}


def response(said: Said, about: Mapping[str, Any]) -> dict[str, Any]:
    """The HTTP answer: always 200, because the status is for the endpoint, the word for the primary."""
    # What others wrote into the item must not become a word of ours.
    shown = {
        key: value.replace("PRIMARY_", "")[:REASON_CHARACTERS] if isinstance(value, str) else value
        for key, value in about.items()
    }
    line = json.dumps(shown | {"forced": said.forced, "pinned": said.pinned}, sort_keys=True)
    return {
        "statusCode": 200,
        "headers": {"content-type": "text/plain; charset=utf-8", "cache-control": "no-store"},
        "body": f"PRIMARY_{said.word}\n{line}\n",
    }
