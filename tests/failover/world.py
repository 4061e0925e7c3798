"""A world with a virtual clock, composed of the real parts: prober rounds, verdict endpoint, Route 53, DNS, ARC.

Times are in milliseconds. Only wires, waiting and the outside world are made up: token endpoints, the table's wire,
resolvers, the delay of Cognito's edge.
"""

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import names
import rounds
from controls import RoutingControls
from parts import Parts
from verdict import Answer, Canary

from sandbox.cloud.arc.model import ENDPOINT_REGIONS
from sandbox.network.checks import Checker, Observations, statuses, succeeded
from tests.failover import stack
from tests.failover.edges import ArcClient, Environment, FakeTable, Metrics, Reached, Resolver
from tests.failover.stack import PRIMARY, SECONDARY

START = 1_800_000_000_000
INTERVAL, EDGE_DELAY, CHECKERS, ENVIRONMENTS = 10_000, 10_000, 16, 3
PROBERS = (SECONDARY, "eu-west-1")
FAILURES: dict[str, Answer] = {
    "refuse": Answer(failure="refused"),
    "hang": Answer(failure="timeout"),
    "tls": Answer(failure="tls"),
    "error": Answer(503),
    "slow": Answer(failure="timeout"),
}
GOOD: dict[Canary, Answer] = {"token": Answer(200, token=True), "invalid_code": Answer(400, "invalid_grant")}


@dataclass
class Faults:
    """What is broken now."""

    region: dict[str, str] = field(default_factory=dict)
    """Region -> one of FAILURES: its token endpoints, and for the secondary everything of ours in it."""
    prober: dict[str, str] = field(default_factory=dict)
    """Prober's Region -> dead | blind | lying."""
    verdict: str | None = None
    """dead | flooded | forbidden"""
    egress: str | None = None
    """Of the functions in the secondary: tokens (nothing outside AWS's Region is reached) | all (no AWS API either)."""
    answers: Answer | None = None
    """What both token endpoints say to the canary: a broken canary, a trigger that raises."""


class World:
    """Everything between the token endpoints and what users are told. Starts long after a quiet set-up."""

    def __init__(self, seed: int, *, mode: tuple[str, str] = stack.MODES[0], probers: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 - reproducible timings
        self.now, self._order, self._events = START, itertools.count(), []
        self.serving_check, self.override = mode
        self.probers = PROBERS[:probers]
        self.canary: Canary = self.random.choice(("token", "invalid_code"))
        self.faults, self.lines, self.sightings = Faults(), [], []
        self.controls = stack.controls(lambda: self.now / 1000)
        self.table = FakeTable()
        self.checks = stack.checks(self.serving_check, self.controls.force, self.controls.pin)
        self.zone = stack.zone(self.serving_check)
        self.health = {role: check.has_endpoint or not check.inverted for role, check in self.checks.items()}
        self.edge, self.dns = PRIMARY, PRIMARY
        self.history: list[tuple[int, str, str]] = []
        """(time, "edge" | "dns" | "latch" | role of a check, what it became)."""
        self._set_up()

    def _set_up(self) -> None:
        about = {"table": {"name": "t"}, "servingCheck": self.serving_check, "staleAfter": 60}
        self._reader = self._view(SECONDARY)
        self._environments = [Environment(about, self._reader, lambda: self.now) for _ in range(ENVIRONMENTS)]
        if self.serving_check == "verdict":
            self.table.items["override"] = {"id": "override", "force": False, "pin": False}
        self.metrics = Metrics(lambda: self.now, lambda: self._aws_reachable(SECONDARY))
        self._rounds = {region: self._parts(region) for region in self.probers}
        self._checkers = {
            role: [Checker() for _ in range(CHECKERS)] for role, c in self.checks.items() if c.has_endpoint
        }
        for role, checkers in self._checkers.items():
            for checker in checkers:
                checker.healthy = self.checks[role].search == "PRIMARY_UP"
                self.after(self.random.randrange(INTERVAL), lambda r=role, c=checker: self._check(r, c))
        for region in self.probers:
            self.after(self.random.randrange(INTERVAL), lambda at=region: self._minute(at))
        self._settle()

    def _view(self, region: str) -> FakeTable:
        """The table as a Region's functions reach it: one set of items, a way of their own."""
        items, written = self.table.items, self.table.written
        return FakeTable(lambda: self._aws_reachable(region), items, written)

    def _aws_reachable(self, region: str) -> bool:
        broken = region == SECONDARY and self.faults.egress == "all"
        return not broken and SECONDARY not in self.faults.region

    def _parts(self, region: str) -> tuple[rounds.Config, Parts]:
        follows = self.override == "routing_control"
        config = rounds.Config(
            region, self.probers, SECONDARY, INTERVAL, 60_000, follows and self.serving_check == "verdict"
        )
        resolver = Resolver(self.chain, lambda: self.now)
        arc = RoutingControls(
            self.controls.force,
            self.controls.pin,
            [{"region": at, "endpoint": f"https://{at}"} for at in ENDPOINT_REGIONS],
            connect=lambda endpoint: self._arc_client(region, endpoint["region"]),
            clock=lambda: self.now / 1000,
            shuffle=self.random.shuffle,
        )
        parts = Parts(
            probe=lambda: self._answers(region),
            table=self._view(region),
            controls=arc if follows else None,
            answering_region=lambda: names.answering_region(stack.SERVING_NAME, stack.TARGETS, resolver.lookup),
            metrics=self.metrics.put,
            clock=lambda: self.now,
        )
        return config, parts

    def _arc_client(self, prober: str, endpoint: str) -> Any:
        return Reached(lambda: self.egress_open(prober), ArcClient(self.controls.arc, endpoint))

    def egress_open(self, region: str) -> bool:
        """Whether a Region's functions reach anything outside it."""
        return not (region == SECONDARY and self.faults.egress)

    # --- time

    def after(self, delay: float, act: Callable[[], None]) -> None:
        """Do something later."""
        heapq.heappush(self._events, (self.now + round(delay), next(self._order), act))

    def run(self, seconds: float) -> None:
        """Let time pass."""
        end = self.now + round(seconds * 1000)
        while self._events and self._events[0][0] <= end:
            self.now, _, act = heapq.heappop(self._events)
            act()
        self.now = end
        self._settle()

    # --- probers

    def _minute(self, region: str) -> None:
        """One run of the function: six rounds; the scheduler starts the next a minute later, give or take."""
        for turn in range(6):
            self.after(turn * INTERVAL + self.random.randrange(50), lambda at=region: self._probe(at))
        self.after(60_000 + self.random.randrange(-300, 300), lambda: self._minute(region))

    def _probe(self, region: str) -> None:
        if self.faults.prober.get(region) == "dead" or region in self.faults.region:
            return
        seen = self._answers(region)
        late = any(answer.failure == "timeout" for answer in seen[:2])
        self.after(1500 if late else self.random.randrange(50, 400), lambda: self._round(region, seen))

    def _answers(self, region: str) -> tuple[Answer, Answer, Canary]:
        """What this prober's requests get at this moment."""
        ill = self.faults.prober.get(region)
        if ill == "blind" or not self.egress_open(region):
            return Answer(failure="timeout"), Answer(failure="timeout"), self.canary
        answers = dict.fromkeys((PRIMARY, SECONDARY), self.faults.answers or GOOD[self.canary])
        answers |= {at: FAILURES[mode] for at, mode in self.faults.region.items()}
        if ill == "lying":
            answers[PRIMARY] = Answer(failure="timeout")
        return answers[PRIMARY], answers[SECONDARY], self.canary

    def _round(self, region: str, seen: tuple[Answer, Answer, Canary]) -> None:
        config, parts = self._rounds[region]
        self.sightings.append((self.now, region, seen))
        before = self.forced
        line = rounds.run(config, parts._replace(probe=lambda: seen))
        self.lines.append(line)
        if self.forced and not before:
            self.history.append((self.now, "latch", region))
        self._settle()

    # --- Route 53

    def _check(self, role: str, checker: Checker) -> None:
        """One checker's request; the next one an interval after the answer."""
        status, body, milliseconds = self._request()
        check = self.checks[role]
        result = status is not None and succeeded(check, status, body)

        def answered() -> None:
            if checker.saw(result, check.threshold):
                self._settle()
            self.after(INTERVAL, lambda: self._check(role, checker))

        self.after(milliseconds, answered)

    def _request(self) -> tuple[int | None, bytes, int]:
        """A GET of the verdict endpoint: status, body, duration."""
        quick = self.random.randrange(20, 150)
        if self.faults.verdict == "dead" or SECONDARY in self.faults.region:
            return None, b"", self.random.choice((quick, 4000, 6000))
        if self.faults.verdict:
            return {"flooded": 429, "forbidden": 403}[self.faults.verdict], b'{"message":""}', quick
        status, body = self.random.choice(self._environments).answer(self._inputs(), self.random)
        return status, body, quick

    def _inputs(self) -> tuple[Any, ...]:
        """All that an answer of the verdict endpoint depends on, but its age in seconds."""
        serving, override = self.table.items.get("serving", {}), self.table.items.get("override", {})
        stale = self.now - serving.get("observedAt", 0) > 60_000
        return serving.get("version"), stale, override.get("force"), override.get("pin"), self._reader.reachable()

    def _settle(self) -> None:
        """Recompute every status, and let DNS and edge follow."""
        votes = {role: [checker.healthy for checker in checkers] for role, checkers in self._checkers.items()}
        on = {arn: self.controls.arc.peek(arn) == "On" for arn in (self.controls.force, self.controls.pin)}
        health = statuses(Observations(checks=self.checks, votes=votes, controls=on))
        role = stack.serving_role(self.serving_check)
        if health[role] != self.health[role]:
            target = PRIMARY if health[role] else SECONDARY
            self.after(EDGE_DELAY, lambda: self._move_edge(target))
        self.history += [(self.now, role, str(now)) for role, now in health.items() if now != self.health[role]]
        self.health = health
        if (dns := stack.target_of(self.chain()) or "") != self.dns:
            self.dns = dns
            self.history.append((self.now, "dns", dns))

    def _move_edge(self, target: str) -> None:
        if target != self.edge:
            self.edge = target
            self.history.append((self.now, "edge", target))

    def chain(self) -> list[str]:
        """What the name servers say now."""
        return stack.chain(self.zone, self.health, self.random.random)

    # --- what operators do and see

    @property
    def switches(self) -> tuple[bool, bool]:
        """Force and pin, where their authority lies."""
        if self.override == "item":
            held = self.table.items["override"]
            return held["force"], held["pin"]
        force, pin = (self.controls.arc.peek(arn) == "On" for arn in (self.controls.force, self.controls.pin))
        return force, pin

    @property
    def forced(self) -> bool:
        """Whether traffic is held in the secondary."""
        return self.switches[0]

    def order(self, *, force: bool, pin: bool) -> bool:
        """As the command line does it: both switches in one call, then the mirror. False when it was refused."""
        if self.override == "item":
            if force and pin:
                return False
        else:
            try:
                states = {self.controls.force: "On" if force else "Off", self.controls.pin: "On" if pin else "Off"}
                self.controls.arc.update(states)  # ty: ignore[invalid-argument-type]
            except Exception:
                return False
        if self.serving_check == "verdict":
            self.table.items["override"] = {"id": "override", "force": force, "pin": pin}
        self._settle()
        return True

    def moves(self, what: str, since: int = 0) -> list[str]:
        """Where `edge`, `dns` or `latch` went since a time."""
        return [target for at, kind, target in self.history if kind == what and at >= since]
