"""A measured switch: clients, record and verdict of a small world that fails, switches, heals and returns."""

from __future__ import annotations

import asyncio
import time
from typing import Any, cast

import pytest

from recovery.clients import Seen
from recovery.errors import RecoveryError
from recovery.failover_test import FailoverTest, Plan, Run
from recovery.names import Resolver
from recovery.override import Switchboard, Switches
from recovery.questions import Answers, Questions
from recovery.report import Report, lines, record
from recovery.sandbox_control import SandboxControl
from recovery.timeline import Limits
from recovery.verdicts import Table, Verdict
from recovery.watch import Watch
from recovery.web import UnreachableError
from tests.recovery import fake_dns
from tests.recovery.stacks import SERVING, P, S

DECIDES, SWITCHES, LATCHES = 0.3, 0.6, 4.0
"""Seconds after the fault in this world."""


class World(fake_dns.Records):
    """Fails when told; decides, changes the record, latches; returns when healed and not latched."""

    def __init__(self) -> None:
        super().__init__({})
        self.failed: float | None = None
        self.lasted: float | None = None
        self.calls: list[str] = []
        self.broken = False

    @property
    def failing(self) -> float | None:
        """For how long the primary has been failing, at most until now."""
        return None if self.failed is None or self.lasted is not None else time.monotonic() - self.failed

    @property
    def away(self) -> bool:
        """Whether the record leads to the secondary."""
        if self.failed is None:
            return False
        spent = self.lasted if self.lasted is not None else time.monotonic() - self.failed
        back = self.lasted is not None and time.monotonic() - self.failed - self.lasted > SWITCHES
        return spent > SWITCHES and (not back or spent > LATCHES)

    @property
    def forced(self) -> bool:
        return self.away and self.failed is not None and time.monotonic() - self.failed > LATCHES

    @property
    def records(self) -> dict[tuple[str, str], list[tuple[str, int]]]:
        region = S if self.away else P
        return {(SERVING, "CNAME"): [(f"cognito-idp.{region}.amazonaws.com", 60)]}

    @records.setter
    def records(self, _: Any) -> None:
        """The base class sets it once."""

    def fail(self, region: str, mode: str) -> None:
        self.calls.append(f"fail {region} {mode}")
        self.failed = time.monotonic()

    def heal(self, region: str) -> None:
        self.calls.append(f"heal {region}")
        assert self.failed is not None
        self.lasted = time.monotonic() - self.failed

    def verdict(self) -> Verdict:
        word = "DOWN" if self.failing is not None and self.failing > DECIDES else "UP"
        now = int(time.time() * 1000)
        return Verdict(word=word, verdict=word, reason="", observed_at=now, decided_at=now, canary="token")

    def read(self) -> Switches:
        return Switches(force=self.forced, pin=False)

    async def ask(self) -> Seen:
        if self.broken or (self.failing is not None and not self.away):
            raise UnreachableError("refused")
        return Seen(good=True, region=S if self.away else P)

    async def before(self) -> None:
        self.calls.append("code")

    async def after(self) -> Answers:
        self.calls.append("redeem")
        return Answers(code_in_flight="refused", restarted_flow=True, refresh_token=True, problems=())


def run(world: World, outage: float | None = None, sandbox: bool = True, **changes: Any) -> tuple[Plan, Run]:
    words: dict[str, Any] = {"mode": "refuse", "deadline": 12.0, "detection": 1.5, **changes}
    plan = Plan(outage=outage, primary=P, secondary=S, **words)

    async def measured(address: Any) -> Run:
        clients = {"auth": world, "api": world, "serving": world}
        watch = Watch(clients=clients, authority=Resolver(address), serving=SERVING, table=cast("Table", world))
        control = cast("SandboxControl", world) if sandbox else None
        test = FailoverTest(
            plan, watch, cast("Switchboard", world), cast("Questions", world), control, world.calls.append
        )
        return await test.run()

    with fake_dns.serve(world) as address:
        return plan, asyncio.run(measured(address))


def report(plan: Plan, done: Run, expected: str | None = None, own: float = 5) -> Report:
    limits = Limits(own=own, ttl=1, edge=0)
    about = {"stack": "t", "pool": "p", "at": "now", "assumptions": {"edgeSwitchDelay": 0.0}}
    return Report(plan=plan, run=done, limits=limits, expected=expected, **about)


def test_a_switch_is_measured_and_healed_at_once() -> None:
    world = World()
    plan, done = run(world)
    assert done.switch is not None
    assert done.switch.detection is not None
    assert done.switch.record is not None
    assert DECIDES <= done.switch.detection - done.switch.fault < SWITCHES + 1
    assert SWITCHES <= done.switch.record - done.switch.fault < SWITCHES + 1
    assert all(about is not None and about.ended is not None for about in done.switch.outages.values())
    assert world.calls.index("code") < world.calls.index(f"fail {P} refuse") < world.calls.index("redeem")
    assert world.calls.index("redeem") < world.calls.index(f"heal {P}")
    found = report(plan, done)
    assert found.held, list(lines(found))
    assert record(found)["outcome"] == "switched"
    assert record(found)["inFlight"]["code_in_flight"] == "refused"
    assert not report(plan, done, own=0.1).held


@pytest.mark.parametrize(("outage", "ended"), [(0.4, "no-switch"), (2.5, "returned"), (5.0, "latched")])
def test_how_an_outage_ends_depends_on_its_length(outage: float, ended: str) -> None:
    plan, done = run(World(), outage)
    assert done.outcome == ended
    assert done.steady_after is not None
    found = report(plan, done, expected=ended)
    assert found.held, list(lines(found))
    assert not report(plan, done, expected="other").held


def test_without_a_steady_state_nothing_is_injected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recovery.failover_test.STEADY_SECONDS", 0.5)
    world = World()
    world.broken = True
    with pytest.raises(RecoveryError, match=r"no steady state within 0.5 s: auth\. is not served \(refused\)"):
        run(world)
    assert not any("fail" in call for call in world.calls if call.startswith("fail"))


def test_the_fault_is_healed_whatever_goes_wrong() -> None:
    class Unlucky(World):
        async def after(self) -> Answers:
            raise RecoveryError("lost")

    world = Unlucky()
    with pytest.raises(RecoveryError, match="lost"):
        run(world)
    assert f"heal {P}" in world.calls


def test_observing_injects_nothing_and_begins_with_the_first_sign() -> None:
    world = World()
    begin = world.before

    async def fails_by_itself() -> None:
        await begin()
        asyncio.get_running_loop().call_later(0.5, lambda: setattr(world, "failed", time.monotonic()))

    world.before = fails_by_itself
    _, done = run(world, sandbox=False, mode="observe")
    assert done.switch is not None
    assert done.switch.record is not None
    assert world.failed is not None
    assert abs(done.fault - world.failed) < 0.5
    assert not any(call.startswith(("fail ", "heal ")) for call in world.calls)


def test_a_switch_that_never_comes_fails_and_says_what_was_not_seen() -> None:
    class Stuck(World):
        @property
        def away(self) -> bool:
            return False

    plan, done = run(Stuck(), deadline=2.0)
    found = report(plan, done)
    assert not found.held
    text = "\n".join(lines(found))
    assert "FAILED own share: fault to changed record: not seen" in text
    assert "not served again" in text
