"""Polls clients, the record and the verdict side by side, on one clock, until it is told to stop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from recovery.clients import Client
from recovery.errors import RecoveryError
from recovery.names import Resolver
from recovery.serving import serving_region
from recovery.timeline import STEADY_POLLS, Poll, Sighting
from recovery.verdicts import Table

PERIOD = 0.1
"""Seconds between two polls of one client, and between two looks at the record."""
VERDICT_PERIOD = 0.25
MOST_IN_FLIGHT = 25
"""Requests of one client that may hang at the same time: 2 s of polls and some."""

RECENT = 100
"""Polls that are looked at for what is so now."""


@dataclass
class Watch:
    """What was seen. Times are `time.monotonic()`."""

    clients: Mapping[str, Client]
    authority: Resolver
    serving: str
    table: Table
    polls: dict[str, list[Poll]] = field(default_factory=dict)
    records: list[Sighting] = field(default_factory=list)
    verdicts: list[Sighting] = field(default_factory=list)
    words: list[Sighting] = field(default_factory=list)
    over: bool = False
    """Set it before cancelling `run`: a task may lose its cancellation (wait_for in Python 3.11, bpo-42130)."""

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            for name, client in self.clients.items():
                self.polls[name] = []
                group.create_task(self._poll(self.polls[name], client))
            group.create_task(self._every(PERIOD, self._look_at_record))
            group.create_task(self._every(VERDICT_PERIOD, self._look_at_verdict))

    @property
    def record(self) -> str | None:
        """The Region that `serving.` names now, past all caches."""
        return _last(self.records)

    @property
    def verdict(self) -> str | None:
        """The verdict as it was seen last."""
        return _last(self.verdicts)

    def served(self, name: str) -> bool:
        """Whether a client's last polls were all good."""
        last = self._by_start(name)[-STEADY_POLLS:]
        return len(last) == STEADY_POLLS and all(poll.good for poll in last)

    def region(self, name: str) -> str | None:
        """Who served a client's last poll, where that can be told."""
        polls = self._by_start(name)
        return polls[-1].region if polls else None

    def unsteady(self, primary: str) -> list[str]:
        """What is missing for the steady state with the primary serving."""
        missing = [
            f"{name}. is not served ({self._trouble_of(name)})" for name in self.clients if not self.served(name)
        ]
        # A client that keeps an older answer would not feel the fault at all.
        regions = [(f"who serves {name}.", self.region(name), primary) for name in self.clients if self.region(name)]
        for what, found, wanted in (("verdict", self.verdict, "UP"), ("record", self.record, primary), *regions):
            if found != wanted:
                missing.append(f"{what} is {found or 'not to be seen'}, not {wanted}")
        return missing

    def trouble(self, since: float, secondary: str) -> float | None:
        """The first sign of a fault that nobody injected: a failed poll, a verdict, a changed record."""
        signs = [p.started for polls in self.polls.values() for p in polls if not p.good and p.started >= since]
        signs += [each.at for each in self.verdicts if each.at >= since and each.value == "DOWN"]
        signs += [each.at for each in self.records if each.at >= since and each.value == secondary]
        return min(signs, default=None)

    def _trouble_of(self, name: str) -> str:
        return next((p.detail for p in reversed(self.polls.get(name, ())) if p.detail), "no answer yet")

    def _by_start(self, name: str) -> list[Poll]:
        """In the order of their start; a poll that hangs comes in late, after some hundred others at most."""
        return sorted(self.polls.get(name, ())[-RECENT:], key=lambda poll: poll.started)

    async def _poll(self, polls: list[Poll], client: Client) -> None:
        flying: set[asyncio.Task[None]] = set()

        async def start() -> None:
            if len(flying) < MOST_IN_FLIGHT:
                task = asyncio.create_task(_one(polls, client))
                flying.add(task)
                task.add_done_callback(flying.discard)

        try:
            await self._every(PERIOD, start)
        finally:
            for task in flying:
                task.cancel()

    async def _every(self, period: float, act: Callable[[], Awaitable[None]]) -> None:
        """Act at each beat; a beat that is missed is not made up for."""
        beat = time.monotonic()
        while not self.over:
            await act()
            beat = max(beat + period, time.monotonic())
            await asyncio.sleep(max(0.0, beat - time.monotonic()))

    async def _look_at_record(self) -> None:
        try:
            region = await serving_region(self.authority, self.serving)
        except RecoveryError:
            return
        self.records.append(Sighting(at=time.monotonic(), value=region))

    async def _look_at_verdict(self) -> None:
        try:
            found = await asyncio.to_thread(self.table.verdict)
        except RecoveryError:
            return
        if found is not None:
            at = time.monotonic()
            fresh = found.fresh(time.time())
            self.verdicts.append(Sighting(at=at, value=found.verdict if fresh else "UNKNOWN"))
            self.words.append(Sighting(at=at, value=found.word))


async def _one(polls: list[Poll], client: Client) -> None:
    started = time.monotonic()
    try:
        seen = await client.ask()
        polls.append(
            Poll(started=started, ended=time.monotonic(), good=seen.good, region=seen.region, detail=seen.detail)
        )
    except RecoveryError as error:
        polls.append(Poll(started=started, ended=time.monotonic(), good=False, detail=str(error)))


def _last(sightings: list[Sighting]) -> str | None:
    return sightings[-1].value if sightings else None
