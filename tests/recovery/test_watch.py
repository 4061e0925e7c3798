"""What counts as the steady state before a fault."""

import asyncio
import contextlib
import time
from types import SimpleNamespace
from typing import Any, cast

from recovery.clients import Seen
from recovery.names import NoAnswerError
from recovery.timeline import STEADY_POLLS, Poll, Sighting
from recovery.watch import Watch


def watch(region: str | None) -> Watch:
    """A watch that saw one client served by a Region, the verdict UP and the record on us-east-1."""
    nothing = cast("Any", None)
    now = time.monotonic()
    polls = [Poll(started=now + n / 10, ended=now + n / 10, good=True, region=region) for n in range(STEADY_POLLS)]
    seen = Watch(clients={"api": nothing}, authority=nothing, serving="s", table=nothing, polls={"api": polls})
    seen.verdicts.append(Sighting(at=now, value="UP"))
    seen.records.append(Sighting(at=now, value="us-east-1"))
    return seen


class Deaf:
    """A client whose question loses the cancellation that meets it."""

    async def ask(self) -> Seen:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(30)
        return Seen(good=True)


def test_a_watch_ends_although_a_cancellation_is_lost() -> None:
    nothing = cast("Any", SimpleNamespace(verdict=lambda: None))

    async def record(*_: object) -> str:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(30)
        raise NoAnswerError("none")

    async def run() -> None:
        authority = cast("Any", SimpleNamespace(values=record))
        seen = Watch(clients={"api": cast("Any", Deaf())}, authority=authority, serving="s", table=nothing)
        task = asyncio.create_task(seen.run())
        await asyncio.sleep(0.3)
        seen.over = True
        task.cancel()
        async with asyncio.timeout(5):
            await asyncio.wait({task})

    asyncio.run(run())


def test_a_client_that_keeps_an_older_answer_is_waited_for() -> None:
    assert watch("us-west-2").unsteady("us-east-1") == ["who serves api. is us-west-2, not us-east-1"]


def test_a_client_on_the_primary_or_one_that_cannot_tell_is_steady() -> None:
    assert watch("us-east-1").unsteady("us-east-1") == []
    assert watch(None).unsteady("us-east-1") == []
