"""One switch, measured as clients see it: hold the steady state, fail the primary, watch, heal, hold it again."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Literal

from recovery.errors import RecoveryError
from recovery.override import Switchboard
from recovery.questions import Answers, Questions
from recovery.sandbox_control import SandboxControl
from recovery.timeline import Switch, measure, outcome
from recovery.watch import Watch

Mode = Literal["refuse", "hang", "error", "slow", "observe"]
LOOK = 0.1
STEADY_SECONDS = 200.0
"""How long the steady state may take to show before the fault: after a switch, checks and a whole TTL."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to do. Times are in seconds; without `outage` the fault is healed as soon as the switch is measured.

    `detection` is the longest time that the health checks need: before that a healed primary may still be left.
    """

    mode: Mode
    outage: float | None
    deadline: float
    detection: float
    primary: str
    secondary: str


@dataclass
class Run:
    """What happened, on the clock of the watch."""

    fault: float = 0.0
    healed: float | None = None
    switch: Switch | None = None
    outcome: str = "undecided"
    answers: Answers | None = None
    steady_after: float | None = None
    notes: list[str] = field(default_factory=list)


class FailoverTest:
    """Runs a plan. `say` takes a line of progress."""

    def __init__(
        self,
        plan: Plan,
        watch: Watch,
        board: Switchboard,
        questions: Questions,
        sandbox: SandboxControl | None,
        say: Callable[[str], None],
    ) -> None:
        self.plan, self.watch, self.board, self.questions = plan, watch, board, questions
        self.sandbox, self.say = sandbox, say
        self.done = Run()

    async def run(self) -> Run:
        """The measured run. Raises RecoveryError when there was no steady state to begin with."""
        async with self._watching():
            await self._steady_before()
            await self.questions.before()
            try:
                await self._fail()
                await self._through_the_switch()
            finally:
                await self._heal()
            await self._steady_after()
        return self.done

    @contextlib.asynccontextmanager
    async def _watching(self) -> AsyncGenerator[None]:
        self._task = asyncio.create_task(self.watch.run())
        try:
            yield
        finally:
            self.watch.over = True
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _steady_before(self) -> None:
        if await self._forced():
            raise RecoveryError(
                "force-secondary is On: run `override release` first, then there is a switch to measure"
            )
        self.say("waiting for the steady state: every client served, verdict UP, record on the primary")
        if not await self._until(lambda: not self.watch.unsteady(self.plan.primary), STEADY_SECONDS):
            raise RecoveryError(
                f"no steady state within {STEADY_SECONDS:g} s: {'; '.join(self.watch.unsteady(self.plan.primary))}"
            )

    async def _fail(self) -> None:
        plan = self.plan
        if plan.mode == "observe":
            self.say(f"watching for up to {plan.deadline:g} s; nothing is injected")
            began = time.monotonic()
            await self._until(lambda: self.watch.trouble(began, self.plan.secondary) is not None, plan.deadline)
            self.done.fault = self.watch.trouble(began, self.plan.secondary) or began
            return
        if self.sandbox is None:
            raise RecoveryError(f"--mode {plan.mode} injects a fault, which only the sandbox takes: use --mode observe")
        await asyncio.to_thread(self.sandbox.fail, plan.primary, plan.mode)
        self.done.fault = time.monotonic()
        self.say(f"{plan.primary} fails ({plan.mode})")

    async def _through_the_switch(self) -> None:
        plan, end = self.plan, self.done.fault + self.plan.deadline
        heal_at = self.done.fault + plan.outage if plan.outage is not None else None
        await self._until(self._measured, (heal_at or end) - time.monotonic())
        if self._measured():
            self.say("the switch is measured")
            self.done.switch = self._switch()
            self.done.answers = await self.questions.after()
        if heal_at is not None:
            await asyncio.sleep(max(0.0, heal_at - time.monotonic()))

    def _measured(self) -> bool:
        """The record has changed and every client is served by where it now leads."""
        found = self._switch()
        moved = all(self.watch.region(name) in (None, self.plan.secondary) for name in self.watch.clients)
        over = all(about is None or about.ended is not None for about in found.outages.values())
        return found.record is not None and moved and over and all(map(self.watch.served, self.watch.clients))

    def _switch(self) -> Switch:
        seen = self.watch
        return measure(self.done.fault, seen.polls, seen.verdicts, seen.words, seen.records, self.plan.secondary)

    async def _heal(self) -> None:
        if self.sandbox is None or self.plan.mode == "observe" or not self.done.fault:
            return
        await asyncio.to_thread(self.sandbox.heal, self.plan.primary)
        self.done.healed = time.monotonic()
        self.say(f"{self.plan.primary} is healed")

    async def _steady_after(self) -> None:
        """Until clients are served and the record rests: on the primary, or on the secondary because of the latch."""
        began = self.done.healed or self.done.fault
        end = began + self.plan.deadline
        if self.plan.outage is None:
            began = time.monotonic()  # what comes after is another measurement: do not wait for it
            self.done.switch = self.done.switch or self._switch()
        else:
            await self._until(lambda: time.monotonic() - began >= self.plan.detection, self.plan.detection + 1)
            while time.monotonic() < end and not await self._rests():
                await asyncio.sleep(LOOK)
            self.done.steady_after = time.monotonic() - began if await self._rests() else None
            self.done.switch = self.done.switch or self._switch()
            self.done.answers = self.done.answers or await self.questions.after()
        switched = self.done.switch.record is not None
        forced, last = await self._forced(), self.watch.record
        if forced:
            self.done.notes.append("force-secondary is On: `cognito-dr override release` leads users back")
        self.done.outcome = outcome(switched, forced, last, self.plan.primary)
        if self.plan.outage is None and switched:
            self.done.outcome = "switched"

    async def _rests(self) -> bool:
        if not all(map(self.watch.served, self.watch.clients)):
            return False
        on_primary = self.watch.record == self.plan.primary and self.watch.verdict == "UP"
        return on_primary or await self._forced()

    async def _forced(self) -> bool:
        try:
            return (await asyncio.to_thread(self.board.read)).force
        except RecoveryError as error:
            self.done.notes.append(f"force-secondary could not be read: {error}")
            return False

    async def _until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Whether a condition came true in time."""
        end = time.monotonic() + seconds
        while not condition():
            if self._task.done():
                self._task.result()  # a watch never ends by itself: this raises why it did
            if time.monotonic() >= end:
                return False
            await asyncio.sleep(LOOK)
        return True
