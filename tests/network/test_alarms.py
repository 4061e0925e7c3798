"""Alarms by the tables of CloudWatch's user guide (alarms-and-missing-data.html)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.network.alarms import State, Treatment, datapoints, evaluate

TREATMENTS: tuple[Treatment, ...] = ("missing", "ignore", "breaching", "notBreaching")
KEEPS = "keeps"
LACKS = "INSUFFICIENT_DATA"
TABLE = [
    # M of N, points (X breaching, 0 not, - missing), then the state for each treatment
    (3, 3, "0-X-X", ("OK", "OK", "OK", "OK")),
    (3, 3, "----0", ("OK", "OK", "OK", "OK")),
    (3, 3, "-----", (LACKS, KEEPS, "ALARM", "OK")),
    (3, 3, "0XX-X", ("ALARM", "ALARM", "ALARM", "ALARM")),
    (3, 3, "--X--", ("ALARM", KEEPS, "ALARM", "OK")),
    (2, 3, "0-X-X", ("ALARM", "ALARM", "ALARM", "ALARM")),
    (2, 3, "00X0X", ("ALARM", "ALARM", "ALARM", "ALARM")),
    (2, 3, "0-X--", ("OK", "OK", "ALARM", "OK")),
    (2, 3, "----0", ("OK", "OK", "ALARM", "OK")),
    (2, 3, "----X", ("ALARM", KEEPS, "ALARM", "OK")),
]
POINTS = {"X": True, "0": False, "-": None}


@pytest.mark.parametrize("state", ["OK", "ALARM", "INSUFFICIENT_DATA"])
@pytest.mark.parametrize(("to_alarm", "periods", "text", "expected"), TABLE)
def test_the_tables_of_the_guide(
    to_alarm: int, periods: int, text: str, expected: tuple[str, ...], state: State
) -> None:
    points = [POINTS[letter] for letter in text]
    found = [
        evaluate(points, periods=periods, to_alarm=to_alarm, missing=missing, state=state) for missing in TREATMENTS
    ]
    assert found == [state if one == KEEPS else one for one in expected]


@given(
    st.lists(st.sampled_from([True, False, None]), min_size=5, max_size=5),
    st.integers(1, 3),
    st.sampled_from(TREATMENTS),
    st.integers(0, 4),
)
def test_one_more_breaching_point_never_ends_an_alarm(
    points: list[bool | None], to_alarm: int, missing: Treatment, at: int
) -> None:
    def state(some: list[bool | None]) -> State:
        return evaluate(some, periods=3, to_alarm=to_alarm, missing=missing, state="OK")

    if points[at] is False and state(points) == "ALARM":
        assert state([*points[:at], True, *points[at + 1 :]]) == "ALARM"


@given(st.lists(st.booleans(), min_size=3, max_size=5), st.sampled_from(TREATMENTS), st.integers(1, 3))
def test_with_all_data_the_treatment_makes_no_difference(points: list[bool], missing: Treatment, m: int) -> None:
    found = evaluate(points, periods=3, to_alarm=m, missing=missing, state="INSUFFICIENT_DATA")
    assert found == ("ALARM" if len([one for one in points[-3:] if one]) >= m else "OK")


def test_datapoints_are_whole_periods_before_now() -> None:
    samples = [(0.0, 9.0), (60.0, 1.0), (119.9, 3.0), (180.0, 5.0), (241.0, 7.0)]
    found = datapoints(samples, now=250.0, period=60, count=3, statistic="Average")
    assert found == [2.0, None, 5.0]  # 60-120, 120-180, 180-240; the period that still runs is not counted


@pytest.mark.parametrize(
    ("statistic", "value"), [("Minimum", 1), ("Maximum", 4), ("Sum", 7), ("SampleCount", 3), ("Average", 7 / 3)]
)
def test_statistics(statistic: str, value: float) -> None:
    samples = [(1.0, 1.0), (2.0, 2.0), (3.0, 4.0)]
    assert datapoints(samples, now=10, period=10, count=1, statistic=statistic) == [value]
