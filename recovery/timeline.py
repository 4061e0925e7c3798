"""What a switch took, from polls and sightings: pure, no clock, no network. All times are seconds on one clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

STEADY_POLLS = 10
"""Good polls in a row that make a recovery; a single one may be luck while the edge still switches."""


@dataclass(frozen=True, kw_only=True)
class Poll:
    """One request of one client. `region` is who served it, where the answer tells."""

    started: float
    ended: float
    good: bool
    region: str | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """Something that was seen to be so."""

    at: float
    value: str


@dataclass(frozen=True, kw_only=True)
class Outage:
    """From a client's first failed poll to the end of its first good one of a steady row; None while it lasts."""

    began: float
    ended: float | None
    failed: int
    details: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Switch:
    """The moments of one switch; None is what was not seen. `outages` is by client name, None for no failure."""

    fault: float
    detection: float | None
    decision: float | None
    record: float | None
    outages: Mapping[str, Outage | None]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The shares that were promised: ours, the records' TTL, the assumed delay of Cognito's edge."""

    own: float
    ttl: float
    edge: float

    def of(self, name: str) -> float:
        """How long a client may go without; the edge is in the way of the auth domain only."""
        return self.own + self.ttl + (self.edge if name == "auth" else 0.0)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One measured span and its limit."""

    what: str
    took: float | None
    limit: float

    @property
    def held(self) -> bool:
        """What was not seen did not hold."""
        return self.took is not None and self.took <= self.limit


def outage(polls: Sequence[Poll], since: float, until: float = float("inf")) -> Outage | None:
    """The first outage among polls that ended after `since` and started before `until`, in the order of their start.

    A poll that hangs starts early and ends late: it is judged where it started.
    """
    counted = sorted((p for p in polls if p.ended > since and p.started < until), key=lambda p: p.started)
    first = next((index for index, poll in enumerate(counted) if not poll.good), None)
    if first is None:
        return None
    end = _steady(counted, first)
    lost = [poll for poll in counted[first : end if end is not None else len(counted)] if not poll.good]
    return Outage(
        began=max(since, counted[first].started),
        ended=counted[end].ended if end is not None else None,
        failed=len(lost),
        details=tuple(dict.fromkeys(poll.detail for poll in lost))[:5],
    )


def _steady(polls: Sequence[Poll], after: int) -> int | None:
    """The first poll after that index that begins a row of good ones."""
    row = 0
    for index in range(after, len(polls)):
        row = row + 1 if polls[index].good else 0
        if row == STEADY_POLLS:
            return index - STEADY_POLLS + 1
    return None


def first_seen(sightings: Sequence[Sighting], value: str, since: float) -> float | None:
    """When a value was first seen after a moment."""
    return min((each.at for each in sightings if each.value == value and each.at >= since), default=None)


def measure(
    fault: float,
    polls: Mapping[str, Sequence[Poll]],
    verdicts: Sequence[Sighting],
    words: Sequence[Sighting],
    records: Sequence[Sighting],
    secondary: str,
) -> Switch:
    """The moments of the switch that a fault caused: DOWN seen, DOWN decided, record changed, clients served."""
    return Switch(
        fault=fault,
        detection=first_seen(verdicts, "DOWN", fault),
        decision=first_seen(words, "DOWN", fault),
        record=first_seen(records, secondary, fault),
        outages={name: outage(each, fault) for name, each in polls.items()},
    )


def judge(switch: Switch, limits: Limits) -> list[Judgement]:
    """Our own share to the changed record, and each client to its first good answer; a client without outage took 0."""
    own = None if switch.record is None else switch.record - switch.fault
    judged = [Judgement(what="own share: fault to changed record", took=own, limit=limits.own)]
    for name, about in switch.outages.items():
        took = 0.0 if about is None else None if about.ended is None else about.ended - switch.fault
        judged.append(Judgement(what=f"client of {name}: fault to first good answer", took=took, limit=limits.of(name)))
    return judged


def outcome(switched: bool, forced: bool, last_region: str | None, primary: str) -> str:
    """How an outage ended: `no-switch`, `returned`, `latched`, or `undecided`."""
    if not switched:
        return "no-switch"
    if forced:
        return "latched"
    return "returned" if last_region == primary else "undecided"
