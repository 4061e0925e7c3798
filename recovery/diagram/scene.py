"""What the drawings show, and where: placed by hand, named by the manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from manifest import DomainFacts, FailoverFacts, Manifest
from recovery.diagram.svg import Arrow, Box, Kind, Stroke, Text, page
from recovery.errors import RecoveryError

State = Literal["normal", "failover"]
WIDTH, HEIGHT = 1000.0, 770.0
LEFT, RIGHT, REGION = 40.0, 560.0, 400.0
"""The Regions' left edges and their width."""
NAMES, POOLS, PROBER, ENDPOINT, CHECKS, OVERRIDE = 130.0, 320.0, 440.0, 525.0, 480.0, 660.0
"""Upper edges of the rows."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A stack with all its parts, in one state."""

    manifest: Manifest
    domains: DomainFacts
    facts: FailoverFacts
    state: State

    @property
    def failed(self) -> bool:
        """Whether the primary has."""
        return self.state == "failover"

    def svg(self) -> str:
        """The drawing."""
        primary, secondary = self.manifest.regions.primary, self.manifest.regions.secondary
        title = f"{primary} has failed, {secondary} serves" if self.failed else f"Normal operation: {primary} serves"
        heading = Text(x=LEFT, y=28, text=f"{self.manifest.name}: {title}", size=17, bold=True)
        return page(title, WIDTH, HEIGHT, [heading, *self.boxes(), *self._arrows(), *self._labels()])

    def boxes(self) -> Iterator[Box]:
        """Every box, a Region before what lies in it."""
        yield Box(x=LEFT, y=45, width=920, height=36, lines=("Users, applications, API callers",))
        yield from self._names()
        yield from self._regions()
        yield from self._watching()
        yield self._checks()
        yield self._override()

    def _names(self) -> Iterator[Box]:
        ttl = self.facts.record_ttl
        texts = (
            (
                self.domains.auth,
                "managed login and token endpoint",
                "one alias record; Cognito's edge",
                "picks the Region",
            ),
            (
                self.domains.api,
                "the application's API",
                "two weighted alias records, 100 and 0,",
                "a health check on each",
            ),
            (
                self.domains.serving,
                "the Region hint of SDK callers",
                f"two weighted CNAMEs, 100 and 0, TTL {ttl} s,",
                "a health check on each",
            ),
        )
        for index, lines in enumerate(texts):
            yield Box(x=LEFT + index * 320, y=NAMES, width=280, height=84, lines=lines)

    def _regions(self) -> Iterator[Box]:
        regions = self.manifest.regions
        serving: tuple[Kind, Kind] = ("ill", "well") if self.failed else ("well", "plain")
        yield Box(x=LEFT, y=285, width=REGION, height=165, kind="region", lines=(f"{regions.primary}, primary",))
        yield Box(x=RIGHT, y=285, width=REGION, height=335, kind="region", lines=(f"{regions.secondary}, secondary",))
        pools = (
            (
                LEFT,
                serving[0],
                ("User pool", "directory, key, triggers", *(["does not answer"] if self.failed else [])),
            ),
            (RIGHT, serving[1], ("Replica, ACTIVE", "same pool ID and clients", "own key replica, triggers")),
        )
        for x, kind, lines in pools:
            yield Box(x=x + 20, y=POOLS, width=205, height=72, kind=kind, lines=lines)
            yield Box(x=x + 245, y=POOLS, width=135, height=72, kind=kind, lines=("API", "regional domain"))

    def _watching(self) -> Iterator[Box]:
        probers = ", ".join(self.facts.probers)
        seconds = self.facts.interval
        lines = ("Prober", f"redeems the canary's token in both Regions, each {seconds} s")
        yield Box(x=RIGHT + 20, y=PROBER, width=360, height=52, lines=(f"{lines[0]} ({probers})", lines[1]))
        word = "PRIMARY_DOWN" if self.failed else "PRIMARY_UP"
        kind: Kind = "ill" if self.failed else "plain"
        said = (f"Verdict endpoint: {word}", f"reads table {self.facts.table.name},", "never calls out")
        yield Box(x=RIGHT + 20, y=ENDPOINT, width=360, height=72, kind=kind, lines=said)

    def _checks(self) -> Box:
        facts, word = self.facts, "unhealthy" if self.failed else "healthy"
        speed = f"{facts.interval} s x {facts.threshold}"
        if facts.serving_check == "calculated":
            probe = "unhealthy" if self.failed else "healthy"
            lines: tuple[str, ...] = (
                f"probe (inverted, {speed}): {probe}",
                "force-secondary Off, inverted, twice: healthy",
                "pin-primary Off: unhealthy",
                "three of four: NOT force AND (probe OR pin)",
            )
        else:
            lines = (
                f"one check of the endpoint's word, inverted, {speed}",
                "force and pin are folded into that word",
            )
        title = f"Route 53: serving check is {word}"
        return Box(x=LEFT, y=CHECKS, width=REGION, height=140, kind="ill" if self.failed else "well", lines=(
            title, *lines, "its status leads the auth domain and the weighted names"))  # fmt: skip

    def _override(self) -> Box:
        after = self.facts.latch_after
        if self.facts.override == "routing_control":
            title = f"ARC routing controls, {len(self.facts.cluster_endpoints)} endpoints, data plane"
        else:
            title = f"Override item in table {self.facts.table.name}"
        latch = f"the latch turns force-secondary on after {after} s of agreed DOWN; turning it off is a human's act"
        if not self.failed:
            latch = "force-secondary Off, pin-primary Off: the health check decides"
        return Box(x=LEFT, y=OVERRIDE, width=920, height=72, lines=(
            title, latch, "people: cognito-dr override force-secondary, pin-primary, release, status"))  # fmt: skip

    def _arrows(self) -> Iterator[Arrow]:
        into = RIGHT if self.failed else LEFT
        for index in range(3):
            middle = LEFT + 140 + index * 320
            yield Arrow(points=((middle, 81), (middle, NAMES)), stroke="users")
            yield Arrow(points=((middle, NAMES + 84), (into + 90 + index * 110, 285)), stroke="users")
        probe: Stroke = "broken" if self.failed else "watch"
        pool, bend = LEFT + 122, PROBER + 18
        way = ((RIGHT + 20, bend), (500, bend), (500, 425), (pool, 425), (pool, POOLS + 72))
        yield Arrow(points=way, stroke=probe)
        yield Arrow(points=((RIGHT + 122, PROBER), (RIGHT + 122, POOLS + 72)), stroke="watch")
        yield Arrow(points=((RIGHT + 200, PROBER + 52), (RIGHT + 200, ENDPOINT)), stroke="watch")
        yield Arrow(points=((LEFT + REGION, ENDPOINT + 36), (RIGHT + 20, ENDPOINT + 36)), stroke="watch")
        replicates: Stroke = "broken" if self.failed else "quiet"
        yield Arrow(points=((LEFT + REGION, 350), (RIGHT, 350)), stroke=replicates)
        yield from self._deciding()

    def _deciding(self) -> Iterator[Arrow]:
        """From the override to the check or the word, from the check to the names, from the prober to the latch."""
        if self.facts.serving_check == "calculated":
            yield Arrow(points=((LEFT + 200, OVERRIDE), (LEFT + 200, CHECKS + 140)), stroke="status")
        else:
            yield Arrow(points=((RIGHT + 200, OVERRIDE), (RIGHT + 200, ENDPOINT + 72)), stroke="status")
        yield Arrow(
            points=((LEFT, CHECKS + 70), (18, CHECKS + 70), (18, NAMES + 42), (LEFT, NAMES + 42)), stroke="status"
        )
        for index in (1, 2):
            x = LEFT + index * 320 + 20
            yield Arrow(points=((18, 236), (x, 236), (x, NAMES + 84)), stroke="status")
        latch: Stroke = "status" if self.failed else "quiet"
        way = ((RIGHT + 380, PROBER + 26), (978, PROBER + 26), (978, OVERRIDE + 36), (960, OVERRIDE + 36))
        yield Arrow(points=way, stroke=latch)

    def _labels(self) -> Iterator[Text]:
        yield Text(x=500, y=342, text="replicates", middle=True)
        yield Text(x=500, y=ENDPOINT + 28, text=f"GET, {self.facts.interval} s", middle=True)
        yield Text(x=934, y=645, text="latch")
        yield from self._legend()

    def _legend(self) -> Iterator[Text]:
        text = "green: users  |  blue: probes and checks  |  violet, dashed: what decides  |  red, dotted: fails"
        yield Text(x=LEFT, y=HEIGHT - 14, text=text)


def scene(manifest: Manifest, state: State) -> Scene:
    """The stack in a state. Raises RecoveryError for a phase in which users are not led yet."""
    if manifest.domains is None or manifest.failover is None:
        raise RecoveryError(f"stack {manifest.name} leads nobody in phase {manifest.phase}: there is nothing to draw")
    return Scene(manifest=manifest, domains=manifest.domains, facts=manifest.failover, state=state)
