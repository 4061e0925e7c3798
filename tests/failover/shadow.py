"""What the state machine knows about its world without asking the judged code: causes, times, duties."""

from dataclasses import dataclass, field

from tests.failover import spec
from tests.failover.faults import PROBERS
from tests.failover.route53 import INTERVAL
from tests.failover.stack import PRIMARY, SECONDARY
from tests.failover.world import World

FRESH, TTL, LATCH_AFTER, GAP = 60_000, 60_000, 60_000, 3 * INTERVAL
LINGER = FRESH + 2 * INTERVAL
"""An observation counts for FRESH; a round later at most it is replaced."""
ACT = {"calculated": (0, 12_000), "verdict": (40_000, 55_000)}
"""Milliseconds until DNS and edge follow an override: at once plus the edge, or three asks of every checker more."""
NEVER = 0


@dataclass
class Shadow:
    """Bookkeeping between two looks, a few seconds apart."""

    world: World
    forced: bool = False
    pinned: bool = False
    ordered_at: int = NEVER
    """When force or pin last changed, by an operator or the latch."""
    path_ill_at: int = NEVER
    """When the way of an override through the verdict endpoint was last broken."""
    primary_ill_at: int = NEVER
    lied_at: dict[str, int] = field(default_factory=dict)
    silent_at: dict[str, int] = field(default_factory=dict)
    """When a prober last could not see or say the truth."""
    excused_at: int = NEVER
    """When there last was a reason for traffic to be, or to be left, in the secondary."""
    seen: int = 0

    def look(self) -> None:
        """Take in what is broken at this moment."""
        world, faults, now = self.world, self.world.faults, self.world.now
        if faults.verdict or faults.egress == "all" or SECONDARY in faults.region:
            self.path_ill_at = now
        if PRIMARY in faults.region:
            self.primary_ill_at = now
        for region in world.probers:
            if faults.prober.get(region) == "lying":
                self.lied_at[region] = now
            cut = region == SECONDARY and faults.egress
            if faults.prober.get(region) or cut or SECONDARY in faults.region or faults.answers:
                self.silent_at[region] = now
        if self.has_cause() or not self.rests():
            self.excused_at = now

    def recent(self, at: int) -> bool:
        return at != NEVER and self.world.now - at <= LINGER

    def has_cause(self) -> bool:
        """An ill primary, a hand, or a liar whom no other prober contradicts."""
        liars = [region for region in PROBERS if self.recent(self.lied_at.get(region, NEVER))]
        honest = [region for region in self.world.probers if not self.recent(self.silent_at.get(region, NEVER))]
        return self.forced or self.recent(self.primary_ill_at) or (bool(liars) and not honest)

    def rests(self) -> bool:
        """Everything is at the primary, the shared word included."""
        word = self.world.table.items.get("serving", {"word": "UP"})["word"]
        return (self.world.edge, self.world.dns, word) == (PRIMARY, PRIMARY, "UP")

    def excused(self) -> bool:
        return self.excused_at != NEVER and self.world.now - self.excused_at <= LINGER

    def overridden_for(self) -> int:
        """How long an override has been able to act, in milliseconds."""
        since = self.ordered_at
        if self.world.serving_check == "verdict":
            since = max(since, self.path_ill_at)
        return self.world.now - since

    def new_history(self) -> list[tuple[int, str, str]]:
        new = self.world.history[self.seen :]
        self.seen = len(self.world.history)
        return new

    def switch_was_seen(self, at: int) -> bool:
        """Whether `serving.` answered with the secondary at some moment of the resolver's memory before a time."""
        changes = [(when, where) for when, kind, where in self.world.history if kind == "dns" and when < at]
        inside = {where for when, where in changes if when > at - TTL}
        before = [where for when, where in changes if when <= at - TTL] or [PRIMARY]
        return SECONDARY in inside | {before[-1]}

    def all_agreed(self, at: int) -> bool:
        """Whether every prober saw the primary fail without a break for the latch's time, by the specification."""
        for region in self.world.probers:
            rounds = [
                (when, self._down(seen)) for when, who, seen in self.world.sightings if who == region and when <= at
            ]
            last_other = max((place for place, (_, down) in enumerate(rounds) if not down), default=-1)
            run = [when for when, _ in rounds[last_other + 1 :]]
            gaps = [later - earlier for earlier, later in zip(run, [*run[1:], at], strict=True)]
            since = max([place for place, gap in enumerate(gaps[:-1]) if gap > GAP], default=-1) + 1
            if not run or gaps[-1] > GAP or at - run[since] < LATCH_AFTER:
                return False
        return True

    @staticmethod
    def _down(seen: tuple) -> bool:
        primary, secondary, grant = seen
        return spec.verdict(spec.sight_of(*primary, grant), spec.sight_of(*secondary, grant)) == "DOWN"
