"""Faults, orders and time in any order: what must hold whatever happens."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from verdict import Answer

from tests.failover import stack
from tests.failover.faults import FAILURES, PROBERS, Faults
from tests.failover.shadow import ACT, Shadow
from tests.failover.stack import PRIMARY, SECONDARY
from tests.failover.world import World

pytestmark = pytest.mark.timeout(900)  # a story that fails is made short before it is told
STEP = 5
UNHELPFUL = [Answer(400, "other"), Answer(400, "invalid_client"), Answer(429), Answer(500), Answer(302)]


class Failover(RuleBasedStateMachine):
    """One stack in one of its three modes, with one or two probers."""

    world: World
    shadow: Shadow

    @initialize(seed=st.integers(0, 10_000), mode=st.sampled_from(stack.MODES), probers=st.integers(1, 2))
    def found(self, seed: int, mode: tuple[str, str], probers: int) -> None:
        self.world = World(seed, mode=mode, probers=probers)
        self.shadow = Shadow(self.world)
        self.world.run(45)

    # --- faults

    @rule(region=st.sampled_from([PRIMARY, PRIMARY, SECONDARY]), how=st.sampled_from([*sorted(FAILURES), None]))
    def region(self, region: str, how: str | None) -> None:
        self._set(self.world.faults.region, region, how)

    @rule(region=st.sampled_from(PROBERS), how=st.sampled_from(["dead", "blind", "lying", None]))
    def prober(self, region: str, how: str | None) -> None:
        self._set(self.world.faults.prober, region, how)

    @rule(how=st.sampled_from(["dead", "flooded", "forbidden", None]))
    def verdict_endpoint(self, how: str | None) -> None:
        self.world.faults.verdict = how

    @rule(how=st.sampled_from(["tokens", "all", None]))
    def egress(self, how: str | None) -> None:
        self.world.faults.egress = how

    @rule(answer=st.sampled_from([*UNHELPFUL, None]))
    def token_endpoints(self, answer: Answer | None) -> None:
        self.world.faults.answers = answer

    @rule(dead=st.integers(0, 5))
    def arc_endpoints(self, dead: int) -> None:
        self.world.controls.arc.set_dead(dead)

    @rule()
    def heal(self) -> None:
        self.world.faults = Faults()
        self.world.controls.arc.set_dead(0)

    # --- hands

    @rule(force=st.booleans(), pin=st.booleans())
    def order(self, force: bool, pin: bool) -> None:
        """An operator's order counts when it was taken."""
        if self.world.order(force=force, pin=pin):
            assert not (force and pin)
            if (force, pin) != (self.shadow.forced, self.shadow.pinned):
                self.shadow.ordered_at = self.world.now
            self.shadow.forced, self.shadow.pinned = force, pin

    # --- time

    @rule(seconds=st.sampled_from([STEP, 15, 40, 70, 130]))
    def wait(self, seconds: int) -> None:
        for _ in range(seconds // STEP):
            self.shadow.look()
            self.world.run(STEP)
            self.shadow.look()
            self._take_latches()
            self._judge()

    @precondition(lambda self: not self.world.faults.prober and not self.world.faults.answers)
    @rule(how=st.sampled_from(sorted(FAILURES)))
    def lasting_outage(self, how: str) -> None:
        """The way to a latch, so that it is not left to luck."""
        self.world.faults.region = {PRIMARY: how}
        self.wait(130)

    def _take_latches(self) -> None:
        for at, kind, _ in self.shadow.new_history():
            if kind != "latch":
                continue
            assert not self.shadow.pinned, "latched a pinned primary"
            assert self.shadow.switch_was_seen(at), "latched without a switch seen"
            assert self.shadow.all_agreed(at), "latched without the agreement of all probers"
            self.shadow.forced, self.shadow.ordered_at = True, at

    # --- what must hold

    def _judge(self) -> None:
        world, shadow = self.world, self.shadow
        assert world.switches == (shadow.forced, shadow.pinned), "a switch moved without a hand or a latch"
        if not shadow.excused():
            assert (world.dns, world.edge) == (PRIMARY, PRIMARY), f"left a healthy primary: {world.history[-6:]}"
        overridden, duties = shadow.overridden_for(), ACT[world.serving_check]
        owed = SECONDARY if shadow.forced else PRIMARY
        if shadow.forced or shadow.pinned:
            assert overridden <= duties[0] or world.dns == owed, f"serving. answers {world.dns}, not {owed}"
            assert overridden <= duties[1] or world.edge == owed, f"the edge serves {world.edge}, not {owed}"

    @invariant()
    def time_passes(self) -> None:
        """After every step, not only where a rule says so: faults come together and apart."""
        if hasattr(self, "world"):
            self.wait(self.world.random.choice((0, STEP, 20, 45, 75)))

    @invariant()
    def both_controls_are_never_on(self) -> None:
        if hasattr(self, "world"):
            assert self.world.switches != (True, True)

    @invariant()
    def unknown_changes_nothing(self) -> None:
        for before, after in self.world.table.written if hasattr(self, "world") else ():
            if after["verdict"] == "UNKNOWN":
                assert after["word"] == (before or {"word": "UP"})["word"]

    def teardown(self) -> None:
        """Health and a release bring everything back, from any state."""
        if not hasattr(self, "world"):
            return
        self.heal()
        self.wait(70)
        self.order(force=False, pin=False)
        self.wait(130)
        assert self.shadow.rests(), (self.world.edge, self.world.dns, self.world.table.items["serving"])
        assert self.world.switches == (False, False)

    @staticmethod
    def _set(faults: dict[str, Any], key: str, how: str | None) -> None:
        faults.pop(key, None)
        if how:
            faults[key] = how


TestFailover = Failover.TestCase
TestFailover.settings = settings(max_examples=max(200, settings().max_examples), stateful_step_count=25)
