"""What watches is ill, the primary is well: nothing fails over, nothing latches, exactly one alarm names it.

Each test runs many worlds with random timings, modes and phases; a failing seed is in the test's name.
"""

from collections.abc import Callable

import pytest
from verdict import Answer

from tests.failover import alarms, stack
from tests.failover.faults import PROBERS, Faults
from tests.failover.stack import PRIMARY, SECONDARY
from tests.failover.world import World

RUNS = 200
UNKNOWN, MISSING = {"verdict-unknown"}, {"primary-up-missing"}
INVALID_GRANT, INVALID_CLIENT = Answer(400, "invalid_grant"), Answer(400, "invalid_client")
ONE, TWO, ANY = (1,), (2,), (1, 2)


def blind(at: str, how: str) -> Callable[[World], Faults]:
    return lambda world: Faults(prober={at: how})


def either(how: str) -> Callable[[World], Faults]:
    return lambda world: Faults(prober={world.random.choice(PROBERS): how})


def verdict(how: str) -> Callable[[World], Faults]:
    return lambda world: Faults(verdict=how)


def egress(how: str) -> Callable[[World], Faults]:
    return lambda world: Faults(egress=how)


def both_say(*answers: Answer) -> Callable[[World], Faults]:
    return lambda world: Faults(answers=world.random.choice(answers))


ILL = {
    "the only prober sees nothing": (ONE, blind(SECONDARY, "blind"), UNKNOWN),
    "the only prober is dead": (ONE, blind(SECONDARY, "dead"), UNKNOWN),
    "one of two probers sees nothing": (TWO, either("blind"), UNKNOWN),
    "one of two probers is dead": (TWO, either("dead"), UNKNOWN),
    "one of two probers cannot reach the primary": (TWO, either("lying"), UNKNOWN),
    "functions of the secondary do not get out": (ANY, egress("tokens"), UNKNOWN),
    "functions of the secondary reach nothing at all": (ANY, egress("all"), UNKNOWN),
    "the verdict endpoint is dead": (ANY, verdict("dead"), MISSING),
    "the verdict endpoint is flooded": (ANY, verdict("flooded"), MISSING),
    "the verdict endpoint is forbidden": (ANY, verdict("forbidden"), MISSING),
    "the canary is broken": (ANY, both_say(INVALID_GRANT, INVALID_CLIENT), UNKNOWN),
    "a trigger raises": (ANY, both_say(Answer(400, "other"), Answer(400, "invalid_request"), Answer(500)), UNKNOWN),
}  # fmt: skip


@pytest.mark.parametrize("ill", ILL)
def test_an_ill_watcher_moves_nothing_and_is_named(ill: str) -> None:
    probers, make, expected = ILL[ill]
    for seed in range(RUNS):
        world = World(seed, mode=stack.MODES[seed % 3], probers=probers[seed % len(probers)])
        if "canary" in ill:
            world.canary = "token"  # the other grant expects one of these errors
        world.run(250 + world.random.random() * 60)
        assert alarms.ringing(world) == set(), f"seed {seed}: rings in good health"
        world.faults = make(world)
        world.run(330)
        assert not {kind for _, kind, _ in world.history} & {"dns", "edge", "latch"}, f"seed {seed}: {world.history}"
        assert (world.edge, world.dns, world.forced) == (PRIMARY, PRIMARY, False)
        assert alarms.ringing(world) == expected, f"seed {seed}"


def test_the_same_world_with_an_ill_primary_does_fail_over() -> None:
    """The simulation can say otherwise: the tests above are not empty."""
    for seed in range(20):
        world = World(seed, mode=stack.MODES[seed % 3], probers=1 + seed % 2)
        world.run(250)
        world.faults = Faults(region={PRIMARY: "error"})
        world.run(240)
        assert (world.edge, world.dns, world.forced) == (SECONDARY, SECONDARY, True)
        assert alarms.ringing(world) == {"primary-up-missing", "latch-engaged"}


@pytest.mark.parametrize("mode", stack.MODES, ids="-".join)
def test_after_the_latch_a_dead_verdict_endpoint_moves_nothing_where_arc_holds_it(mode: tuple[str, str]) -> None:
    """In mode `verdict` the latch is a part of the word: there a dead endpoint returns traffic, as documented."""
    for seed in range(30):
        world = World(seed, mode=mode)
        world.run(30)
        world.faults = Faults(region={PRIMARY: "refuse"})
        world.run(150)
        world.faults = Faults(verdict=world.random.choice(("dead", "flooded", "forbidden")))
        world.run(120)
        expected = SECONDARY if mode[0] == "calculated" else PRIMARY
        assert (world.edge, world.dns) == (expected, expected), f"seed {seed}"
        assert world.forced
