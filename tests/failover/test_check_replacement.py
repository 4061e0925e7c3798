"""Replacing a health check of the serving check by the steps of docs/runbook.md: who would move, and who does not.

A new inverted check is unhealthy until it has data (Route 53 developer guide, health-checks-creating-values.html).
Seconds pass one by one; sixteen checkers ask every ten of them; the primary is well all the time.
"""

from dataclasses import replace

import pytest

from sandbox.network.checks import Check, Observations, statuses, succeeded
from sandbox.network.faults import Faults
from sandbox.network.routing import DomainRouting, EdgeRouting
from sandbox.network.statuses import Statuses
from tests.failover import stack

AUTH = "auth.login.example.org"
NEW = "probe-new"
PIN_IS_SEEN_AFTER = 5
EDGE_DELAY = 10.0
DEADLINE = 300


class World:
    """Checks, checkers, `serving.` and the edge of a stack; `hint` and `auth` are where they led, by second."""

    def __init__(self, mode: str = "calculated") -> None:
        self.seconds, self.forced = 0, False
        self.events: dict[int, dict[str, bool]] = {}
        self.controls = {"force": False, "pin": False}
        self.checks: dict[str, Check] = stack.checks(mode, "force", "pin")
        self.zone, self.serving = stack.zone(mode), stack.serving_role(mode)
        self.statuses = Statuses(self, lambda: self.checks, lambda: self.controls)  # ty: ignore[invalid-argument-type]
        self.edge = EdgeRouting(self._routing, self.statuses, Faults(), EDGE_DELAY)
        self.hint: list[str | None] = []
        self.auth: list[str | None] = []
        self.wait(60)
        self.hint, self.auth = self.hint[-1:], self.auth[-1:]

    def now(self) -> float:
        """Seconds, for the history of statuses."""
        return float(self.seconds)

    def _routing(self, host: str) -> DomainRouting | None:
        return DomainRouting(home=stack.PRIMARY, secondary=stack.SECONDARY, check=self.serving)

    def second(self) -> None:
        """One second: what is due happens, checkers ask, clients look."""
        self.seconds += 1
        self.controls |= self.events.pop(self.seconds, {})
        body = b"PRIMARY_DOWN" if self.forced else b"PRIMARY_UP"
        for check in [each for each in self.checks.values() if each.has_endpoint]:
            for checker in range(16):
                if self.seconds % 10 == checker % 10:
                    self.statuses.saw(check, checker, succeeded(check, 200, body), "", self.now())
        health = self.statuses.refresh()
        self.hint.append(stack.target_of(stack.chain(self.zone, health, lambda: 0.5)))
        self.auth.append(self.edge.region(AUTH))

    def wait(self, seconds: int) -> None:
        """Let so many seconds pass."""
        for _ in range(seconds):
            self.second()

    def until(self, check: str) -> None:
        """Wait until a check has settled and is healthy."""
        for _ in range(DEADLINE):
            if self.statuses.settled(check) and self.statuses.healthy(check):
                return
            self.second()
        raise AssertionError(f"{check} is not healthy after {DEADLINE} s")

    def pin(self, on: bool) -> None:
        """Turn `pin-primary`; the health check sees it some seconds later."""
        self.events[self.seconds + PIN_IS_SEEN_AFTER] = {"pin": on}

    def replace_probe(self) -> None:
        """What `pulumi up --replace` does: a new check, its ID wherever the old one's was, the old one gone."""
        self.checks[NEW] = replace(self.checks["probe"], id=NEW)
        for role, check in self.checks.items():
            children = tuple(NEW if child == "probe" else child for child in check.children)
            self.checks[role] = replace(check, children=children)
        records = tuple(replace(r, check=NEW) if r.check == "probe" else r for r in self.zone.records)
        self.zone = replace(self.zone, records=records)
        self.serving = NEW if self.serving == "probe" else self.serving
        del self.checks["probe"]

    @property
    def moved(self) -> bool:
        """Whether any client was led away from the primary."""
        return {*self.hint, *self.auth} != {stack.PRIMARY}


def test_the_documented_steps_move_no_client() -> None:
    world = World()
    world.pin(True)
    world.until("pin")
    world.replace_probe()
    assert not world.statuses.healthy(NEW)
    world.until(NEW)
    world.pin(False)
    world.wait(120)
    assert not world.statuses.healthy("pin")
    assert not world.moved


def test_without_the_pin_users_of_both_names_move_and_come_back() -> None:
    world = World()
    world.replace_probe()
    world.wait(120)
    for led in (world.hint, world.auth):
        assert stack.SECONDARY in led
        assert led[-1] == stack.PRIMARY
        assert 20 <= led.count(stack.SECONDARY) <= 40


def test_replacing_before_the_pin_is_seen_moves_users() -> None:
    world = World()
    world.pin(True)
    world.replace_probe()
    world.wait(120)
    assert world.moved


def test_unpinning_before_the_new_check_has_settled_moves_users() -> None:
    world = World()
    world.pin(True)
    world.until("pin")
    world.replace_probe()
    world.pin(False)
    world.wait(120)
    assert world.moved


@pytest.mark.parametrize(("new", "healthy"), [({"forceA"}, True), ({"probe"}, True), ({"forceA", "probe"}, False)])
def test_the_pin_bears_one_new_inverted_check_and_no_more(new: set[str], healthy: bool) -> None:
    checks = {role: check for role, check in stack.checks("calculated", "force", "pin").items() if role not in new}
    votes = {"probe": [False] * 16} if "probe" in checks else {}
    seen = Observations(checks=checks, votes=votes, controls={"force": False, "pin": True})
    assert statuses(seen)["serving"] is healthy


def test_in_mode_verdict_the_auth_domain_moves_whatever_is_pinned() -> None:
    """The pin is a word of the endpoint there, and a check without data has not heard it."""
    world = World("verdict")
    world.pin(True)
    world.wait(30)
    world.replace_probe()
    world.wait(120)
    assert stack.SECONDARY in world.auth


def test_in_mode_verdict_a_forced_stack_stays_where_it_was_sent_until_the_release() -> None:
    world = World("verdict")
    world.forced = True
    world.wait(60)
    assert (world.hint[-1], world.auth[-1]) == (stack.SECONDARY, stack.SECONDARY)
    before = len(world.auth)
    world.replace_probe()
    world.wait(60)
    assert set(world.auth[before:]) == {stack.SECONDARY}
    assert set(world.hint[before:]) == {stack.SECONDARY}
    world.forced = False
    world.wait(60)
    assert (world.hint[-1], world.auth[-1]) == (stack.PRIMARY, stack.PRIMARY)
