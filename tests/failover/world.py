"""A world with a virtual clock, composed of the real parts: prober rounds, verdict endpoint, Route 53, DNS, ARC.

Times are in milliseconds. Only wires, waiting and the outside world are made up: token endpoints, the table's wire,
resolvers, the delay of Cognito's edge.
"""

import random
from typing import Any

import names
import rounds
from controls import RoutingControls
from parts import Parts
from verdict import Answer, Canary

from sandbox.cloud.arc.errors import ArcError
from sandbox.cloud.arc.model import ENDPOINT_REGIONS, State
from tests.failover import stack
from tests.failover.edges import ArcClient, Environment, FakeTable, Metrics, Reached, Resolver
from tests.failover.faults import FAILURES, GOOD, PROBERS, Faults, Seen
from tests.failover.route53 import INTERVAL, Clock, Route53
from tests.failover.stack import PRIMARY, SECONDARY

ENVIRONMENTS = 3


class World:
    """Everything between the token endpoints and what users are told. Starts long after a quiet set-up."""

    def __init__(self, seed: int, *, mode: tuple[str, str] = stack.MODES[0], probers: int = 1) -> None:
        self.random, self.clock, self.faults = random.Random(seed), Clock(), Faults()  # noqa: S311 - reproducible
        self.serving_check, self.override = mode
        self.probers = PROBERS[:probers]
        self.canary: Canary = self.random.choice(("token", "invalid_code"))
        self.lines: list[dict[str, Any]] = []
        self.sightings: list[tuple[int, str, Seen]] = []
        self.controls = stack.controls(lambda: self.now / 1000)
        self.table = FakeTable(lambda: self._aws_reachable(SECONDARY))
        if self.serving_check == "verdict":
            self.table.items["override"] = {"id": "override", "force": False, "pin": False}
        about = {"table": {"name": "t"}, "servingCheck": self.serving_check, "staleAfter": 60}
        self._environments = [Environment(about, self.table, lambda: self.now) for _ in range(ENVIRONMENTS)]
        self.metrics = Metrics(lambda: self.now, lambda: self._aws_reachable(SECONDARY))
        self.route53 = Route53(self.clock, self.random, self.serving_check, self.controls, self._request)
        self._rounds = {region: self._parts(region) for region in self.probers}
        for region in self.probers:
            self.clock.after(self.random.randrange(INTERVAL), lambda at=region: self._minute(at))

    # --- what the oracles look at

    @property
    def now(self) -> int:
        """Epoch milliseconds."""
        return self.clock.now

    @property
    def history(self) -> list[tuple[int, str, str]]:
        """(time, "edge" | "dns" | "latch" | role of a check, what it became)."""
        return self.route53.history

    @property
    def edge(self) -> str:
        """The Region that Cognito's custom domain serves from."""
        return self.route53.edge

    @property
    def dns(self) -> str:
        """The Region that `serving.` answers with."""
        return self.route53.dns

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

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.run(self.now + round(seconds * 1000))

    def order(self, *, force: bool, pin: bool) -> bool:
        """As the command line does it: both switches in one call, then the mirror. False when it was refused."""
        if self.override == "item":
            if force and pin:
                return False
        else:
            states: dict[str, State] = {
                self.controls.force: "On" if force else "Off",
                self.controls.pin: "On" if pin else "Off",
            }
            try:
                self.controls.arc.update(states)
            except ArcError:
                return False
        if self.serving_check == "verdict":
            self.table.items["override"] = {"id": "override", "force": force, "pin": pin}
        self.route53.settle()
        return True

    # --- what is reached from where

    def _aws_reachable(self, region: str) -> bool:
        """Table and CloudWatch, both in the secondary."""
        cut_off = region == SECONDARY and self.faults.egress == "all"
        return not cut_off and SECONDARY not in self.faults.region

    def _egress_open(self, region: str) -> bool:
        """Whether a Region's functions reach anything outside it."""
        return not (region == SECONDARY and self.faults.egress)

    def _request(self) -> tuple[int | None, bytes, int]:
        """A checker's GET of the verdict endpoint."""
        quick = self.random.randrange(20, 150)
        if self.faults.verdict == "dead" or SECONDARY in self.faults.region:
            return None, b"", self.random.choice((quick, 4000, 6000))
        if self.faults.verdict:
            return {"flooded": 429, "forbidden": 403}[self.faults.verdict], b'{"message":""}', quick
        return *self.random.choice(self._environments).answer(self._inputs(), self.random), quick

    def _inputs(self) -> tuple[Any, ...]:
        """All that an answer of the verdict endpoint depends on, but its age in seconds."""
        serving, override = self.table.items.get("serving", {}), self.table.items.get("override", {})
        stale = self.now - serving.get("observedAt", 0) > 60_000
        return serving.get("version"), stale, override.get("force"), override.get("pin"), self.table.reachable()

    # --- probers

    def _parts(self, region: str) -> tuple[rounds.Config, Parts]:
        follows = self.override == "routing_control"
        mirrors = follows and self.serving_check == "verdict"
        config = rounds.Config(region, self.probers, SECONDARY, INTERVAL, 60_000, mirrors)
        resolver = Resolver(self.route53.chain, lambda: self.now)
        arc = RoutingControls(
            self.controls.force,
            self.controls.pin,
            [{"region": at, "endpoint": f"https://{at}"} for at in ENDPOINT_REGIONS],
            connect=lambda to: Reached(lambda: self._egress_open(region), ArcClient(self.controls.arc, to["region"])),
            clock=lambda: self.now / 1000,
            shuffle=self.random.shuffle,
        )
        parts = Parts(
            probe=lambda: self._answers(region),
            table=FakeTable(lambda: self._aws_reachable(region), self.table.items, self.table.written),
            controls=arc if follows else None,
            answering_region=lambda: names.answering_region(stack.SERVING_NAME, stack.TARGETS, resolver.lookup),
            metrics=self.metrics.put,
            clock=lambda: self.now,
        )
        return config, parts

    def _minute(self, region: str) -> None:
        """One run of the function: six rounds; the scheduler starts the next a minute later, give or take."""
        for turn in range(6):
            self.clock.after(turn * INTERVAL + self.random.randrange(50), lambda: self._probe(region))
        self.clock.after(60_000 + self.random.randrange(-300, 300), lambda: self._minute(region))

    def _probe(self, region: str) -> None:
        if self.faults.prober.get(region) == "dead" or region in self.faults.region:
            return
        seen = self._answers(region)
        late = any(answer.failure == "timeout" for answer in seen[:2])
        self.clock.after(1500 if late else self.random.randrange(50, 400), lambda: self._round(region, seen))

    def _answers(self, region: str) -> Seen:
        """What this prober's requests get at this moment."""
        ill = self.faults.prober.get(region)
        if ill == "blind" or not self._egress_open(region):
            return Answer(failure="timeout"), Answer(failure="timeout"), self.canary
        answers = dict.fromkeys((PRIMARY, SECONDARY), self.faults.answers or GOOD[self.canary])
        answers |= {at: FAILURES[mode] for at, mode in self.faults.region.items()}
        if ill == "lying":
            answers[PRIMARY] = Answer(failure="timeout")
        return answers[PRIMARY], answers[SECONDARY], self.canary

    def _round(self, region: str, seen: Seen) -> None:
        config, parts = self._rounds[region]
        self.sightings.append((self.now, region, seen))
        before = self.forced
        self.lines.append(rounds.run(config, parts._replace(probe=lambda: seen)))
        if self.forced and not before:
            self.route53.note("latch", region)
        self.route53.settle()
