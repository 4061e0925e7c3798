"""What a failover test measured, as lines for people and as a record for the file. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from recovery.clock import span
from recovery.failover_test import Plan, Run
from recovery.timeline import Judgement, Limits, Outage, Switch, judge

SCHEMA_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Report:
    """A run with its plan, limits and the assumptions that it rests on. `at` is ISO 8601."""

    stack: str
    pool: str
    at: str
    plan: Plan
    run: Run
    limits: Limits
    assumptions: Mapping[str, Any]
    expected: str | None = None

    @property
    def judgements(self) -> list[Judgement]:
        """Empty when there was no switch to judge and none was to be: a short outage ends by healing."""
        if self.run.switch is None or (self.run.outcome == "no-switch" and self.plan.outage is not None):
            return []
        return judge(self.run.switch, self.limits)

    @property
    def held(self) -> bool:
        """Whether everything that was promised was seen."""
        as_expected = self.expected is None or self.expected == self.run.outcome
        answers = self.run.answers
        rested = self.plan.outage is None or self.run.steady_after is not None
        return as_expected and rested and answers is not None and answers.good and all(j.held for j in self.judgements)


def lines(report: Report) -> Iterator[str]:
    """For people."""
    run = report.run
    if (switch := run.switch) is not None:
        yield from _moments(switch)
    for each in report.judgements:
        took = "not seen" if each.took is None else span(each.took)
        yield f"{'ok    ' if each.held else 'FAILED'} {each.what}: {took}, at most {span(each.limit)}"
    if (answers := run.answers) is not None:
        yield f"code issued before, redeemed after: {answers.code_in_flight}"
        yield f"{'ok    ' if answers.restarted_flow else 'FAILED'} a restarted authorization code flow succeeds"
        yield f"{'ok    ' if answers.refresh_token else 'FAILED'} a refresh token from before is redeemed"
        yield from (f"       {problem}" for problem in answers.problems)
    else:
        yield "FAILED nothing in flight was measured: the switch did not complete"
    if report.plan.outage is not None:
        rest = "no steady state" if run.steady_after is None else f"steady {span(run.steady_after)} after healing"
        yield f"{'FAILED' if run.steady_after is None else 'ok    '} {rest}"
    wrong = report.expected is not None and report.expected != run.outcome
    yield f"{'FAILED' if wrong else 'ok    '} outcome: {run.outcome}" + (
        f", expected {report.expected}" if wrong else ""
    )
    yield from run.notes
    yield "assumptions: " + ", ".join(f"{name} = {value}" for name, value in report.assumptions.items())


def record(report: Report) -> dict[str, Any]:
    """For the file. Times are seconds after the fault."""
    run, plan = report.run, report.plan
    return {
        "schemaVersion": SCHEMA_VERSION,
        "stack": report.stack,
        "poolId": report.pool,
        "at": report.at,
        "mode": plan.mode,
        "outageSeconds": plan.outage,
        "held": report.held,
        "outcome": run.outcome,
        "switch": _switch(run.switch) if run.switch is not None else None,
        "checks": [asdict(each) | {"held": each.held} for each in report.judgements],
        "inFlight": asdict(run.answers) if run.answers is not None else None,
        "steadyAfterHealSeconds": run.steady_after,
        "notes": run.notes,
        "limits": asdict(report.limits),
        "assumptions": dict(report.assumptions),
    }


def _moments(switch: Switch) -> Iterator[str]:
    for name in ("detection", "decision", "record"):
        moment = getattr(switch, name)
        yield f"{name:<10} {'not seen' if moment is None else span(moment - switch.fault)} after the fault"
    for name, about in switch.outages.items():
        yield f"{name:<10} {_outage(about, switch)}"


def _outage(about: Outage | None, switch: Switch) -> str:
    if about is None:
        return "no failed request"
    if about.ended is None:
        return f"{about.failed} failed requests, not served again ({'; '.join(about.details)})"
    after = "" if switch.record is None else f", {span(max(0.0, about.ended - switch.record))} after the record"
    return f"served again {span(about.ended - switch.fault)} after the fault{after}; {about.failed} failed requests"


def _switch(switch: Switch) -> dict[str, Any]:
    def after(moment: float | None) -> float | None:
        return None if moment is None else round(moment - switch.fault, 3)

    clients = {
        name: None
        if about is None
        else {"from": after(about.began), "to": after(about.ended), "failed": about.failed, "details": about.details}
        for name, about in switch.outages.items()
    }
    return {name: after(getattr(switch, name)) for name in ("detection", "decision", "record")} | {"clients": clients}
