"""What the pack says about registrations where a domain's name or pool is not known."""

from __future__ import annotations

import pytest
from pack.facts import UNKNOWN
from pack.findings import Finding, Verdict
from pack.registry import all_rules

from tests.policies.cases.registrations import (  # fmt: skip
    CODE,
    DECLARED,
    DOMAIN,
    EVIL,
    PREFIX,
    PROVIDER,
    names_and_kinds,
    registered,
    stray,
)
from tests.policies.good_login import ANSWER
from tests.policies.good_stack import good_stack
from tests.policies.mutations import Mutation, both, coming_from, prop, without


def said(*mutations: Mutation) -> list[Finding]:
    """The rule's findings about a changed good stack."""
    rule = next(one for one in all_rules() if one.id == "redirect-uris-identical")
    return rule.judge(both(*mutations)(good_stack()))


def verdicts(*mutations: Mutation) -> set[Verdict]:
    return {finding.verdict for finding in said(*mutations)}


def test_the_difference_is_named_and_not_two_lists() -> None:
    (finding,) = said(registered())
    assert (finding.path, finding.found) == ("registeredUris", f"staff without {ANSWER}")
    assert finding.urn.endswith(f"::{DECLARED}")
    (finding,) = said(registered(EVIL, ANSWER))
    assert finding.found == f"{DECLARED} with {EVIL}"


def test_a_domain_without_a_name_may_be_the_one_that_is_registered() -> None:
    foreign = said(prop(PREFIX, domain=UNKNOWN), registered(ANSWER, EVIL))
    assert [(finding.verdict, finding.found) for finding in foreign] == [(Verdict.UNDECIDED, f"{DECLARED} with {EVIL}")]
    nameless = said(prop(DOMAIN, "UserPoolDomain", domain=UNKNOWN))
    assert {(finding.verdict, finding.path) for finding in nameless} == {
        (Verdict.UNDECIDED, "domain"),
        (Verdict.UNDECIDED, "registeredUris"),
    }


def test_a_prefix_has_no_dots_whatever_its_configuration() -> None:
    assert said(prop(PREFIX, customDomainConfig=UNKNOWN)) == []
    unknown = prop(PREFIX, domain=UNKNOWN, customDomainConfig=UNKNOWN)
    (finding,) = said(unknown)
    assert (finding.verdict, finding.path) == (Verdict.UNDECIDED, "domain")
    assert verdicts(without(DOMAIN), unknown, stray("us-east-1_AbCdEf123")) == {Verdict.UNDECIDED}
    assert said(prop(PREFIX, domain=UNKNOWN)) == []


@pytest.mark.parametrize("uris", [(), (EVIL,), (CODE,)])
def test_without_a_domain_that_serves_there_is_nothing_to_compare(uris: tuple[str, ...]) -> None:
    assert said(without(DOMAIN), registered(*uris)) == []


def test_pools_are_told_apart_by_what_their_ids_come_from() -> None:
    hidden = [coming_from(name, kind, "userPoolId", "pool") for name, kind in names_and_kinds(PROVIDER, DOMAIN)]
    assert verdicts(*hidden, registered()) == {Verdict.VIOLATION}
    elsewhere = coming_from(DOMAIN, "UserPoolDomain", "userPoolId", "copy")
    assert said(hidden[0], elsewhere, prop(PREFIX, userPoolId="us-east-1_Another11"), registered(EVIL)) == []
    nowhere = prop(DOMAIN, "UserPoolDomain", userPoolId=UNKNOWN)
    assert verdicts(nowhere, registered()) == {Verdict.UNDECIDED}


def test_a_provider_that_nothing_declares_is_undecided_while_its_pool_is_unknown() -> None:
    (finding,) = said(stray(UNKNOWN))
    assert (finding.verdict, finding.path) == (Verdict.UNDECIDED, "parent")
    (finding,) = said(stray("us-east-1_AbCdEf123"))
    assert (finding.verdict, finding.found) == (Verdict.VIOLATION, "stray declared nowhere")


def test_an_unknown_kind_is_undecided_once() -> None:
    (finding,) = said(prop(PROVIDER, providerType=UNKNOWN), registered())
    assert (finding.verdict, finding.path) == (Verdict.UNDECIDED, "providerType")


def test_sign_out_that_may_be_on_asks_for_its_uri() -> None:
    out = ANSWER.replace("idpresponse", "logout")
    (finding,) = said(prop(PROVIDER, providerDetails=UNKNOWN))
    assert (finding.verdict, finding.found) == (Verdict.UNDECIDED, f"staff without {out}")
    assert said(prop(PROVIDER, providerDetails=UNKNOWN), registered(ANSWER, out)) == []
