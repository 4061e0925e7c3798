"""The three alarms as CloudWatch would evaluate them, from the world's history: an oracle of its own."""

from tests.failover.route53 import START
from tests.failover.world import World

MINUTE = 60_000
PERIODS = 3


def _minutes(now: int) -> list[tuple[int, int]]:
    """The last three complete minutes."""
    last = now // MINUTE * MINUTE
    return [(last - (back + 1) * MINUTE, last - back * MINUTE) for back in range(PERIODS)]


def _statuses(world: World, role: str, begin: int, end: int) -> set[bool]:
    """Every status that a check had within a minute; healthy at the start of the world."""
    changes = [(at, value == "True") for at, kind, value in world.history if kind == role and at < end]
    before = [value for at, value in changes if at <= begin]
    return {before[-1] if before else True} | {value for at, value in changes if at > begin}


def ringing(world: World) -> set[str]:
    """The names of the alarms that are in ALARM now."""
    assert world.now - START > (PERIODS + 1) * MINUTE, "too early to judge three periods"
    minutes = _minutes(world.now)
    names = set()
    unknown = [
        [v for at, name, v in world.metrics.data if name == "VerdictUnknown" and a <= at < b] for a, b in minutes
    ]
    if all(not values or min(values) >= 1 for values in unknown):
        names.add("verdict-unknown")
    if all(False in _statuses(world, "primaryUp", a, b) for a, b in minutes):
        names.add("primary-up-missing")
    begin, end = minutes[0]
    if any(name == "ForcedAway" and value >= 1 and begin <= at < end for at, name, value in world.metrics.data):
        names.add("latch-engaged")
    return names
