"""The prober's pure modules: answers without what they carried, observations over time, the shared item."""

import json

import item
import latch
import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict import FRESH_MS, Answer, Judgement, Observation, answer_of, combine, judge, unanimous

NOW = 1_800_000_000_000
INTERVAL = 10_000
VERDICTS = st.sampled_from(["UP", "DOWN", "UNKNOWN"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
)


@given(st.integers(100, 599), st.binary(max_size=60) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_any_body_gives_an_answer(status: int, body: bytes) -> None:
    assert answer_of(status, body).status == status


@pytest.mark.parametrize("field", ["access_token", "id_token", "refresh_token", "error", "error_description"])
def test_nothing_of_a_body_but_known_error_codes_leaves(field: str) -> None:
    answer = answer_of(400, json.dumps({field: "eyJhbGciOi-a-token"}).encode())
    assert "eyJ" not in repr(answer)
    assert "eyJ" not in judge(answer, answer, "token").reason


def test_an_empty_token_is_no_token() -> None:
    assert judge(answer_of(200, b'{"access_token": ""}'), Answer(200, token=True), "token").verdict == "UNKNOWN"


def test_the_secondary_is_not_asked_about_a_primary_that_answers() -> None:
    assert judge(Answer(200, token=True), Answer(failure="refused"), "token").verdict == "UP"


@given(st.dictionaries(st.sampled_from("abcd"), VERDICTS, min_size=1), st.integers(FRESH_MS + 1, 10**9))
def test_what_is_old_says_nothing(verdicts: dict[str, str], age: int) -> None:
    old = {place: Observation(said, NOW - age) for place, said in verdicts.items()}  # ty: ignore[invalid-argument-type]
    assert combine(old, NOW) == "UNKNOWN"
    assert not unanimous(old, NOW)


ROUNDS = st.lists(st.tuples(VERDICTS, st.integers(1, 60_000)), min_size=1, max_size=30)


@given(ROUNDS)
def test_down_counts_from_the_first_of_an_unbroken_run(rounds: list[tuple[str, int]]) -> None:
    """Against a search through the whole story."""
    now, previous, story = NOW, None, []
    for said, pause in rounds:
        now += pause
        previous = item.own(previous, Judgement(said, ""), now, INTERVAL)  # ty: ignore[invalid-argument-type]
        story.append((now, said))
        run = [story[-1][0]]
        for at, verdict in reversed(story[:-1]):
            if verdict != "DOWN" or run[-1] - at > 3 * INTERVAL:
                break
            run.append(at)
        assert previous.down_since == (run[-1] if said == "DOWN" else None)


def test_an_observation_survives_its_item() -> None:
    for seen in (Observation("UP", NOW), Observation("DOWN", NOW, NOW - 5)):
        assert item.observation_of(item.prober_item("us-west-2", seen, "why")) == seen


@given(st.dictionaries(st.sampled_from(["verdict", "observedAt", "downSince", "word", "version"]), ANYTHING))
def test_a_damaged_item_stops_nothing(damaged: dict[str, object]) -> None:
    item.observation_of(damaged)
    new = item.next_item(damaged, Judgement("UNKNOWN", "r"), None, NOW, canary="token", by="t")
    assert new["word"] == ("DOWN" if damaged.get("word") == "DOWN" else "UP")


@given(st.lists(VERDICTS, min_size=1, max_size=12))
def test_the_word_is_the_last_decided_verdict(verdicts: list[str]) -> None:
    shared: item.Item | None = None
    for turn, said in enumerate(verdicts):
        judged = Judgement(said, "r")  # ty: ignore[invalid-argument-type]
        shared = item.next_item(shared, judged, None, NOW + turn, canary="token", by="t")
        known = [(place, one) for place, one in enumerate(verdicts[: turn + 1]) if one != "UNKNOWN"]
        assert shared["word"] == (known[-1][1] if known else "UP")
        assert shared.get("decidedAt") == (NOW + known[-1][0] if known else None)
        assert (shared["version"], shared["observedAt"]) == (turn + 1, NOW + turn)


@pytest.mark.parametrize("silent_for", [30_000, 30_001])
def test_all_configured_probers_agree_or_nobody_does(silent_for: int) -> None:
    here, there = Observation("DOWN", NOW, NOW - 90_000), Observation("DOWN", NOW - silent_for, NOW - 70_000)
    expected = NOW - 70_000 if silent_for <= 30_000 else None
    assert latch.agreed_since({"a": here, "b": there}, NOW, INTERVAL) == expected
    assert latch.agreed_since({"a": here, "b": None}, NOW, INTERVAL) is None
    assert latch.agreed_since({"a": here, "b": Observation("UNKNOWN", NOW)}, NOW, INTERVAL) is None
    assert latch.agreed_since({}, NOW, INTERVAL) is None


@pytest.mark.parametrize(
    ("agreed", "forced", "pinned", "due"),
    [
        (NOW - 60_000, False, False, True),
        (NOW - 59_999, False, False, False),
        (NOW - 60_000, True, False, False),
        (NOW - 60_000, False, True, False),
        (None, False, False, False),
    ],
)
def test_the_latch_is_due_after_a_minute_of_agreement(
    agreed: int | None, forced: bool, pinned: bool, due: bool
) -> None:
    assert latch.due(agreed, NOW, 60_000, forced=forced, pinned=pinned) == due


@pytest.mark.parametrize(("region", "engages"), [("us-west-2", True), ("us-east-1", False), (None, False)])
def test_the_latch_waits_until_the_switch_is_seen(region: str | None, engages: bool) -> None:
    assert latch.engages(True, region, "us-west-2") == engages
    assert not latch.engages(False, region, "us-west-2")
