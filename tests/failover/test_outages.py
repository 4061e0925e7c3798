"""Outages of the primary over random phases: 10 s move nothing, 40 s fail over and return, 120 s latch."""

import math
from dataclasses import dataclass

import pytest

from tests.failover import stack
from tests.failover.faults import FAILURES, Faults
from tests.failover.stack import PRIMARY, SECONDARY
from tests.failover.world import World

RUNS = 200
EACH_MODE = pytest.mark.parametrize("mode", stack.MODES, ids="-".join)
DETECT, EDGE, RETURN = 50_000, 10_000, 35_000
"""Milliseconds: the design's share of the failover, the assumed delay of Cognito's edge, 3 x 10 s and an answer."""


@dataclass
class Outage:
    """One world with one outage: times are milliseconds after its begin, infinite for what did not happen."""

    world: World
    begun: int

    def first(self, kind: str, target: str | None = None, after: float = 0.0) -> float:
        moves = [
            at - self.begun
            for at, moved, where in self.world.history
            if moved == kind and target in (None, where) and at - self.begun >= after
        ]
        return moves[0] if moves else math.inf

    def now(self) -> int:
        return self.world.now - self.begun


def outage(seed: int, mode: tuple[str, str], seconds: float) -> Outage:
    """A world after an outage of this length: refused, hanging, broken TLS, errors or slow answers."""
    world = World(seed, mode=mode, probers=1 + seed % 2)
    world.run(30 + world.random.random() * 30)
    begun = world.now
    world.faults = Faults(region={PRIMARY: world.random.choice(sorted(FAILURES))})
    world.run(seconds)
    world.faults = Faults()
    return Outage(world, begun)


@EACH_MODE
def test_ten_seconds_move_nothing(mode: tuple[str, str]) -> None:
    for seed in range(RUNS):
        seen = outage(seed, mode, 10)
        seen.world.run(200)
        assert not {kind for _, kind, _ in seen.world.history} & {"dns", "edge", "latch"}, f"seed {seed}"


@EACH_MODE
def test_forty_seconds_fail_over_and_return_by_themselves(mode: tuple[str, str]) -> None:
    for seed in range(RUNS):
        seen = outage(seed, mode, 40)
        seen.world.run(200)
        switched = seen.first("dns", SECONDARY)
        assert switched <= DETECT, f"seed {seed}: switched after {switched} ms"
        assert seen.first("edge", SECONDARY) <= DETECT + EDGE, f"seed {seed}"
        returned = seen.first("dns", PRIMARY, after=switched)
        assert 40_000 < returned <= 50_000 + RETURN, f"seed {seed}: returned after {returned} ms"
        assert (seen.world.edge, seen.world.dns) == (PRIMARY, PRIMARY), f"seed {seed}"
        assert seen.first("latch") == math.inf, f"seed {seed}: latched"


@EACH_MODE
def test_two_minutes_latch_until_somebody_releases(mode: tuple[str, str]) -> None:
    for seed in range(RUNS):
        seen = outage(seed, mode, 120)
        world = seen.world
        switched, latched = seen.first("dns", SECONDARY), seen.first("latch")
        assert switched <= DETECT, f"seed {seed}: switched after {switched} ms"
        assert switched < latched <= 120_000, f"seed {seed}: latched after {latched} ms"
        world.run(400)
        assert seen.first("dns", PRIMARY) == math.inf, f"seed {seed}: returned before the release"
        assert (world.edge, world.dns, world.forced) == (SECONDARY, SECONDARY, True)
        released = seen.now()
        assert world.order(force=False, pin=False)
        world.run(stack.TTL)
        returned = seen.first("dns", PRIMARY) - released
        assert returned <= (0 if mode[0] == "calculated" else RETURN), f"seed {seed}: {returned} ms after the release"
        assert seen.first("edge", PRIMARY) - released <= RETURN + EDGE, f"seed {seed}"
        world.run(200)
        assert (world.edge, world.dns, world.forced) == (PRIMARY, PRIMARY, False), f"seed {seed}"
