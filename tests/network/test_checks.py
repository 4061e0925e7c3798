"""Health checks by AWS's documented rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.network.checks import (
    Check,
    Checker,
    Observations,
    endpoint_healthy,
    from_config,
    healthy,
    statuses,
    succeeded,
)


def probe(**more: object) -> Check:
    return from_config(
        "probe", {"Type": "HTTPS_STR_MATCH", "FullyQualifiedDomainName": "x.example", "SearchString": "DOWN", **more}
    )


@pytest.mark.parametrize(
    ("results", "after"),
    [
        ("", True),
        ("00", True),
        ("000", False),
        ("001000", False),
        ("0010", True),
        ("00011", False),
        ("000111", True),
        ("0001101", False),
    ],
)
def test_a_checker_changes_its_mind_after_three_equal_results_in_a_row(results: str, after: bool) -> None:
    checker = Checker()
    for result in results:
        checker.saw(result == "1", threshold=3)
    assert checker.healthy is after
    assert checker.asked == len(results)


@given(st.lists(st.booleans()), st.integers(1, 10))
def test_a_checker_is_what_its_last_full_row_says(results: list[bool], threshold: int) -> None:
    checker, expected = Checker(), True
    for index in range(len(results)):
        row = results[max(0, index + 1 - threshold) : index + 1]
        if len(row) == threshold and len(set(row)) == 1:
            expected = row[0]
        checker.saw(results[index], threshold)
        assert checker.healthy is expected


@pytest.mark.parametrize(
    ("yes", "of", "expected"),
    [(0, 16, False), (2, 16, False), (3, 16, True), (16, 16, True), (9, 50, False), (10, 50, True), (0, 0, True)],
)
def test_more_than_18_percent_of_the_checkers_make_an_endpoint_healthy(yes: int, of: int, expected: bool) -> None:
    assert endpoint_healthy([True] * yes + [False] * (of - yes)) is expected


@given(st.lists(st.booleans(), min_size=1), st.integers(0))
def test_one_more_healthy_vote_never_makes_an_endpoint_unhealthy(votes: list[bool], index: int) -> None:
    better = list(votes)
    better[index % len(votes)] = True
    assert endpoint_healthy(better) >= endpoint_healthy(votes)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b"it is DOWN today", True),
        (302, b"DOWN", True),
        (200, b"UP", False),
        (404, b"DOWN", False),
        (503, b"DOWN", False),
        (200, b"x" * 5116 + b"DOWN", True),
        (200, b"x" * 5117 + b"DOWN", False),
    ],
)
def test_a_string_match_needs_2xx_or_3xx_and_the_string_in_the_first_5120_bytes(
    status: int, body: bytes, expected: bool
) -> None:
    assert succeeded(probe(), status, body) is expected


def test_without_a_string_the_status_alone_counts() -> None:
    check = from_config("c", {"Type": "HTTPS", "FullyQualifiedDomainName": "x.example"})
    assert succeeded(check, 204, b"")
    assert not succeeded(check, 400, b"")


@pytest.mark.parametrize(
    ("inverted", "disabled", "votes", "expected"),
    [
        (False, False, [], True),  # new
        (True, False, [], False),  # new and inverted
        (False, False, [False] * 16, False),
        (True, False, [False] * 16, True),
        (True, False, [True] * 3 + [False] * 13, False),
        (False, True, [False] * 16, True),
        (True, True, [True] * 16, False),
        (True, True, [False] * 16, False),
    ],
)
def test_new_inverted_and_disabled_checks(inverted: bool, disabled: bool, votes: list[bool], expected: bool) -> None:
    seen = Observations(checks={"probe": probe(Inverted=inverted, Disabled=disabled)}, votes={"probe": votes})
    assert healthy("probe", seen) is expected


def control(check_id: str, arn: str, *, inverted: bool = False, disabled: bool = False) -> Check:
    config = {"Type": "RECOVERY_CONTROL", "RoutingControlArn": arn, "Inverted": inverted, "Disabled": disabled}
    return from_config(check_id, config)


@pytest.mark.parametrize(
    ("state", "inverted", "expected"),
    [(True, False, True), (False, False, False), (True, True, False), (False, True, True)],
)
def test_a_control_that_is_on_is_healthy(state: bool, inverted: bool, expected: bool) -> None:
    seen = Observations(checks={"c": control("c", "arn", inverted=inverted)}, controls={"arn": state})
    assert healthy("c", seen) is expected


def test_a_new_control_is_off() -> None:
    assert not healthy("c", Observations(checks={"c": control("c", "arn")}))


@given(st.lists(st.booleans(), max_size=6), st.integers(0, 7), st.booleans())
def test_a_calculated_check_counts_its_children(children: list[bool], threshold: int, inverted: bool) -> None:
    checks = {f"c{index}": control(f"c{index}", f"arn{index}") for index in range(len(children))}
    config = {"Type": "CALCULATED", "ChildHealthChecks": list(checks), "HealthThreshold": threshold}
    checks["sum"] = from_config("sum", {**config, "Inverted": inverted})
    on = {f"arn{index}": state for index, state in enumerate(children)}
    enough = len([child for child in children if child]) >= threshold
    assert healthy("sum", Observations(checks=checks, controls=on)) is (enough is not inverted)


def test_a_disabled_child_counts_as_healthy_and_a_deleted_one_as_nothing() -> None:
    checks = {"c": control("c", "arn", disabled=True)}
    for children, expected in ((["c"], True), (["gone"], False)):
        config = {"Type": "CALCULATED", "ChildHealthChecks": children, "HealthThreshold": 1}
        assert healthy("sum", Observations(checks={**checks, "sum": from_config("sum", config)})) is expected


def test_calculated_checks_do_not_nest() -> None:
    config = {"Type": "CALCULATED", "HealthThreshold": 1}
    checks = {
        "a": from_config("a", {**config, "ChildHealthChecks": ["b"]}),
        "b": from_config("b", {**config, "ChildHealthChecks": []}),
    }
    with pytest.raises(ValueError, match="health check a is CALCULATED and cannot have the CALCULATED child b"):
        healthy("a", Observations(checks=checks))


@given(down=st.booleans(), force=st.booleans(), pin=st.booleans())
def test_three_of_four_is_not_forced_and_probe_or_pin(down: bool, force: bool, pin: bool) -> None:
    four = {"Type": "CALCULATED", "ChildHealthChecks": ["probe", "f1", "f2", "pin"], "HealthThreshold": 3}
    checks = {
        "probe": probe(Inverted=True),
        "f1": control("f1", "force", inverted=True),
        "f2": control("f2", "force", inverted=True),
        "pin": control("pin", "pin"),
        "serving": from_config("serving", four),
        "secondary": from_config("secondary", {**four, "Inverted": True}),
    }
    seen = Observations(checks=checks, votes={"probe": [down] * 16}, controls={"force": force, "pin": pin})
    found = statuses(seen)
    assert found["serving"] is (not force and (not down or pin))
    assert found["secondary"] is not found["serving"]
