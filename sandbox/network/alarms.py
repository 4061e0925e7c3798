"""CloudWatch alarms as a pure function: from datapoints to a state.

Sources: CloudWatch user guide, alarm-evaluation.html (M out of N, the evaluation range) and
alarms-and-missing-data.html (the four treatments, with its tables). AWS does not publish how many periods more
than N the evaluation range has; its tables show two.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

State = Literal["OK", "ALARM", "INSUFFICIENT_DATA"]
Treatment = Literal["missing", "ignore", "breaching", "notBreaching"]
EXTRA_PERIODS = 2

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}
STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "Average": lambda values: sum(values) / len(values),
    "Sum": sum,
    "Minimum": min,
    "Maximum": max,
    "SampleCount": len,
}


def evaluate(points: Sequence[bool | None], *, periods: int, to_alarm: int, missing: Treatment, state: State) -> State:
    """The alarm's next state.

    *points*: the evaluation range, oldest first, True where breaching, None where data is missing. *periods* is
    N, *to_alarm* M, *state* the present one. When the range holds N known points, the newest N count and
    nothing is filled; otherwise the missing ones are treated.
    """
    known = [point for point in points if point is not None]
    if len(known) >= periods:
        return "ALARM" if sum(known[-periods:]) >= to_alarm else "OK"
    breaching, absent = sum(known), periods - len(known)
    match missing:
        case "breaching":
            return "ALARM" if breaching + absent >= to_alarm else "OK"
        case "notBreaching":
            return "ALARM" if breaching >= to_alarm else "OK"
    if breaching >= to_alarm:
        return "ALARM"
    if breaching < len(known):
        return "OK"
    if missing == "ignore":
        return state
    return "ALARM" if known else "INSUFFICIENT_DATA"


def datapoints(
    samples: Sequence[tuple[float, float]], *, now: float, period: float, count: int, statistic: str
) -> list[float | None]:
    """The statistic of each of the last *count* whole periods before *now*, oldest first, None without a sample.

    *samples* are (time, value); times and *period* in seconds. Periods begin at multiples of their length.
    """
    last = int(now // period)
    values: dict[int, list[float]] = {}
    for at, value in samples:
        values.setdefault(int(at // period), []).append(value)
    calculate = STATISTICS[statistic]
    return [calculate(values[index]) if index in values else None for index in range(last - count, last)]
