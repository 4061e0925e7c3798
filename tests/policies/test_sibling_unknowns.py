"""What is not known of sibling stacks is told, and excuses what it may be."""

import pytest
from pack.facts import UNKNOWN
from pack.findings import Verdict

from tests.policies.cases.siblings import CB, HERE, HOST, PORTAL, X, also, only, portal, redirects, sibling, there
from tests.policies.good_stack import good_stack
from tests.policies.maker import THERE
from tests.policies.mutations import Mutation, both, prop
from tests.policies.sibling_words import AT, DEBUG, NEW, RULE, said, told

UNKNOWN_PARTS: list[tuple[Mutation, list[str]]] = [
    (prop("applications", siblings=UNKNOWN), ["siblings"]),
    (prop("applications", siblings={"staging": UNKNOWN, "eu": 7.0}), ["siblings.eu", AT]),
    (sibling(hosts=UNKNOWN), [f"{AT}.hosts"]),
    (sibling(hosts=[7.0]), [f"{AT}.hosts"]),
    (sibling(hosts={"shop.staging.example.com": None}), [f"{AT}.hosts.shop.staging.example.com"]),
    (sibling(onlyHere=UNKNOWN, onlyThere="x"), [f"{AT}.onlyHere", f"{AT}.onlyThere"]),
    (sibling(onlyHere={"shop": [X]}), [f"{AT}.onlyHere.shop"]),
    (sibling(onlyHere=only(X, UNKNOWN)), [f"{AT}.onlyHere.shop.callbackUrls"]),
    (sibling(onlyThere=only(DEBUG, logouts=[UNKNOWN])), [f"{AT}.onlyThere.shop.logoutUrls"]),
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
        sibling(onlyHere=only(X, UNKNOWN)),
        True,
    ),
    ("an item of onlyHere excuses no lack", redirects(X), sibling(onlyHere=only(X, UNKNOWN)), False),
    ("an item of onlyThere excuses a lack", redirects(X), sibling(onlyThere=only(DEBUG, UNKNOWN)), True),
    (
        "an item of onlyThere excuses nothing more",
        redirects(CB, X, f"{HERE}/a"),
        sibling(onlyThere=only(DEBUG, UNKNOWN)),
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
        sibling(onlyThere=only(DEBUG, NEW)),
        there(f"{THERE}/cb", DEBUG, UNKNOWN, onlyThere=only(DEBUG, NEW)),
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
        there(f"{THERE}/cb", DEBUG, UNKNOWN, onlyHere=only(X, f"{HERE}/gone")),
        False,
    ),
    (
        "an item of one list excuses nothing in the other",
        redirects(CB, X, f"{HERE}/a"),
        sibling(onlyHere=only(X, logouts=[UNKNOWN])),
        False,
    ),
    (
        "an item of one list there excuses no lack in the other",
        redirects(X),
        sibling(onlyThere=only(DEBUG, logouts=[UNKNOWN])),
        False,
    ),
    (
        "an item there that may be excused keeps its host",
        redirects(CB, X),
        there(f"{THERE}/cb", "https://a.test/x", hosts=HOST | {"a.test": "b.test"}, onlyThere=only(UNKNOWN)),
        True,
    ),
    (
        "an item here that the sibling certainly has is no difference",
        prop("application-shop", callbackUrls=[X, UNKNOWN]),
        sibling(onlyHere=only(X, CB)),
        False,
    ),
    (
        "an item there that this stack certainly has is no difference",
        redirects(CB, X),
        there(DEBUG, UNKNOWN, onlyThere=only(DEBUG, f"{THERE}/cb")),
        False,
    ),
    (
        "an item here excuses no stale one",
        prop("application-shop", callbackUrls=[CB, X, UNKNOWN]),
        sibling(onlyThere=only(DEBUG, f"{THERE}/cb")),
        False,
    ),
    (
        "an item here keeps what only it may be",
        prop("application-shop", callbackUrls=[CB, X, UNKNOWN]),
        sibling(onlyHere=only(X, f"{HERE}/new")),
        True,
    ),
]


@pytest.mark.parametrize(("case", "one", "other", "excused"), EXCUSES, ids=[case[0] for case in EXCUSES])
def test_what_is_not_known_excuses_what_it_may_be(case: str, one: Mutation, other: Mutation, excused: bool) -> None:
    found = {finding.verdict for finding in RULE.judge(both(one, other)(good_stack()))}
    assert Verdict.UNDECIDED in found, case
    assert (Verdict.VIOLATION not in found) is excused


def test_an_application_without_a_known_name_is_told_and_what_is_wanted() -> None:
    (finding,) = RULE.judge(prop("application-shop", application=UNKNOWN)(good_stack()))
    assert told(finding) == ("application-shop", "application", "?")
    assert finding.expected == "the name by which siblings know the application"
    (finding,) = RULE.judge(sibling(hosts=UNKNOWN)(good_stack()))
    assert finding.expected == "what the sibling's stack file says"
