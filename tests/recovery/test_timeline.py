"""Measuring a switch: an outage ends with the first good poll of a steady row, whatever the order of arrival."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from recovery.timeline import (
    STEADY_POLLS,
    Limits,
    Outage,
    Poll,
    Sighting,
    Switch,
    first_seen,
    judge,
    measure,
    outage,
    outcome,
)

STEP = 0.1
HISTORIES = st.lists(st.tuples(st.booleans(), st.floats(0.01, 2.0)), max_size=120)


def polls(history: Sequence[tuple[bool, float]]) -> list[Poll]:
    return [
        Poll(started=i * STEP, ended=i * STEP + took, good=good, detail="lost")
        for i, (good, took) in enumerate(history)
    ]


@given(history=HISTORIES, data=st.data())
def test_the_order_of_arrival_does_not_matter(history: list[tuple[bool, float]], data: st.DataObject) -> None:
    made = polls(history)
    assert outage(data.draw(st.permutations(made)), 0) == outage(made, 0)


@given(history=HISTORIES)
def test_an_outage_is_followed_by_a_steady_row_and_preceded_by_none(history: list[tuple[bool, float]]) -> None:
    made, marks = polls(history), "".join("+" if good else "-" for good, _ in history)
    found = outage(made, 0)
    if "-" not in marks:
        assert found is None
        return
    assert found is not None
    first = marks.index("-")
    steady = marks.find("+" * STEADY_POLLS, first)
    assert found.began == made[first].started
    assert found.ended == (made[steady].ended if steady >= 0 else None)
    assert found.failed == marks[first : steady if steady >= 0 else None].count("-")


@given(before=st.integers(0, 40), lost=st.integers(1, 40))
def test_good_polls_before_the_fault_change_nothing(before: int, lost: int) -> None:
    history = [(True, 0.05)] * before + [(False, 0.05)] * lost + [(True, 0.05)] * STEADY_POLLS
    found = outage(polls(history), before * STEP)
    assert found is not None
    assert found.failed == lost
    assert found.ended == (before + lost) * STEP + 0.05


def test_one_lucky_answer_ends_nothing() -> None:
    history = [(False, 0.1), *[(True, 0.1)] * (STEADY_POLLS - 1), (False, 0.1)]
    assert outage(polls(history), 0) == Outage(began=0, ended=None, failed=2, details=("lost",))


def test_a_poll_that_hangs_over_the_fault_counts_from_the_fault() -> None:
    hanging = Poll(started=0.9, ended=2.9, good=False, detail="late")
    found = outage([hanging], 1.0)
    assert found is not None
    assert found.began == 1.0


def sightings(*pairs: tuple[float, str]) -> list[Sighting]:
    return [Sighting(at=at, value=value) for at, value in pairs]


def test_the_moments_of_a_switch() -> None:
    lost = [Poll(started=i / 10, ended=i / 10 + 0.05, good=not 100 <= i < 400) for i in range(600)]
    found = measure(
        10.0,
        {"api": lost, "serving": [each for each in lost if each.good]},
        sightings((5, "DOWN"), (12, "UP"), (19, "DOWN")),
        sightings((12, "UP"), (20, "DOWN")),
        sightings((12, "us-east-1"), (38, "us-west-2"), (39, "us-west-2")),
        "us-west-2",
    )
    assert (found.detection, found.decision, found.record) == (19, 20, 38)
    api = found.outages["api"]
    assert api is not None
    assert api.ended == 40.05
    assert found.outages["serving"] is None


def switch(record: float | None, **ended: float | None) -> Switch:
    outages = {n: Outage(began=0, ended=e, failed=1, details=()) for n, e in ended.items()}
    return Switch(fault=0, detection=1, decision=1, record=record, outages=outages)


def test_only_the_auth_domain_waits_for_the_edge() -> None:
    limits = Limits(own=50, ttl=60, edge=10)
    held = {each.what: each.held for each in judge(switch(50, auth=120, api=110), limits)}
    assert all(held.values())
    late = [each for each in judge(switch(50.1, auth=120.1, api=110.1), limits) if each.held]
    assert late == []


def test_what_was_never_seen_did_not_hold() -> None:
    assert not any(each.held for each in judge(switch(None, auth=None), Limits(own=50, ttl=60, edge=10)))


@given(values=st.lists(st.tuples(st.floats(0, 100), st.sampled_from("ab"))), since=st.floats(0, 100))
def test_the_first_sighting_is_the_earliest_of_its_value(values: list[tuple[float, str]], since: float) -> None:
    found = first_seen(sightings(*values), "a", since)
    assert found == min((at for at, value in values if value == "a" and at >= since), default=None)


def test_how_an_outage_ended() -> None:
    assert outcome(switched=False, forced=False, last_region="us-east-1", primary="us-east-1") == "no-switch"
    assert outcome(switched=True, forced=False, last_region="us-east-1", primary="us-east-1") == "returned"
    assert outcome(switched=True, forced=True, last_region="us-west-2", primary="us-east-1") == "latched"
    assert outcome(switched=True, forced=False, last_region="us-west-2", primary="us-east-1") == "undecided"
