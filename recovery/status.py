"""The state of the failover path as `override status` tells it: a pure report of what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from recovery.arc import State
from recovery.clock import span
from recovery.override import Switches
from recovery.verdicts import Override, Verdict


@dataclass(frozen=True, kw_only=True)
class Found:
    """What could be read; where something could not, the text says why. `at` is in epoch seconds."""

    at: float
    switches: Switches | str
    verdict: Verdict | str | None
    item: Override | str | None
    serving: str
    endpoints: Mapping[str, dict[str, State] | str] = field(default_factory=dict)


def lines(found: Found) -> Iterator[tuple[str, str]]:
    """Name and value, in reading order."""
    if isinstance(found.switches, str):
        yield "force-secondary", f"unknown: {found.switches}"
        yield "pin-primary", "unknown"
    else:
        yield "force-secondary", _on(found.switches.force)
        yield "pin-primary", _on(found.switches.pin)
    yield from _verdict(found)
    yield "latch", _latch(found)
    yield "serving", found.serving
    for region, state in found.endpoints.items():
        yield f"endpoint {region}", f"does not serve: {state}" if isinstance(state, str) else "alive"
    if found.endpoints:
        alive = sum(not isinstance(state, str) for state in found.endpoints.values())
        yield "endpoints alive", f"{alive} of {len(found.endpoints)}"


def _verdict(found: Found) -> Iterator[tuple[str, str]]:
    match found.verdict:
        case None:
            yield "verdict", "none yet: the prober has not run"
        case Verdict() as verdict:
            stale = "" if verdict.fresh(found.at) else " (stale: it counts as UNKNOWN)"
            yield "verdict", f"{verdict.verdict}{stale}" + (f", {verdict.reason}" if verdict.reason else "")
            yield "word", verdict.word
            yield "age", span(max(0.0, verdict.age(found.at)))
            yield "canary", verdict.canary or "unknown"
        case problem:
            yield "verdict", f"unknown: {problem}"


def _latch(found: Found) -> str:
    """Routing controls do not keep who turned them on; the item does."""
    if isinstance(found.switches, str):
        return "unknown"
    if not found.switches.force:
        return "not engaged"
    if isinstance(found.item, Override) and found.item.reason == "latch":
        return f"engaged by {found.item.by}"
    if isinstance(found.item, Override) and found.item.force and found.item.by == "cognito-dr":
        return f"not engaged: forced by {found.item.by} ({found.item.reason})"
    return "force-secondary is On: by the latch or by hand, routing controls do not keep by whom"


def _on(value: bool) -> str:
    return "On" if value else "Off"
