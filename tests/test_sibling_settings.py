"""Siblings in a stack file: what they may say."""

import contextlib
from typing import Any

import pytest
from hypothesis import given

from settings import SettingsError, load
from tests.test_settings import GOOD, JSON, lines

HOST_ALONE = "must be a host name such as shop.example.com, because scheme, port and path are the same in both stacks"
BROKEN = [
    (
        {"a/b": {}},
        "siblings is 'a/b': must be a stack's name, because its file Pulumi.<name>.yaml lies beside this one",
    ),
    ({"": {}}, "siblings is '': must be a stack's name"),
    ({"prod": []}, "siblings.prod is []: must be an object"),
    ({"prod": {"only": {}}}, "siblings.prod.only is {}: must not be there, because this program knows no such key"),
    ({"prod": {"hosts": {"https://a.b": "c.d"}}}, f"siblings.prod.hosts is 'https://a.b': {HOST_ALONE}"),
    ({"prod": {"hosts": {"a.b:80": "c.d"}}}, f"siblings.prod.hosts is 'a.b:80': {HOST_ALONE}"),
    ({"prod": {"hosts": {"a.b": "c.d/e"}}}, f"siblings.prod.hosts[\"a.b\"] is 'c.d/e': {HOST_ALONE}"),
    ({"prod": {"hosts": {"a.b": 5}}}, 'siblings.prod.hosts["a.b"] is 5: must be a text'),
    (
        {"prod": {"hosts": {"a.b": "A.b"}}},
        "siblings.prod.hosts[\"a.b\"] is 'A.b': must be another host, because one that",
    ),
    (
        {"prod": {"hosts": {"bücher.example": "c.d", "XN--bcher-kva.example": "c.d"}}},
        "siblings.prod.hosts is 'bücher.example': must not be listed twice, in whatever spelling",
    ),
    (
        {"prod": {"onlyHere": {"portal": []}}},
        "siblings.prod.onlyHere is 'portal': must be a declared application, because this stack has the URIs of",
    ),
    (
        {"prod": {"onlyThere": {"shop": "https://a.b/"}}},
        "siblings.prod.onlyThere.shop is 'https://a.b/': must be a list",
    ),
]


def with_siblings(siblings: Any) -> dict[str, Any]:
    return {**GOOD, "siblings": siblings}


@pytest.mark.parametrize(("siblings", "message"), BROKEN)
def test_a_wrong_sibling_gets_its_message(siblings: Any, message: str) -> None:
    found = lines(with_siblings(siblings))
    assert [line for line in found if line.startswith(f"Pulumi.test.yaml: {message}")], found
    assert all(len(line.splitlines()) == 1 for line in found)


def test_all_hosts_of_a_sibling_are_told_at_once() -> None:
    hosts = {"a b": "c/d", "x.test": "x.test", "y.test": "Y.test", "Y.TEST": "z.test"}
    assert len(lines(with_siblings({"prod": {"hosts": hosts}}))) == 6


def test_several_hosts_of_a_sibling_may_be_one_here_and_an_application_may_be_there_alone() -> None:
    hosts = {"a.test": "c.test", "bücher.example": "c.test", "localhost": "d.test"}
    alone = {"onlyHere": {"shop": ["https://c.test/x"]}, "onlyThere": {"portal": ["https://a.test/y"]}}
    sibling = load(with_siblings({"prod": {"hosts": hosts, **alone}, "eu.prod-1_x": {}}), "f").siblings["prod"]
    assert sibling.only_here == {"shop": ("https://c.test/x",)}
    assert sibling.only_there == {"portal": ("https://a.test/y",)}


@given(JSON)
def test_no_value_of_siblings_raises_anything_but_messages(value: Any) -> None:
    with contextlib.suppress(SettingsError):
        assert load(with_siblings(value), "f")
