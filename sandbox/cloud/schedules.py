"""EventBridge Scheduler to the second: the emulator looks every ten seconds and counts on from when it looked.

Its minute would last 61 to 70 seconds, and a prober that runs for a minute would leave gaps. Source:
EventBridge Scheduler user guide, schedule-types.html (a rate is counted from the schedule's start).
"""

from collections.abc import Callable

from ministack.services import eventbridge, scheduler

from sandbox.cloud.errors import CloudError
from sandbox.cloud.patching import replace

LOOK_EVERY = 1
"""Seconds between two looks for schedules that are due."""


def install() -> None:
    """Replace the emulator's look and its interval."""
    if not hasattr(scheduler, "_SCHEDULE_TICK_INTERVAL"):
        raise CloudError("ministack's scheduler has no _SCHEDULE_TICK_INTERVAL any more")
    scheduler._SCHEDULE_TICK_INTERVAL = LOOK_EVERY  # ty: ignore[invalid-assignment]
    replace(scheduler, "_tick_schedules", "", _keeping_time)


def planned(last: float, now: float, interval: float) -> float:
    """When the newest run up to *now* was due, counted from *last*. All in seconds."""
    return last + (now - last) // interval * interval


def _keeping_time(original: Callable[[], None]) -> Callable[[], None]:
    def tick() -> None:
        fired = scheduler._schedule_last_fired
        before = dict(fired)
        original()
        for key, now in list(fired.items()):
            schedule = scheduler._schedules._data.get(key)
            if schedule is None:
                fired.pop(key, None)  # a schedule of the same name starts anew
                continue
            last = before.get(key, schedule.get("CreationDate"))
            interval = eventbridge._parse_rate_seconds(schedule["ScheduleExpression"])
            if interval and last is not None and now != last:
                fired[key] = planned(last, now, interval)

    return tick
