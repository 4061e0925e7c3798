"""What is said of sibling stacks, word by word; and our own staging is like production but where it says so."""

from dataclasses import replace
from typing import Any

import pytest
from pack.facts import UNKNOWN, StackFacts
from pack.findings import Finding, Verdict
from pack.registry import all_rules
from pack.types import APPLICATIONS

from tests.policies.cases.siblings import CB, HERE, HOST, PORTAL, X, also, portal, redirects, sibling, there
from tests.policies.good_stack import changed, good_stack
from tests.policies.maker import SIBLING, THERE
from tests.policies.mutations import Mutation, both, prop
from tests.policies.program import first_facts, stack_file

[RULE] = [rule for rule in all_rules() if rule.id == "redirect-uris-identical"]
TOLD = "those of staging, or the difference under cognito-dr:siblings.staging in the stack file"
AT = "siblings.staging"
NEW, DEBUG = f"{THERE}/new", f"{THERE}/debug"


def said(mutation: Mutation) -> list[tuple[str, str, str]]:
    """Resource, path and words of every finding; an undecided one has no words."""
    return [told(finding) for finding in RULE.judge(mutation(good_stack()))]


def told(finding: Finding) -> tuple[str, str, str]:
    words = finding.found if finding.verdict is Verdict.VIOLATION else "?"
    return finding.urn.rpartition("::")[2], finding.path, words


def stale(key: str) -> str:
    return f"a difference from staging, or no entry under cognito-dr:{AT}.{key} in the stack file"


def test_a_difference_is_told_where_it_can_be_mended_and_how() -> None:
    (finding,) = RULE.judge(there(f"{THERE}/cb", DEBUG, NEW)(good_stack()))
    assert told(finding)[:2] == ("application-shop", "callbackUrls")
    assert finding.found == f"shop without {HERE}/new that staging has as {NEW}"
    assert finding.expected == TOLD


@pytest.mark.parametrize("key", ["onlyHere", "onlyThere", "hosts"])
def test_a_declared_difference_that_is_none_is_told_with_its_key(key: str) -> None:
    odd = {"shop": [*SIBLING[key]["shop"], "https://odd.example.com/"]} if key != "hosts" else HOST | {"odd.test": "x"}
    (finding,) = RULE.judge(sibling(**{key: odd})(good_stack()))
    assert told(finding)[:2] == ("applications", f"{AT}.{key}")
    assert finding.expected == stale(key)


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
        sibling(onlyHere={"shop": [X, f"{HERE}/gone", CB]}),
        [
            ("applications", f"{AT}.onlyHere", f"{CB} of shop that staging has as well"),
            ("applications", f"{AT}.onlyHere", f"{HERE}/gone of shop that this stack has not"),
        ],
    ),
    (
        sibling(onlyThere={"shop": [DEBUG, f"{THERE}/gone", f"{THERE}/cb"]}),
        [
            ("applications", f"{AT}.onlyThere", f"{THERE}/cb of shop that this stack has as well"),
            ("applications", f"{AT}.onlyThere", f"{THERE}/gone of shop that staging has not"),
        ],
    ),
    (
        sibling(onlyHere={"shop": [X], "portal": [X]}),
        [("applications", f"{AT}.onlyHere", f"{X} of portal that this stack has not")],
    ),
    (
        sibling(hosts=HOST | {"Old.example.com": "a.example.com", "bücher.example": "b.example.com"}),
        [
            ("applications", f"{AT}.hosts", "old.example.com that no URI of staging has"),
            ("applications", f"{AT}.hosts", "xn--bcher-kva.example that no URI of staging has"),
        ],
    ),
    (
        there(onlyHere={"shop": [CB, X]}, onlyThere={}),
        [("applications", f"{AT}.hosts", "shop.staging.example.com that no URI of staging has")],
    ),
    (
        sibling(applications={}, onlyHere={"shop": [CB, X]}, onlyThere={}),
        [("applications", f"{AT}.hosts", "shop.staging.example.com that no URI of staging has")],
    ),
]


@pytest.mark.parametrize(("mutation", "words"), SAID)
def test_only_what_differs_is_said(mutation: Mutation, words: list[tuple[str, str, str]]) -> None:
    assert said(mutation) == words


UNKNOWN_PARTS: list[tuple[Mutation, list[str]]] = [
    (prop("applications", siblings=UNKNOWN), ["siblings"]),
    (prop("applications", siblings={"staging": UNKNOWN, "eu": 7.0}), ["siblings.eu", AT]),
    (sibling(hosts=UNKNOWN), [f"{AT}.hosts"]),
    (sibling(hosts=[7.0]), [f"{AT}.hosts"]),
    (sibling(hosts={"shop.staging.example.com": None}), [f"{AT}.hosts.shop.staging.example.com"]),
    (sibling(onlyHere=UNKNOWN, onlyThere="x"), [f"{AT}.onlyHere", f"{AT}.onlyThere"]),
    (sibling(onlyHere={"shop": [X, UNKNOWN]}), [f"{AT}.onlyHere.shop"]),
    (sibling(onlyThere={"shop": [DEBUG, UNKNOWN]}), [f"{AT}.onlyThere.shop"]),
    (prop("applications", siblings={"staging": {}}), [f"{AT}.applications"]),
    (sibling(applications=also(shop=UNKNOWN)), [f"{AT}.applications.shop"]),
    (
        there(f"{THERE}/cb", UNKNOWN, logouts=[UNKNOWN]),
        [f"{AT}.applications.shop.{k}" for k in ("callbackUrls", "logoutUrls")],
    ),
]


@pytest.mark.parametrize(("mutation", "paths"), UNKNOWN_PARTS)
def test_what_is_not_known_is_told_by_its_path(mutation: Mutation, paths: list[str]) -> None:
    assert said(mutation) == [("applications", path, "?") for path in paths]


EXCUSES: list[tuple[str, Mutation, Mutation, bool]] = [
    (
        "an item there excuses what is more here",
        redirects(CB, X, f"{HERE}/a"),
        there(f"{THERE}/cb", DEBUG, UNKNOWN),
        True,
    ),
    ("an item there excuses no lack", there(f"{THERE}/cb", DEBUG, NEW, UNKNOWN), redirects(CB, X), False),
    (
        "an item of onlyHere excuses what is more",
        redirects(CB, X, f"{HERE}/a"),
        sibling(onlyHere={"shop": [X, UNKNOWN]}),
        True,
    ),
    ("an item of onlyHere excuses no lack", redirects(X), sibling(onlyHere={"shop": [X, UNKNOWN]}), False),
    ("an item of onlyThere excuses a lack", redirects(X), sibling(onlyThere={"shop": [DEBUG, UNKNOWN]}), True),
    (
        "an item of onlyThere excuses nothing more",
        redirects(CB, X, f"{HERE}/a"),
        sibling(onlyThere={"shop": [DEBUG, UNKNOWN]}),
        False,
    ),
    (
        "an unknown host excuses what is more",
        redirects(CB, X, f"{HERE}/a"),
        sibling(hosts={"shop.staging.example.com": UNKNOWN}),
        True,
    ),
    ("an unknown host excuses a lack", redirects(X), sibling(hosts={"shop.staging.example.com": UNKNOWN}), True),
    ("another host excuses nothing", redirects(X), sibling(hosts=HOST | {"old.example.com": UNKNOWN}), False),
    ("unknown hosts excuse a lack", redirects(X), sibling(hosts=UNKNOWN), True),
    (
        "unknown hosts excuse no own scheme",
        redirects(CB, X),
        there(f"{THERE}/cb", DEBUG, "com.shop:/x", hosts=UNKNOWN),
        False,
    ),
    (
        "an unknown application excuses no other",
        portal(application="portal", **PORTAL),
        sibling(applications=also(x=UNKNOWN)),
        False,
    ),
    ("a nameless application excuses a lack", redirects(X), portal(application=UNKNOWN, **PORTAL), True),
    (
        "a nameless application excuses nothing more",
        redirects(CB, X, f"{HERE}/a"),
        portal(application=UNKNOWN, **PORTAL),
        False,
    ),
    (
        "an item there keeps what only it may have",
        sibling(onlyThere={"shop": [DEBUG, NEW]}),
        there(f"{THERE}/cb", DEBUG, UNKNOWN, onlyThere={"shop": [DEBUG, NEW]}),
        True,
    ),
    (
        "an item there keeps its host",
        redirects(CB, X),
        there(f"{THERE}/cb", DEBUG, UNKNOWN, hosts=HOST | {"a.test": "b.test"}),
        True,
    ),
    (
        "an item there excuses no other stale one",
        redirects(CB, X),
        there(f"{THERE}/cb", DEBUG, UNKNOWN, onlyHere={"shop": [X, f"{HERE}/gone"]}),
        False,
    ),
    (
        "an item here excuses no stale one",
        prop("application-shop", callbackUrls=[CB, X, UNKNOWN]),
        sibling(onlyThere={"shop": [DEBUG, f"{THERE}/cb"]}),
        False,
    ),
    (
        "an item here keeps what only it may be",
        prop("application-shop", callbackUrls=[CB, X, UNKNOWN]),
        sibling(onlyHere={"shop": [X, f"{HERE}/new"]}),
        True,
    ),
]


@pytest.mark.parametrize(("case", "one", "other", "excused"), EXCUSES, ids=[case[0] for case in EXCUSES])
def test_what_is_not_known_excuses_what_it_may_be(case: str, one: Mutation, other: Mutation, excused: bool) -> None:
    found = {finding.verdict for finding in RULE.judge(both(one, other)(good_stack()))}
    assert Verdict.UNDECIDED in found, case
    assert (Verdict.VIOLATION not in found) is excused


def test_a_difference_in_one_list_is_one_though_the_other_list_is_the_same() -> None:
    shared = both(
        redirects(CB, X, logouts=[X, f"{HERE}/debug"]), there(f"{THERE}/cb", DEBUG, logouts=[f"{THERE}/x", DEBUG])
    )
    assert said(shared) == []


def test_a_stack_that_declares_no_sibling_has_nothing_to_tell() -> None:
    nameless = prop("application-shop", application=UNKNOWN)
    assert said(both(prop("applications", siblings=None), nameless)) == []


def test_an_application_without_a_known_name_is_told_and_what_is_wanted() -> None:
    (finding,) = RULE.judge(prop("application-shop", application=UNKNOWN)(good_stack()))
    assert told(finding) == ("application-shop", "application", "?")
    assert finding.expected == "the name by which siblings know the application"
    (finding,) = RULE.judge(sibling(hosts=UNKNOWN)(good_stack()))
    assert finding.expected == "what the sibling's stack file says"


def test_of_two_spellings_of_a_host_the_order_in_the_file_decides_nothing() -> None:
    (lower, here), upper = next(iter(HOST.items())), "SHOP.staging.example.com"
    assert said(sibling(hosts={upper: "x.test", lower: here})) == said(sibling(hosts={lower: here, upper: "x.test"}))


def test_every_sibling_is_compared() -> None:
    two = {"staging": SIBLING, "eu": {"applications": {"shop": {"callbackUrls": [CB]}}}}
    assert said(prop("applications", siblings=two)) == [
        ("application-shop", "callbackUrls", f"shop with {X} that eu has not")
    ]


def test_an_application_elsewhere_in_the_stack_is_not_the_one_that_the_sibling_has() -> None:
    moved = both(portal(application="portal", **PORTAL), sibling(applications=also(portal=PORTAL)))
    lost = changed(moved(good_stack()), "application-portal", lambda one: replace(one, parent=None))
    assert [told(finding) for finding in RULE.judge(lost)] == [
        (
            "applications",
            f"{AT}.applications.portal.callbackUrls",
            "portal without https://portal.example.com/ that staging has",
        )
    ]


def test_two_applications_of_one_name_are_one() -> None:
    second = portal(application="shop", callbackUrls=[f"{HERE}/a"])
    assert said(second) == [("application-portal", "callbackUrls", f"shop with {HERE}/a that staging has not")]
    assert said(both(second, there(f"{THERE}/cb", DEBUG, f"{THERE}/a"))) == []
    twice = both(second, redirects(CB, X, f"{HERE}/a"))
    assert said(twice) == [("application-portal", "callbackUrls", f"shop with {HERE}/a that staging has not")]


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


def staging() -> StackFacts:
    return first_facts(stack_file("staging"), "staging")[1]


def published(stack: StackFacts) -> dict[str, Any]:
    [component] = stack.of_type(APPLICATIONS)
    return dict(component.props)


def test_our_staging_has_production_as_its_sibling_and_no_finding() -> None:
    stack = staging()
    assert published(stack)["siblings"].keys() == {"prod"}
    assert published(stack)["siblings"]["prod"]["applications"].keys() == {"drill", "portal", "shop"}
    assert RULE.judge(stack) == []


def test_a_redirect_uri_that_only_production_gets_is_found_in_staging() -> None:
    stack, prod = staging(), stack_file("prod")["applications"]["shop"]["callbackUrls"]
    facts = published(stack)["siblings"]["prod"]
    shop = {**facts["applications"]["shop"], "callbackUrls": [*prod, "https://shop.example.com/new"]}
    facts = {**facts, "applications": {**facts["applications"], "shop": shop}}
    one = next(one.name for one in stack.resources if one.type == APPLICATIONS)
    (finding,) = RULE.judge(prop(one, APPLICATIONS, siblings={"prod": facts})(stack))
    assert finding.found.startswith("shop without https://shop.staging.example.com/new that prod has as")
