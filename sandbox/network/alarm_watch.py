"""Evaluates the emulator's alarms every second; its own evaluation is switched off by `install`.

Alarms of `AWS/Route53` go by the clock, whose minutes may be compressed; all others by real time, as what
functions put is not compressed.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import cloudwatch

from sandbox.cloud.patching import replace
from sandbox.network.alarms import COMPARISONS, EXTRA_PERIODS, STATISTICS, State, datapoints, evaluate
from sandbox.network.clock import Clock
from sandbox.network.metrics import NAMESPACE

LOOK = 1.0
"""Seconds between two evaluations of all alarms."""

Alarm = dict[str, Any]
Failing = Callable[[str], bool]


def install() -> None:
    """Let the emulator change no alarm by itself: it knows no dimensions, no M of N, no missing data."""
    replace(cloudwatch, "_evaluate_alarm", "alarm", lambda _original: lambda alarm: None)


async def watch(clock: Clock, failing: Failing) -> None:
    """Evaluate all alarms every second, until cancelled; those of a failing Region keep their state."""
    while True:
        await asyncio.sleep(LOOK)
        found = list(cloudwatch._alarms._data.items())
        for (account, region, _name), alarm in found:
            if not failing(region) and _supported(alarm):
                with request_scope(account, region):
                    _judge(alarm, clock.factor if alarm["Namespace"] == NAMESPACE else 1.0)


def _supported(alarm: Alarm) -> bool:
    """Alarms of one metric with a basic statistic; others keep INSUFFICIENT_DATA."""
    return bool(alarm.get("MetricName")) and (
        alarm.get("Statistic") in STATISTICS
        and not alarm.get("ExtendedStatistic")
        and alarm.get("ComparisonOperator") in COMPARISONS
    )


def _judge(alarm: Alarm, factor: float) -> None:
    periods = alarm["EvaluationPeriods"]
    values = datapoints(
        _samples(alarm),
        now=time.time(),
        period=alarm["Period"] / factor,
        count=periods + EXTRA_PERIODS,
        statistic=alarm["Statistic"],
    )
    breaches = COMPARISONS[alarm["ComparisonOperator"]]
    state = evaluate(
        [None if value is None else breaches(value, alarm["Threshold"]) for value in values],
        periods=periods,
        to_alarm=alarm.get("DatapointsToAlarm") or periods,
        missing=alarm["TreatMissingData"],
        state=alarm["StateValue"],
    )
    if state != alarm["StateValue"]:
        _change(alarm, state, values)


def _samples(alarm: Alarm) -> list[tuple[float, float]]:
    dimensions = {one["Name"]: one["Value"] for one in alarm["Dimensions"]}
    key = (alarm["Namespace"], alarm["MetricName"], cloudwatch._dims_key(dimensions))
    return [(point["Timestamp"], point["Value"]) for point in list(cloudwatch._metrics.get(key) or [])]


def _change(alarm: Alarm, state: State, values: list[float | None]) -> None:
    """Set the state as the emulator would: with its history, its actions and its composite alarms."""
    before = alarm["StateValue"]
    shown = ", ".join("missing" if value is None else f"{value:g}" for value in values)
    reason = f"{alarm['Statistic']} of the last periods, oldest first: {shown}; threshold {alarm['Threshold']:g}"
    alarm.update(StateValue=state, StateReason=reason, StateUpdatedTimestamp=int(time.time()))
    cloudwatch._record_history(alarm["AlarmName"], before, state, reason)
    cloudwatch._dispatch_alarm_actions(alarm, before, state, reason)
    cloudwatch._evaluate_parent_alarms(alarm)
