"""Hosts that differ between sibling stacks: what is exchanged, in which spelling, and which entries are in use."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pack.facts import UNKNOWN
from pack.uris import normalised

from settings.siblings import spelling
from tests.policies.cases.siblings import CB, ELSEWHERE, HERE, HOST, X, only, redirects, sibling, there
from tests.policies.good_stack import good_stack
from tests.policies.maker import THERE
from tests.policies.mutations import both, prop
from tests.policies.sibling_words import AT, DEBUG, RULE, said

LABELS = st.text("abzABZ019-_äßéςσİıẞ日本ü", min_size=1, max_size=8)
HOSTS = st.lists(LABELS, min_size=1, max_size=3).map(".".join)


def test_of_two_spellings_of_a_host_the_order_in_the_file_decides_nothing() -> None:
    (lower, here), upper = next(iter(HOST.items())), "SHOP.staging.example.com"
    assert said(sibling(hosts={upper: "x.test", lower: here})) == said(sibling(hosts={lower: here, upper: "x.test"}))


@pytest.mark.parametrize(
    ("uri", "there_as"),
    [
        ("http://localhost:3000/cb", "http://localhost:3000/cb"),
        ("https://[::1]:8443/cb", "https://[::1]:8443/cb"),
        (f"{HERE}:8443/a?b=c", f"{THERE}:8443/a?b=c"),
        (f"{HERE}?next=https://shop.staging.example.com/", f"{THERE}?next=https://shop.staging.example.com/"),
        ("myapp://shop.staging.example.com/cb", "myapp://shop.staging.example.com/cb"),
        ("https://shop.staging.example.com.example.org/", "https://shop.staging.example.com.example.org/"),
    ],
)
def test_only_the_host_is_exchanged(uri: str, there_as: str) -> None:
    assert said(both(redirects(CB, X, uri), there(f"{THERE}/cb", DEBUG, there_as))) == []


def test_a_host_is_exchanged_behind_a_user_name_and_in_brackets() -> None:
    odd = there(
        f"{THERE}/cb", DEBUG, "https://u@shop.staging.example.com/", "https://[::1]/", hosts=HOST | {"[::1]": "x.test"}
    )
    (finding,) = RULE.judge(odd(good_stack()))
    assert "without https://u@shop.example.com/ that" in finding.found
    assert "without https://x.test/ that staging has as https://[::1]/" in finding.found


def test_a_host_is_of_no_use_where_all_that_the_sibling_has_there_is_its_own() -> None:
    hosts = HOST | {"debug.test": "x.test", "gone.test": "y.test"}
    alone = there(f"{THERE}/cb", ELSEWHERE, hosts=hosts, onlyThere=only(ELSEWHERE))
    assert said(alone) == [
        ("applications", f"{AT}.hosts", "debug.test that no URI of staging has but those under onlyThere"),
        ("applications", f"{AT}.hosts", "gone.test that no URI of staging has"),
    ]


def test_a_host_is_of_use_for_one_uri_that_both_stacks_have_in_any_list() -> None:
    out = "https://debug.test/out"
    shared = there(
        f"{THERE}/cb", ELSEWHERE, logouts=[out], hosts=HOST | {"debug.test": "x.test"}, onlyThere=only(ELSEWHERE)
    )
    assert said(both(redirects(CB, X, logouts=["https://x.test/out"]), shared)) == []


@pytest.mark.parametrize("here", ["x.test", UNKNOWN])
def test_a_host_is_of_use_where_what_is_declared_may_be_none(here: object) -> None:
    declared = there(f"{THERE}/cb", ELSEWHERE, hosts=HOST | {"debug.test": here}, onlyThere=only(ELSEWHERE))
    unknown = prop("application-shop", callbackUrls=[CB, X, UNKNOWN]) if here == "x.test" else redirects(CB, X)
    assert {words for _, _, words in said(both(unknown, declared))} == {"?"}


def test_what_is_excused_in_the_other_list_keeps_its_host() -> None:
    hosts = HOST | {"debug.test": "x.test"}
    found = said(there(f"{THERE}/cb", DEBUG, ELSEWHERE, hosts=hosts, onlyThere=only(DEBUG, logouts=[ELSEWHERE])))
    assert [path for _, path, _ in found] == ["callbackUrls", f"{AT}.onlyThere.shop.logoutUrls"]


@given(HOSTS)
@example("straße.de")
@example("bücher.example")
@example("XN--bcher-kva.example")
@example("[::1]")
@example("[::FFFF:192.0.2.1]")
def test_the_settings_and_the_pack_take_the_same_spellings_for_one_host(host: str) -> None:
    assert f"https://{spelling(host)}" == normalised(f"https://{host}")
