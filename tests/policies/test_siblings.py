"""What is said of sibling stacks, word by word."""

from dataclasses import replace

import pytest
from pack.facts import UNKNOWN

from tests.policies.cases.siblings import CB, HERE, HOST, PORTAL, X, also, only, portal, redirects, sibling, there
from tests.policies.good_stack import changed, good_stack
from tests.policies.maker import SIBLING, THERE
from tests.policies.mutations import Mutation, both, prop
from tests.policies.sibling_words import AT, DEBUG, NEW, RULE, said, told

TOLD = "those of staging, or the difference under cognito-dr:siblings.staging in the stack file"


def stale(key: str) -> str:
    return f"a difference from staging, or no entry under cognito-dr:{AT}.{key} in the stack file"


def test_a_difference_is_told_where_it_can_be_mended_and_how() -> None:
    (finding,) = RULE.judge(there(f"{THERE}/cb", DEBUG, NEW)(good_stack()))
    assert told(finding)[:2] == ("application-shop", "callbackUrls")
    assert finding.found == f"shop without {HERE}/new that staging has as {NEW}"
    assert finding.expected == TOLD


@pytest.mark.parametrize("key", ["onlyHere", "onlyThere"])
@pytest.mark.parametrize("part", ["callbackUrls", "logoutUrls"])
def test_a_declared_difference_that_is_none_is_told_with_its_list(key: str, part: str) -> None:
    shop = SIBLING[key]["shop"]
    odd = {"shop": shop | {part: [*shop[part], "https://odd.example.com/"]}}
    (finding,) = RULE.judge(sibling(**{key: odd})(good_stack()))
    assert told(finding)[:2] == ("applications", f"{AT}.{key}.shop.{part}")
    assert finding.expected == stale(f"{key}.shop.{part}")


def test_so_is_a_declared_host_that_is_of_no_use() -> None:
    (finding,) = RULE.judge(sibling(hosts=HOST | {"odd.test": "x"})(good_stack()))
    assert told(finding)[:2] == ("applications", f"{AT}.hosts")
    assert finding.expected == stale("hosts")


ORDERED = ("a", "b", "c", "d", "e")
SAID: list[tuple[Mutation, list[tuple[str, str, str]]]] = [
    (
        both(
            redirects(CB, X, *(f"{HERE}/more-{name}" for name in reversed(ORDERED))),
            there(f"{THERE}/cb", DEBUG, f"{THERE}/%61", *(f"{THERE}/{name}" for name in reversed(ORDERED))),
        ),
        [
            (
                "application-shop",
                "callbackUrls",
                "shop "
                + "".join(f"without {HERE}/{name} that staging has as {THERE}/{name}, " for name in ORDERED)
                + ", ".join(f"with {HERE}/more-{name} that staging has not" for name in ORDERED),
            )
        ],
    ),
    (
        sibling(applications=also(portal=PORTAL | {"logoutUrls": ["com.portal:/out"]})),
        [
            (
                "applications",
                f"{AT}.applications.portal.callbackUrls",
                "portal without https://portal.example.com/ that staging has",
            ),
            ("applications", f"{AT}.applications.portal.logoutUrls", "portal without com.portal:/out that staging has"),
        ],
    ),
    (
        portal(application="portal", **PORTAL),
        [("application-portal", "callbackUrls", "portal with https://portal.example.com/ that staging has not")],
    ),
    (
        sibling(onlyHere=only(X, f"{HERE}/gone", CB, logouts=[X])),
        [
            ("applications", f"{AT}.onlyHere.shop.callbackUrls", f"{CB} that staging has as well"),
            ("applications", f"{AT}.onlyHere.shop.callbackUrls", f"{HERE}/gone that this stack has not"),
            ("applications", f"{AT}.onlyHere.shop.logoutUrls", f"{X} that this stack has not"),
        ],
    ),
    (
        sibling(onlyThere=only(DEBUG, f"{THERE}/gone", f"{THERE}/cb", logouts=[DEBUG])),
        [
            ("applications", f"{AT}.onlyThere.shop.callbackUrls", f"{THERE}/cb that this stack has as well"),
            ("applications", f"{AT}.onlyThere.shop.callbackUrls", f"{THERE}/gone that staging has not"),
            ("applications", f"{AT}.onlyThere.shop.logoutUrls", f"{DEBUG} that staging has not"),
        ],
    ),
    (
        sibling(onlyHere={**only(X), "portal": {"callbackUrls": [X]}}),
        [("applications", f"{AT}.onlyHere.portal.callbackUrls", f"{X} that this stack has not")],
    ),
    (
        sibling(hosts=HOST | {"Old.example.com": "a.example.com", "bücher.example": "b.example.com"}),
        [
            ("applications", f"{AT}.hosts", "old.example.com that no URI of staging has"),
            ("applications", f"{AT}.hosts", "xn--bcher-kva.example that no URI of staging has"),
        ],
    ),
    (
        there(onlyHere=only(CB, X), onlyThere={}),
        [("applications", f"{AT}.hosts", "shop.staging.example.com that no URI of staging has")],
    ),
    (
        sibling(applications={}, onlyHere=only(CB, X), onlyThere={}),
        [("applications", f"{AT}.hosts", "shop.staging.example.com that no URI of staging has")],
    ),
]


@pytest.mark.parametrize(("mutation", "words"), SAID)
def test_only_what_differs_is_said(mutation: Mutation, words: list[tuple[str, str, str]]) -> None:
    assert said(mutation) == words


def test_a_difference_in_one_list_is_one_though_the_other_list_is_the_same() -> None:
    shared = both(
        redirects(CB, X, logouts=[X, f"{HERE}/debug"]), there(f"{THERE}/cb", DEBUG, logouts=[f"{THERE}/x", DEBUG])
    )
    assert said(shared) == []


@pytest.mark.parametrize("key", ["callbackUrls", "logoutUrls"])
def test_what_is_declared_for_one_list_is_not_declared_for_the_other(key: str) -> None:
    both_lists = redirects(CB, X, f"{HERE}/out", logouts=[f"{HERE}/out"])
    here = SIBLING["onlyHere"]["shop"]
    declared = sibling(onlyHere={"shop": here | {key: [*here[key], f"{HERE}/out"]}})
    (path,) = {"callbackUrls", "logoutUrls"} - {key}
    words = f"shop with {HERE}/out that staging has not"
    assert said(both(both_lists, declared)) == [("application-shop", path, words)]


@pytest.mark.parametrize("key", ["callbackUrls", "logoutUrls"])
def test_nor_is_what_only_the_sibling_may_have(key: str) -> None:
    out = f"{THERE}/out"
    debug = SIBLING["onlyThere"]["shop"]
    declared = {"shop": debug | {key: [*debug[key], out]}}
    (path,) = {"callbackUrls", "logoutUrls"} - {key}
    words = f"shop without {HERE}/out that staging has as {out}"
    assert said(there(f"{THERE}/cb", DEBUG, out, logouts=[out], onlyThere=declared)) == [
        ("application-shop", path, words)
    ]


def test_a_stack_that_declares_no_sibling_has_nothing_to_tell() -> None:
    nameless = prop("application-shop", application=UNKNOWN)
    assert said(both(prop("applications", siblings=None), nameless)) == []


def test_every_sibling_is_compared() -> None:
    two = {"staging": SIBLING, "eu": {"applications": {"shop": {"callbackUrls": [CB]}}}}
    assert said(prop("applications", siblings=two)) == [
        ("application-shop", "callbackUrls", f"shop with {X} that eu has not")
    ]


def test_an_application_elsewhere_in_the_stack_is_not_the_one_that_the_sibling_has() -> None:
    moved = both(portal(application="portal", **PORTAL), sibling(applications=also(portal=PORTAL)))
    lost = changed(moved(good_stack()), "application-portal", lambda one: replace(one, parent=None))
    assert [told(finding) for finding in RULE.judge(lost)] == [
        ("application-portal", "parent", "application-portal outside of Applications"),
        (
            "applications",
            f"{AT}.applications.portal.callbackUrls",
            "portal without https://portal.example.com/ that staging has",
        ),
    ]


def test_two_applications_of_one_name_are_one() -> None:
    second = portal(application="shop", callbackUrls=[f"{HERE}/a"])
    assert said(second) == [("application-portal", "callbackUrls", f"shop with {HERE}/a that staging has not")]
    assert said(both(second, there(f"{THERE}/cb", DEBUG, f"{THERE}/a"))) == []
    twice = both(second, redirects(CB, X, f"{HERE}/a"))
    assert said(twice) == [("application-portal", "callbackUrls", f"shop with {HERE}/a that staging has not")]
