"""One round: probe, judge, write, latch if due, tell. What fails beside the probes never stops the round."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import item
import latch
import verdict
from clients import error_name
from controls import Switches, UnreachableError
from item import Item
from parts import Parts
from verdict import Judgement, Observation

T = TypeVar("T")
Observations = dict[str, Observation | None]
ATTEMPTS = 2
"""Writes of the shared item in one round: after a conflict it is read once more."""


class Config(NamedTuple):
    """What a round has to know. Times in milliseconds."""

    region: str
    probers: tuple[str, ...]
    secondary: str
    interval: int
    latch_after: int
    mirrors: bool
    """Whether the override's item follows the routing controls, because the verdict endpoint folds it in."""

    @property
    def by(self) -> str:
        """Who writes."""
        return f"prober {self.region}"


class Round:
    """One round's state: the time of its probes, what they were worth, and what failed beside them."""

    def __init__(self, config: Config, parts: Parts) -> None:
        self.config, self.parts = config, parts
        self.errors: list[str] = []
        primary, secondary, self.canary = parts.probe()
        self.now = parts.clock()
        self.judged = verdict.judge(primary, secondary, self.canary)

    def run(self) -> dict[str, Any]:
        """The round after its probes; returns its log line."""
        own = self._own()
        observations, combined, word = self._share(own)
        agreed = latch.agreed_since(observations, self.now, self.config.interval) if word == "DOWN" else None
        switches, action = self._override(agreed)
        known = word is not None and verdict.unanimous(observations, self.now)
        self._measure(known, combined, switches)
        return {
            "time": self.now,
            "region": self.config.region,
            "verdict": combined.verdict,
            "word": word,
            "reason": combined.reason,
            "canary": self.canary,
            "downSince": agreed,
            "forced": switches.force if switches else None,
            "pinned": switches.pin if switches else None,
            "latch": action,
            "errors": self.errors,
        }

    def _guarded(self, part: str, act: Callable[[], T], otherwise: T) -> T:
        """`act`, or `otherwise` and a word in the log: no helper may cost the round."""
        try:
            return act()
        except UnreachableError as error:
            self.errors.append(f"{part}: {error}")
        except Exception as error:
            self.errors.append(f"{part}: {error_name(error)}")
        return otherwise

    def _observed(self, region: str) -> Observation | None:
        return item.observation_of(self.parts.table.get(item.prober_id(region)))

    def _own(self) -> Observation:
        """This prober's observation, written down."""
        region, table = self.config.region, self.parts.table
        previous = self._guarded("own item", lambda: self._observed(region), None)
        own = item.own(previous, self.judged, self.now, self.config.interval)
        self._guarded("own item", lambda: table.put(item.prober_item(region, own, self.judged.reason)), None)
        return own

    def _combined(self, own: Observation) -> tuple[Observations, Judgement]:
        """All probers' observations and their verdict. Alone, it is this prober's."""
        observations: Observations = {self.config.region: own}
        for region in self.config.probers:
            if region != self.config.region:
                observations[region] = self._guarded(f"item of {region}", lambda at=region: self._observed(at), None)
        if len(observations) == 1:
            return observations, self.judged
        each = ", ".join(f"{region} {seen.verdict if seen else 'silent'}" for region, seen in observations.items())
        reason = f"{each}; {self.config.region}: {self.judged.reason}"
        return observations, Judgement(verdict.combine(observations, self.now), reason)

    def _share(self, own: Observation) -> tuple[Observations, Judgement, str | None]:
        """Write the shared item; its word is None when it could not be written."""
        for _ in range(ATTEMPTS):
            observations, combined = self._combined(own)
            written = self._guarded("serving item", lambda: self._write(observations, combined), {})  # noqa: B023
            if written is not None:
                return observations, combined, written.get("word")
        self.errors.append("serving item: changed by another prober twice")
        return observations, combined, None

    def _write(self, observations: Observations, combined: Judgement) -> Item | None:
        """The shared item as written; None when another prober was faster."""
        old = self.parts.table.get(item.SERVING)
        agreed = latch.agreed_since(observations, self.now, self.config.interval)
        new = item.next_item(old, combined, agreed, self.now, canary=self.canary, by=self.config.by)
        return new if self.parts.table.replace(new, old) else None

    def _override(self, agreed: int | None) -> tuple[Switches | None, str | None]:
        """Read force and pin, engage the latch if it is time, keep the mirror; returns them and what the latch did."""
        held, readable = None, False
        if self.parts.controls is None or self.config.mirrors:
            held, readable = self._guarded(
                "override item", lambda: (self.parts.table.get(item.OVERRIDE), True), (None, False)
            )
        told = Switches(*item.flags(held)) if readable else None
        controls = self.parts.controls
        switches = told if controls is None else self._guarded("routing controls", controls.read, None)
        if switches is None:
            return told, None
        action = None
        if latch.due(agreed, self.now, self.config.latch_after, forced=switches.force, pinned=switches.pin):
            action = self._latch(held, switches)
            if action in ("engaged", "already"):
                switches = switches._replace(force=True)
        if controls is not None and readable and switches != told:
            self._guarded("mirror", lambda: self._hold(switches, held, "as the routing controls"), False)
        return switches, action

    def _latch(self, held: Item | None, switches: Switches) -> str | None:
        """Engage if the switch is to be seen; returns what happened."""
        region = self._guarded("names", self.parts.answering_region, None)
        if not latch.engages(True, region, self.config.secondary):
            return f"serving answers {region or 'nothing'}"
        controls = self.parts.controls
        if controls is not None:
            return self._guarded("latch", controls.engage, "failed")
        forced, reason = switches._replace(force=True), "latch"
        written = self._guarded("latch", lambda: self._hold(forced, held, reason), False)
        return "engaged" if written else "failed"

    def _hold(self, switches: Switches, held: Item | None, reason: str) -> bool:
        """Write the override's item, unless somebody changed it since it was read."""
        new = item.override_item(force=switches.force, pin=switches.pin, by=self.config.by, at=self.now, reason=reason)
        return self.parts.table.replace(new, held)

    def _measure(self, known: bool, combined: Judgement, switches: Switches | None) -> None:
        """The round's metrics; ForcedAway only when something could tell."""
        values = {"VerdictUnknown": int(not known), "VerdictDown": int(combined.verdict == "DOWN")}
        if switches is not None:
            values["ForcedAway"] = int(switches.force)
        self._guarded("metrics", lambda: self.parts.metrics(values), None)


def run(config: Config, parts: Parts) -> dict[str, Any]:
    """One round with its probes."""
    return Round(config, parts).run()
