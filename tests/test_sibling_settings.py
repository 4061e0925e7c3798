"""Siblings in a stack file: what they may say."""

import contextlib
from typing import Any

import pytest
from hypothesis import given

from settings import Difference, SettingsError, load
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
        {"prod": {"hosts": {"straße.de": "c.d", "straße.DE": "c.d"}}},
        "siblings.prod.hosts is 'straße.de': must not be listed twice, in whatever spelling",
    ),
    (
        {"prod": {"hosts": {"::1": "c.d"}}},
        "siblings.prod.hosts is '::1': must be in brackets, because a URI has an IPv6 address so. Write it as [::1] is",
    ),
    ({"prod": {"hosts": {"a.b": "2001:DB8::1"}}}, "siblings.prod.hosts[\"a.b\"] is '2001:DB8::1': must be in brackets"),
    ({"prod": {"hosts": {"[::g]": "c.d"}}}, f"siblings.prod.hosts is '[::g]': {HOST_ALONE}"),
    ({"prod": {"hosts": {"[:::1]": "c.d"}}}, f"siblings.prod.hosts is '[:::1]': {HOST_ALONE}"),
    ({"prod": {"hosts": {"[::1%1]": "c.d"}}}, f"siblings.prod.hosts is '[::1%1]': {HOST_ALONE}"),
    ({"prod": {"hosts": {"[a.b]": "c.d"}}}, f"siblings.prod.hosts is '[a.b]': {HOST_ALONE}"),
    ({"prod": {"hosts": {"[::1": "c.d"}}}, f"siblings.prod.hosts is '[::1': {HOST_ALONE}"),
    (
        {"prod": {"onlyHere": {"shop": {}}}},
        "siblings.prod.onlyHere.shop is {}: must name a URI under callbackUrls or logoutUrls, because an empty",
    ),
    (
        {"prod": {"onlyThere": {"portal": {"callbackUrls": [], "logoutUrls": []}}}},
        'siblings.prod.onlyThere.portal is {"callbackUrls": [], "logoutUrls": []}: must name a URI',
    ),
    (
        {"prod": {"onlyHere": {"shop": {"callbackUrl": []}}}},
        "siblings.prod.onlyHere.shop.callbackUrl is []: must not be there, because this program knows no such key",
    ),
    (
        {"prod": {"onlyHere": {"shop": ["https://a.b/"]}}},
        'siblings.prod.onlyHere.shop is ["https://a.b/"]: must be an object',
    ),
    (
        {"prod": {"onlyHere": {"portal": {"callbackUrls": ["https://a.b/"]}}}},
        "siblings.prod.onlyHere is 'portal': must be a declared application, because this stack has the URIs of",
    ),
    (
        {"prod": {"onlyThere": {"shop": {"logoutUrls": "https://a.b/"}}}},
        "siblings.prod.onlyThere.shop.logoutUrls is 'https://a.b/': must be a list",
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
    hosts = {"a.test": "c.test", "bücher.example": "c.test", "localhost": "d.test", "[::1]": "[2001:DB8::1]"}
    alone = {
        "onlyHere": {"shop": {"callbackUrls": ["https://c.test/x"]}},
        "onlyThere": {"portal": {"logoutUrls": ["https://a.test/y"]}},
    }
    sibling = load(with_siblings({"prod": {"hosts": hosts, **alone}, "eu.prod-1_x": {}}), "f").siblings["prod"]
    assert sibling.only_here == {"shop": Difference.model_validate({"callbackUrls": ("https://c.test/x",)})}
    assert sibling.only_there == {"portal": Difference.model_validate({"logoutUrls": ("https://a.test/y",)})}


def test_two_names_that_only_an_old_encoding_takes_for_one_are_two() -> None:
    hosts = {"straße.de": "strasse.de", "strasse.de": "c.test"}
    assert load(with_siblings({"prod": {"hosts": hosts}}), "f").siblings["prod"].hosts == hosts


@pytest.mark.parametrize("lists", [{"callbackUrls": 0}, {"callbackUrl": ["https://a.b/"]}, []])
def test_a_wrong_declaration_is_not_called_empty_as_well(lists: Any) -> None:
    assert len(lines(with_siblings({"prod": {"onlyHere": {"shop": lists}}}))) == 1


@given(JSON)
def test_no_value_of_siblings_raises_anything_but_messages(value: Any) -> None:
    with contextlib.suppress(SettingsError):
        assert load(with_siblings(value), "f")
