"""Cluster endpoints of a stack that is deployed to one machine, which its configuration must say."""

from __future__ import annotations

import pytest
from pack.registry import all_rules

from tests.policies.cases.controls import endpoints
from tests.policies.good_failover import ENDPOINTS
from tests.policies.good_stack import good_stack

RULE = next(rule for rule in all_rules() if rule.id == "routing-controls-guarded")
LOCAL = {"allowLoopbackEndpoints": True}


def with_first(url: str) -> list[dict[str, str]]:
    return [{**ENDPOINTS[0], "endpoint": url}, *ENDPOINTS[1:]]


@pytest.mark.parametrize("url", ["http://127.0.0.1", "http://127.0.0.1:7001", "http://127.0.0.1:7001/v1/c"])
def test_loopback_is_taken_where_the_configuration_says_so(url: str) -> None:
    stack = endpoints(with_first(url))(good_stack())
    assert RULE.judge(stack, LOCAL) == []
    assert [finding.found for finding in RULE.judge(stack, {"allowLoopbackEndpoints": False})] == [
        "5, with 4 https URLs and 5 Regions"
    ] * 2
    assert len(RULE.judge(stack, {"allowLoopbackEndpoints": 1})) == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1.example.com/v1",
        "http://127a0.0.1/v1",
        "http://127.0a0.1/v1",
        "http://127.0.0a1/v1",
        "http://127.0.0.1/v1 x",
        "http://a.example.com/v1",
        "ftp://127.0.0.1",
    ],
)
def test_what_only_looks_like_loopback_is_not(url: str) -> None:
    assert len(RULE.judge(endpoints(with_first(url))(good_stack()), LOCAL)) == 2


def test_five_are_five_different_ones_on_loopback_too() -> None:
    same = [{**one, "endpoint": "http://127.0.0.1:7001"} for one in ENDPOINTS]
    assert len(RULE.judge(endpoints(same)(good_stack()), LOCAL)) == 2
    assert RULE.judge(good_stack(), LOCAL) == []
