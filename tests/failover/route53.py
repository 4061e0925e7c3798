"""Route 53 and Cognito's edge on a virtual clock: checkers that ask, statuses, DNS answers, the edge behind them.

Times are in milliseconds.
"""

import heapq
import itertools
import random
from collections.abc import Callable

from sandbox.network.checks import Checker, Observations, statuses, succeeded
from tests.failover import stack
from tests.failover.stack import PRIMARY, SECONDARY

START = 1_800_000_000_000
INTERVAL, EDGE_DELAY, CHECKERS = 10_000, 10_000, 16
Request = Callable[[], tuple[int | None, bytes, int]]
"""A GET of the verdict endpoint: status (None: no answer), body, duration."""


class Clock:
    """Virtual time: what is to happen happens in order."""

    def __init__(self) -> None:
        self.now = START
        self._events: list[tuple[int, int, Callable[[], None]]] = []
        self._order = itertools.count()

    def after(self, delay: int, act: Callable[[], None]) -> None:
        """Do something later."""
        heapq.heappush(self._events, (self.now + delay, next(self._order), act))

    def run(self, until: int) -> None:
        """Let time pass."""
        while self._events and self._events[0][0] <= until:
            self.now, _, act = heapq.heappop(self._events)
            act()
        self.now = until


class Route53:
    """The stack's checks and its serving name, and the edge that follows the serving check with a delay."""

    def __init__(
        self, clock: Clock, chance: random.Random, serving_check: str, controls: stack.Controls, request: Request
    ) -> None:
        self.clock, self.random, self.controls, self._request = clock, chance, controls, request
        self.checks = stack.checks(serving_check, controls.force, controls.pin)
        self.role, self.zone = stack.serving_role(serving_check), stack.zone(serving_check)
        self.health = {role: check.has_endpoint or not check.inverted for role, check in self.checks.items()}
        self.edge, self.dns = PRIMARY, PRIMARY
        self.history: list[tuple[int, str, str]] = []
        """(time, "edge" | "dns" | role of a check, what it became)."""
        asked = [role for role, check in self.checks.items() if check.has_endpoint]
        self._checkers = {role: [self._checker(role) for _ in range(CHECKERS)] for role in asked}
        self.settle()

    def _checker(self, role: str) -> Checker:
        """One that has long made up its mind: the primary is up."""
        checker = Checker(healthy=self.checks[role].search == "PRIMARY_UP")
        self.clock.after(self.random.randrange(INTERVAL), lambda: self._ask(role, checker))
        return checker

    def _ask(self, role: str, checker: Checker) -> None:
        """One request; the next one an interval after the answer."""
        status, body, milliseconds = self._request()
        check = self.checks[role]
        result = status is not None and succeeded(check, status, body)

        def answered() -> None:
            if checker.saw(result, check.threshold):
                self.settle()
            self.clock.after(INTERVAL, lambda: self._ask(role, checker))

        self.clock.after(milliseconds, answered)

    def settle(self) -> None:
        """Recompute every status, and let DNS and edge follow."""
        votes = {role: [checker.healthy for checker in checkers] for role, checkers in self._checkers.items()}
        on = {arn: self.controls.arc.peek(arn) == "On" for arn in (self.controls.force, self.controls.pin)}
        health = statuses(Observations(checks=self.checks, votes=votes, controls=on))
        if health[self.role] != self.health[self.role]:
            target = PRIMARY if health[self.role] else SECONDARY
            self.clock.after(EDGE_DELAY, lambda: self._move_edge(target))
        for role, now in health.items():
            if now != self.health[role]:
                self.note(role, str(now))
        self.health = health
        if (dns := stack.target_of(self.chain()) or "") != self.dns:
            self.dns = dns
            self.note("dns", dns)

    def _move_edge(self, target: str) -> None:
        if target != self.edge:
            self.edge = target
            self.note("edge", target)

    def note(self, kind: str, became: str) -> None:
        """Remember a change for the oracles."""
        self.history.append((self.clock.now, kind, became))

    def chain(self) -> list[str]:
        """What the name servers say now."""
        return stack.chain(self.zone, self.health, self.random.random)
