"""The prober: a minute of rounds, each judging the primary Region from outside it and sharing the verdict.

EventBridge Scheduler knows no less than a minute, so one invocation runs a round every interval: at 0, 10, ... 50 s.
Event: {} for a minute of rounds, {"rounds": 1} for a smoke test. Environment: PROBE, one JSON text.
"""

import json
import os
import time
from collections.abc import Callable
from typing import Any

import names
import probe
import rounds
from canary import CanarySecret, reader
from clients import error_name
from controls import RoutingControls
from metrics import Metrics
from parts import Parts
from table import Table
from verdict import Answer, Canary

MINUTE = 60.0
RESERVE_MS = 12_000
"""What a round may need when everything around it hangs; with less left of the run, none is begun."""
_kept: list["Prober"] = []


def log(line: dict[str, Any]) -> None:
    """One line of JSON."""
    print(json.dumps(line, sort_keys=True), flush=True)  # noqa: T201 stdout is Lambda's log


class Prober:
    """What a Lambda environment keeps over runs: configuration, clients, the canary's token."""

    def __init__(self, about: dict[str, Any]) -> None:
        table, controls = about["table"], about["controls"]
        self.about, self.timeout = about, about["timeout"]
        self.canary = CanarySecret(
            about["canarySecret"], about["clientId"], reader(about["canarySecret"].split(":")[3])
        )
        self.canary_error: str | None = None
        by_controls = about["override"] == "routing_control"
        self.config = rounds.Config(
            region=about["region"],
            probers=tuple(about["probers"]),
            secondary=about["secondary"]["region"],
            interval=round(about["interval"] * 1000),
            latch_after=round(about["latchAfter"] * 1000),
            mirrors=by_controls and about["servingCheck"] == "verdict",
        )
        self.parts = Parts(
            probe=self.probe,
            table=Table(table["name"], table["region"]),
            controls=RoutingControls(controls["force"], controls["pin"], controls["endpoints"])
            if by_controls
            else None,
            answering_region=self.answering_region,
            metrics=Metrics(about["stack"], table["region"]).put,
            clock=lambda: time.time_ns() // 1_000_000,
        )

    def probe(self) -> tuple[Answer, Answer, Canary]:
        """Both Regions' answers to the canary's grant, and what kind of grant it was."""
        self.canary_error = None
        try:
            self.canary.refresh()
        except Exception as error:
            self.canary_error = f"canary: {error_name(error)}"
        grant = self.canary.grant
        urls = [self.about[place]["tokenUrl"] for place in ("primary", "secondary")]
        primary, secondary = probe.ask_all(urls, grant, self.timeout)
        if primary.error or secondary.error:
            self.canary.distrust()
        return primary, secondary, grant.canary

    def answering_region(self) -> str | None:
        """The Region that clients are sent to; None while there is no such record."""
        name = self.about["servingName"]
        return names.answering_region(name, self.about["servingTargets"]) if name else None

    def round(self) -> dict[str, Any]:
        """One round, logged."""
        line = rounds.run(self.config, self.parts)
        if self.canary_error:
            line["errors"] = [self.canary_error, *line["errors"]]
        log(line)
        return line


def prober() -> Prober:
    """The environment's prober. Raises when PROBE is not what the program writes: a smoke test must fail then."""
    if not _kept:
        _kept.append(Prober(json.loads(os.environ["PROBE"])))
    return _kept[0]


def run(
    act: Callable[[], dict[str, Any]],
    count: int,
    interval: float,
    *,
    left_ms: Callable[[], float],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> list[dict[str, Any]]:
    """Up to `count` rounds, one every `interval` seconds. A late round is not made up for: the next one comes."""
    started, lines = clock(), []
    for turn in range(count):
        wait = started + turn * interval - clock()
        if wait < -interval / 2:
            continue
        if left_ms() - 1000 * max(0.0, wait) < RESERVE_MS and lines:
            break
        sleep(max(0.0, wait))
        lines.append(act())
    return lines


def handler(event: object, context: Any) -> dict[str, Any]:
    """Run the rounds; the answer is for the smoke test and the log."""
    current = prober()
    interval = current.about["interval"]
    asked = event.get("rounds") if isinstance(event, dict) else None
    count = asked if isinstance(asked, int) and asked > 0 else round(MINUTE / interval)
    left = getattr(context, "get_remaining_time_in_millis", lambda: float("inf"))
    lines = run(current.round, count, interval, left_ms=left)
    last = lines[-1]
    return {"rounds": len(lines), "verdict": last["verdict"], "word": last["word"], "errors": last["errors"]}
