"""Corners of issuers, checks and configuration that no rule of a good stack reaches."""

from datetime import date
from typing import Any

import pytest
from pack.configuration import Configuration, configuration
from pack.facts import UNKNOWN, Resource, StackFacts
from pack.findings import Finding, Verdict
from pack.health_checks import is_serving
from pack.issuers import issuer_kind, names_pool, own_issuers, pool_id
from pack.registry import all_rules
from pack.suppressions import Suppression
from pack.types import POOL

from tests.policies.maker import EAST, component, resource
from tests.policies.maker import POOL as ID

OTHER = "us-east-1_Staff0001"


def pool(**props: Any) -> Resource:
    return resource(POOL, "pool", None, **props)


@pytest.mark.parametrize(
    ("kind", "found"),
    [(None, "ORIGINAL"), ("UPDATED", "UPDATED"), ("ORIGINAL", "ORIGINAL"), ("odd", UNKNOWN), (7.0, UNKNOWN)],
)
def test_an_issuer_is_original_unless_the_pool_says_updated(kind: Any, found: Any) -> None:
    assert issuer_kind(pool(issuerConfiguration={"type": kind})) == found


def test_a_pools_id_is_its_own_else_the_one_that_the_stack_file_expects() -> None:
    platform = component("IdentityPlatform", "prod", expectedPoolId=ID)
    silent = component("IdentityPlatform", "prod", expectedPoolId=None)
    assert pool_id(StackFacts(resources=[platform]), pool(userPoolId=OTHER)) == OTHER
    assert pool_id(StackFacts(resources=[platform]), pool(userPoolId=UNKNOWN)) == ID
    assert pool_id(StackFacts(resources=[silent]), pool()) is UNKNOWN
    assert pool_id(StackFacts(resources=[]), pool()) is UNKNOWN


def test_an_unknown_kind_may_name_either_issuer() -> None:
    stack = StackFacts(resources=[])
    both = own_issuers(stack, pool(userPoolId=f"{ID}_x", issuerConfiguration={"type": UNKNOWN}))
    assert both == [f"https://{host}.{EAST}.amazonaws.com/{ID}_x" for host in ("cognito-idp", "issuer-cognito-idp")]
    assert own_issuers(stack, pool(userPoolId=ID)) == [f"https://cognito-idp.{EAST}.amazonaws.com/{ID}"]
    assert own_issuers(stack, pool()) == []


def test_an_arn_names_the_pool_with_its_id_and_no_other() -> None:
    user = resource("aws:lb/listener:Listener", "listener", None)
    for arn, found in ((f"arn:x/{ID}", True), (f"arn:x/{OTHER}", False), (UNKNOWN, UNKNOWN)):
        assert names_pool(StackFacts(resources=[]), user, "x", arn, pool(userPoolId=ID)) is found


CHECK = "aws:route53/healthCheck:HealthCheck"
CALCULATED: dict[str, Any] = {"type": "CALCULATED", "invertHealthcheck": False}


def plays(props: dict[str, Any], *others: dict[str, Any]) -> Any:
    """Whether a new check below an unpublished ServingCheck may serve, beside others."""
    above = component("ServingCheck", "serving", servingCheckId=UNKNOWN)
    checks = [resource(CHECK, f"c{at}", above, **one) for at, one in enumerate([props, *others])]
    return is_serving(StackFacts(resources=[above, *checks]), above, checks[0])


@pytest.mark.parametrize(
    ("props", "others", "found"),
    [
        (CALCULATED, [], True),
        (CALCULATED, [CALCULATED], UNKNOWN),
        (CALCULATED | {"invertHealthcheck": True}, [CALCULATED], False),
        ({"type": "HTTPS_STR_MATCH", "searchString": UNKNOWN}, [CALCULATED], UNKNOWN),
        ({"type": UNKNOWN, "searchString": "x"}, [CALCULATED], UNKNOWN),
        ({"type": "HTTPS", "invertHealthcheck": UNKNOWN}, [CALCULATED], UNKNOWN),
        ({"type": "HTTPS", "invertHealthcheck": True}, [CALCULATED], False),
        ({"type": "HTTPS", "invertHealthcheck": True}, [], UNKNOWN),
    ],
)
def test_before_there_are_ids_a_check_serves_by_its_shape(props: Any, others: Any, found: Any) -> None:
    assert plays(props, *others) is found


def test_of_two_suppressions_the_one_that_lasts_longer_is_named() -> None:
    until = [date(2027, 1, 1), date(2028, 1, 1), date(2026, 1, 1)]
    some = tuple(Suppression(rule="r", urn="urn:*", reason="x", expires=day) for day in until)
    finding = Finding(rule="r", urn="urn:x", path="p", verdict=Verdict.VIOLATION, found="f", expected="e")
    found = Configuration(suppressions=some).excuse(finding)
    assert found is some[1]


def test_a_bad_suppression_is_named_by_its_place_counted_from_one() -> None:
    given = {"configuration": {"suppressions": [{}, {"rule": "r"}]}}
    found = configuration(given, {"configuration": ["suppressions"]}, ["r"], date(2026, 1, 1))
    assert [problem[:14] for problem in found.problems] == ["suppression 1 ", "suppression 2 "]


STANDARD = (
    "address birthdate email family_name gender given_name locale middle_name name nickname phone_number picture "
    "preferred_username profile updated_at website zoneinfo"
)


@pytest.mark.parametrize("attribute", STANDARD.split())
def test_a_client_that_names_nothing_may_write_every_standard_attribute(attribute: str) -> None:
    above = component("RegionalTriggers", "east", claimAttributes=[attribute])
    client = resource("aws-native:cognito:UserPoolClient", "web", None)
    [rule] = [one for one in all_rules() if one.id == "claims-not-user-writable"]
    (finding,) = rule.judge(StackFacts(resources=[above, client]))
    assert (finding.path, finding.found) == ("writeAttributes", f"{attribute} (Cognito's default)")
