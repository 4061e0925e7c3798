"""What the pack says about registrations where a domain's name or pool is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pack.facts import UNKNOWN
from pack.findings import Finding, Verdict
from pack.registry import all_rules

from tests.policies.cases.registrations import (  # fmt: skip
    BY_PREFIX,
    CODE,
    DECLARED,
    DOMAIN,
    EVIL,
    OTHER_POOL,
    PREFIX,
    PROVIDER,
    VIOLATIONS,
    names_and_kinds,
    registered,
    second_domain,
    stray,
)
from tests.policies.good_login import ANSWER
from tests.policies.good_stack import changed, good_stack
from tests.policies.maker import POOL, component, resource
from tests.policies.mutations import Mutation, added, both, coming_from, prop, without

RULE = next(one for one in all_rules() if one.id == "redirect-uris-identical")


def said(*mutations: Mutation) -> list[Finding]:
    """The rule's findings about a changed good stack."""
    return RULE.judge(both(*mutations)(good_stack()))


def verdicts(*mutations: Mutation) -> set[Verdict]:
    return {finding.verdict for finding in said(*mutations)}


def test_the_difference_is_named_and_not_two_lists() -> None:
    (finding,) = said(registered())
    assert (finding.path, finding.found) == ("registeredUris", "staff without /saml2/idpresponse of auth.example.com")
    assert finding.urn.endswith(f"::{DECLARED}")
    (finding,) = said(registered(EVIL, ANSWER))
    assert finding.found == f"{DECLARED} with {EVIL}"


NAMELESS = prop(DOMAIN, "UserPoolDomain", domain=UNKNOWN)
NAMELESS_PREFIX = prop(PREFIX, domain=UNKNOWN)


@pytest.mark.parametrize(
    ("nameless", "uri", "verdict"),
    [
        (NAMELESS, EVIL, Verdict.UNDECIDED),
        (NAMELESS, EVIL.replace("idpresponse", "logout"), Verdict.UNDECIDED),
        (NAMELESS, EVIL.replace("saml2", "oauth2"), Verdict.VIOLATION),
        (NAMELESS, f"{EVIL}/x", Verdict.VIOLATION),
        (NAMELESS, BY_PREFIX.replace("prod", "stage"), Verdict.VIOLATION),
        (NAMELESS_PREFIX, BY_PREFIX, Verdict.UNDECIDED),
        (NAMELESS_PREFIX, EVIL, Verdict.VIOLATION),
        (NAMELESS_PREFIX, CODE, Verdict.VIOLATION),
    ],
)
def test_a_domain_without_a_name_excuses_what_it_may_answer_at(nameless: Mutation, uri: str, verdict: Verdict) -> None:
    about = [finding for finding in said(nameless, registered(uri)) if finding.found == f"{DECLARED} with {uri}"]
    assert [finding.verdict for finding in about] == [verdict]


def test_a_domain_without_a_name_is_certainly_not_registered_where_nothing_is() -> None:
    (finding,) = said(NAMELESS, registered())
    assert finding.verdict is Verdict.VIOLATION
    assert finding.found == "staff without /saml2/idpresponse of a domain without a name yet"
    foreign, lacks = said(NAMELESS)
    assert (lacks.found, foreign.found) == (finding.found, f"{DECLARED} with {ANSWER}")
    assert lacks.verdict is foreign.verdict is Verdict.UNDECIDED
    assert verdicts(NAMELESS, registered(EVIL)) == {Verdict.UNDECIDED}


def test_a_prefix_has_no_dots_whatever_its_configuration() -> None:
    assert said(prop(PREFIX, customDomainConfig=UNKNOWN)) == []
    assert said(NAMELESS_PREFIX) == []
    unknown = prop(PREFIX, domain=UNKNOWN, customDomainConfig=UNKNOWN)
    (finding,) = said(unknown)
    assert (finding.verdict, finding.path) == (Verdict.UNDECIDED, "registeredUris")
    assert verdicts(without(DOMAIN), unknown, stray(POOL)) == {Verdict.UNDECIDED}


@pytest.mark.parametrize("uris", [(), (EVIL,), (CODE,)])
def test_without_a_domain_that_serves_there_is_nothing_to_compare(uris: tuple[str, ...]) -> None:
    assert said(without(DOMAIN), registered(*uris)) == []


POOLS = added(resource("aws-native:cognito:UserPool", "pool-two", None))


def of(source: str, *names: str) -> Mutation:
    """The pool's ID is not known yet and comes from a resource."""
    return both(*(coming_from(name, kind, "userPoolId", source) for name, kind in names_and_kinds(*names)))


def test_pools_are_told_apart_by_what_their_ids_come_from() -> None:
    assert verdicts(of("pool", PROVIDER, DOMAIN), registered()) == {Verdict.VIOLATION}
    elsewhere = both(POOLS, of("pool", PROVIDER), of("pool-two", DOMAIN, PREFIX))
    assert said(elsewhere, registered(EVIL)) == []
    nowhere = prop(DOMAIN, "UserPoolDomain", userPoolId=UNKNOWN)
    assert verdicts(nowhere, registered()) == {Verdict.UNDECIDED}


def test_a_replica_only_passes_the_pools_id_on() -> None:
    from_pool = coming_from("copy", "", "userPoolId", "pool")
    through = both(of("pool", PROVIDER), from_pool, of("copy", DOMAIN, PREFIX))
    assert said(through) == []
    assert verdicts(through, registered(EVIL)) == {Verdict.VIOLATION}
    circle = both(of("pool", PROVIDER), coming_from("copy", "", "userPoolId", "copy"), of("copy", DOMAIN, PREFIX))
    assert verdicts(circle, registered()) == {Verdict.UNDECIDED}


def test_an_id_from_two_pools_is_of_neither() -> None:
    two = coming_from(DOMAIN, "UserPoolDomain", "userPoolId", "pool", "pool-two")
    assert verdicts(POOLS, of("pool", PROVIDER, PREFIX), two, registered()) == {Verdict.UNDECIDED}


@pytest.mark.parametrize(
    "changes",
    [
        (prop(PREFIX, userPoolId=UNKNOWN), registered(ANSWER, BY_PREFIX)),
        (second_domain(UNKNOWN), registered(ANSWER, ANSWER.replace("auth", "login"))),
        (prop(PROVIDER, userPoolId=UNKNOWN), second_domain(OTHER_POOL), registered(ANSWER)),
    ],
)
def test_a_domain_of_which_pool_nobody_knows_is_never_silent(changes: tuple[Mutation, ...]) -> None:
    assert verdicts(*changes) == {Verdict.UNDECIDED}


def also(*uris: Any) -> Mutation:
    return prop(DECLARED, alsoRegistered=[*uris])


def test_what_else_is_registered_is_not_the_pools() -> None:
    assert said(also(EVIL, CODE, "com.example.app:/callback")) == []
    (finding,) = said(also(ANSWER.upper().replace("/SAML2/IDPRESPONSE", "/saml2/idpresponse")))
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, "alsoRegistered")
    assert finding.found == f"{DECLARED} with {ANSWER}"
    (finding,) = said(NAMELESS_PREFIX, also(BY_PREFIX))
    assert (finding.verdict, finding.path) == (Verdict.UNDECIDED, "alsoRegistered")


def test_what_else_is_registered_is_read_whole() -> None:
    assert {finding.path for finding in said(also(UNKNOWN))} == {"alsoRegistered"}
    assert verdicts(also(UNKNOWN)) == {Verdict.UNDECIDED}
    assert verdicts(also("http://evil.example.org/", UNKNOWN)) == {Verdict.UNDECIDED, Verdict.VIOLATION}


def test_only_an_identity_provider_declares_what_is_registered() -> None:
    other = component("Applications", "others", registeredUris=[ANSWER])
    elsewhere = changed(good_stack(), PROVIDER, lambda one: replace(one, parent=other.urn))
    (finding,) = RULE.judge(added(other)(elsewhere))
    assert (finding.verdict, finding.found) == (Verdict.VIOLATION, "staff declared nowhere")


def test_the_classic_providers_custom_domain_has_a_certificate() -> None:
    kind, about = "aws:cognito/userPoolDomain:UserPoolDomain", {"domain": UNKNOWN, "userPoolId": POOL}
    custom = added(resource(kind, "classic", None, certificateArn="arn", **about))
    assert verdicts(without(DOMAIN), custom, registered()) == {Verdict.VIOLATION}
    prefix = added(resource(kind, "classic", None, **about))
    assert said(without(DOMAIN), prefix, registered()) == []


def test_a_provider_that_nothing_declares_is_undecided_while_its_pool_is_unknown() -> None:
    (finding,) = said(stray(UNKNOWN))
    assert (finding.verdict, finding.path) == (Verdict.UNDECIDED, "parent")
    (finding,) = said(stray(POOL))
    assert (finding.verdict, finding.found) == (Verdict.VIOLATION, "stray declared nowhere")


def test_an_unknown_kind_excuses_what_any_kind_answers_at_and_nothing_else() -> None:
    unknown = prop(PROVIDER, providerType=UNKNOWN)
    for uri in (ANSWER, CODE, ANSWER.replace("idpresponse", "logout")):
        (finding,) = said(unknown, registered(uri))
        assert (finding.verdict, finding.path) == (Verdict.UNDECIDED, "providerType")
    assert verdicts(unknown, registered(EVIL)) == {Verdict.UNDECIDED, Verdict.VIOLATION}


def test_sign_out_that_may_be_on_asks_for_its_uri() -> None:
    out = ANSWER.replace("idpresponse", "logout")
    (finding,) = said(prop(PROVIDER, providerDetails=UNKNOWN))
    assert (finding.verdict, finding.found) == (Verdict.UNDECIDED, "staff without /saml2/logout of auth.example.com")
    assert said(prop(PROVIDER, providerDetails=UNKNOWN), registered(ANSWER, out)) == []


JUDGED = ("IdentityProvider", "UserPoolDomain", "identityProvider")


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_no_single_unknown_value_makes_a_violation_silent(violation: Mutation) -> None:
    stack = violation(good_stack())
    judged = [one for one in stack.resources if any(kind in one.type for kind in JUDGED)]
    assert len(judged) >= 4
    for one in judged:
        for key in one.props:
            hidden = replace(one, props={**one.props, key: UNKNOWN})
            rest = [hidden if other is one else other for other in stack.resources]
            assert RULE.judge(replace(stack, resources=rest)), (one.name, key)
