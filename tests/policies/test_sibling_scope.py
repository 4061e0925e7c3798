"""What escapes the comparison with siblings: applications beside the component, and siblings that nobody publishes."""

from dataclasses import replace

import pytest
from pack.facts import UNKNOWN, StackFacts
from pack.findings import Verdict

from tests.policies.cases.siblings import NONE, PORTAL, configured, portal, setting
from tests.policies.good_stack import good_stack
from tests.policies.maker import SIBLING, component, urn
from tests.policies.mutations import Mutation, added, both, prop, without, without_type
from tests.policies.sibling_words import RULE, said, told

OUTSIDE = [("application-portal", "parent", "application-portal outside of Applications")]
OTHER = component("Applications", "another", applications=[])


@pytest.mark.parametrize("key", ["callbackUrls", "logoutUrls"])
@pytest.mark.parametrize("name", ["portal", "shop", UNKNOWN])
def test_an_application_with_uris_beside_the_component_is_told(key: str, name: object) -> None:
    beside = portal(parent=None, application=name, **{key: ["https://portal.example.com/"]})
    assert said(beside) == OUTSIDE


def test_so_is_one_in_a_component_that_publishes_no_sibling() -> None:
    within = portal(application="portal", parent=urn("cognito-dr:index:Applications", "another"), **PORTAL)
    assert said(both(added(OTHER), within)) == OUTSIDE


def test_it_is_told_where_it_belongs() -> None:
    (finding,) = RULE.judge(portal(parent=None, application="portal", **PORTAL)(good_stack()))
    assert finding.expected == "a place in a component Applications that publishes the siblings, so that it is compared"


@pytest.mark.parametrize("siblings", [None, {}])
def test_where_no_sibling_is_published_any_application_may_be_anywhere(siblings: object) -> None:
    beside = portal(parent=None, application="portal", **PORTAL)
    assert said(both(prop("applications", siblings=siblings), beside)) == []


def test_one_that_is_deeper_in_the_component_is_compared_and_not_told() -> None:
    group = replace(component("Group", "group"), parent=urn("cognito-dr:index:Applications", "applications"))
    deeper = both(added(group), portal(application="portal", parent=group.urn, **PORTAL))
    words = "portal with https://portal.example.com/ that staging has not"
    assert said(deeper) == [("application-portal", "callbackUrls", words)]


def dropped(*names: str, resource: str = "applications") -> list[tuple[str, str, str]]:
    return [(resource, f"siblings.{name}", f"nothing about {name}, a declared sibling") for name in names]


DROPPED: list[tuple[Mutation, list[tuple[str, str, str]]]] = [
    (both(setting(staging={}, eu={}, asia={})), dropped("asia", "eu")),
    (both(setting(staging={}), NONE), dropped("staging")),
    (both(setting(staging={}), prop("applications", siblings={})), dropped("staging")),
    (both(setting(eu={}), prop("applications", siblings=UNKNOWN)), [("applications", "siblings", "?")]),
    (both(setting(eu={}), prop("applications", siblings=["eu"])), [("applications", "siblings", "?")]),
    (both(setting(eu={}), prop("applications", siblings={"eu": UNKNOWN})), [("applications", "siblings.eu", "?")]),
    (both(setting(eu={}), without("applications")), dropped("eu", resource="prod")),
    (both(setting(eu={}), without("applications", "prod")), dropped("eu", resource="pool")),
    (configured("siblings", "staging"), [("applications", "siblings", "?")]),
    (both(configured("siblings", "[1]"), NONE), [("applications", "siblings", "?")]),
    (both(setting(), NONE), []),
    (both(setting(), without("applications")), []),
    (both(configured("pool", "{}"), NONE), []),
    (setting(staging={}), []),
]


@pytest.mark.parametrize(("mutation", "words"), DROPPED)
def test_every_sibling_that_the_stack_file_declares_is_published(
    mutation: Mutation, words: list[tuple[str, str, str]]
) -> None:
    assert said(mutation) == words


def test_any_of_several_components_may_publish_it() -> None:
    another = added(replace(OTHER, props={"siblings": {"staging": SIBLING}}))
    assert not [path for _, path, _ in said(both(setting(staging={}), NONE, another)) if path == "siblings.staging"]


def test_a_component_of_which_it_is_not_known_may_publish_it() -> None:
    unknown = added(replace(OTHER, props={"siblings": UNKNOWN}))
    assert said(both(setting(eu={}), unknown)) == [("another", "siblings", "?")]


def test_one_that_is_not_published_is_told_with_what_is_wanted() -> None:
    (finding,) = RULE.judge(both(setting(staging={}), NONE)(good_stack()))
    assert finding.verdict is Verdict.VIOLATION
    assert finding.expected == "what the component Applications publishes of each sibling under cognito-dr:siblings"
    (finding,) = RULE.judge(configured("siblings", "staging")(good_stack()))
    assert finding.verdict is Verdict.UNDECIDED
    assert (finding.found, finding.expected) == (
        "an unreadable setting",
        "siblings by name, as the stack file declares them",
    )


def test_a_raw_program_is_told_of_it_only_if_the_setting_is_there() -> None:
    raw = without_type("cognito-dr:index:", "UserPool", "IdentityProvider")(good_stack())
    assert RULE.judge(raw) == []
    first = min(raw.resources, key=lambda one: one.urn).name
    assert [told(finding) for finding in RULE.judge(setting(eu={})(raw))] == dropped("eu", resource=first)


def test_in_a_stack_without_resources_there_is_no_place_to_tell_it() -> None:
    assert RULE.judge(setting(eu={})(StackFacts(resources=[]))) == []
