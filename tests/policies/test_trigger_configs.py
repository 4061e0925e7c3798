"""`trigger-parity`: what is no finding at all, and where a trigger's Region comes from before there is an ARN."""

from dataclasses import replace
from typing import Any

import pytest
from pack.facts import UNKNOWN, Provider, StackFacts
from pack.findings import Verdict
from pack.trigger_configs import regions, versions

from tests.policies.cases.triggers import arn, config, configured, given, sent
from tests.policies.good_stack import changed, findings, good_stack, with_props
from tests.policies.maker import EAST, WEST, resource
from tests.policies.mutations import Mutation, added, both, coming_from, in_region, prop

KEY = "arn:aws:kms:us-east-1:111122223333:key/k"
ALIAS = "aws:lambda/alias:Alias"


def said(stack: StackFacts) -> list[tuple[str, Verdict]]:
    """The paths and verdicts of all findings."""
    return [(one.path, one.verdict) for one in findings(stack)]


@pytest.mark.parametrize("good", [given(), configured(config(WEST)), sent(arn(WEST), KEY), sent(arn(WEST))])
def test_what_no_region_differs_in_is_no_finding_at_all(good: Mutation) -> None:
    assert said(good(good_stack())) == []


def test_a_known_trigger_in_an_unknown_region_is_undecided() -> None:
    lost = in_region("regional", UNKNOWN)(configured(config(WEST))(good_stack()))
    assert ("lambdaConfig", Verdict.UNDECIDED) in said(lost)
    assert ("lambdaConfig", Verdict.VIOLATION) not in said(lost)


def test_a_known_trigger_elsewhere_is_told_beside_one_that_is_not_known_yet() -> None:
    triggers = {**config(WEST), "preTokenGeneration": arn(EAST), "postAuthentication": UNKNOWN}
    stack = configured(triggers, {**config(EAST), "postAuthentication": "b"})(good_stack())
    assert [one.found for one in findings(stack)] == [f"functions in {EAST}, itself in {WEST}"]


@pytest.mark.parametrize(("region", "found"), [(WEST, []), (EAST, [("lambdaConfig", Verdict.VIOLATION)])])
def test_a_trigger_without_an_arn_is_where_its_alias_is(region: str, found: Any) -> None:
    alias = resource(ALIAS, "alias", None, region)
    stack = added(alias)(good_stack())
    named = with_props(stack, "regional", lambdaConfig={"preTokenGeneration": UNKNOWN})
    tied = changed(named, "regional", lambda one: replace(one, property_dependencies={"lambdaConfig": [alias.urn]}))
    assert said(tied) == found


def test_a_trigger_whose_alias_is_nobody_knows_where_is_undecided() -> None:
    alias = replace(resource(ALIAS, "alias", None), provider=Provider(name="aws", region=UNKNOWN))
    stack = coming_from("regional", "", "lambdaConfig", "alias")(added(alias)(good_stack()))
    assert regions(stack, next(one for one in stack.resources if one.name == "regional")) == {UNKNOWN}


@pytest.mark.parametrize("odd", ["arn", "arn:aws:sns:us-west-2:1:topic", f"x{arn(WEST)}", UNKNOWN, None, 7.0, []])
def test_only_a_functions_arn_says_a_region(odd: Any) -> None:
    stack = with_props(good_stack(), "regional", lambdaConfig={"postAuthentication": odd})
    found = regions(stack, next(one for one in stack.resources if one.name == "regional"))
    assert found == ({UNKNOWN} if odd is UNKNOWN else set())


@pytest.mark.parametrize("partition", ["aws", "aws-us-gov", "aws-cn"])
def test_a_functions_arn_may_be_of_any_partition(partition: str) -> None:
    holder = resource(
        ALIAS, "x", None, lambdaConfig={"preSignUp": f"arn:{partition}:lambda:us-gov-west-1:1:function:f"}
    )
    assert regions(StackFacts(resources=[holder]), holder) == {"us-gov-west-1"}


def test_versions_are_compared_where_both_name_the_trigger() -> None:
    one, two = (resource(ALIAS, name, None, lambdaConfig=config(WEST, name)) for name in ("V1_0", "V2_0"))
    assert [*versions(one, two)] == [("lambdaConfig.preTokenGenerationConfig.lambdaVersion", "V1_0", "V2_0")]
    for other in ({}, {"preSignUp": "x"}, None, UNKNOWN, [7.0]):
        without = resource(ALIAS, "other", None, lambdaConfig=other)
        assert [*versions(one, without)] == [*versions(without, one)] == []


def published(value: Any) -> Mutation:
    """The attachment before its triggers are known, and what its component says of them."""
    return both(prop("regional", lambdaConfig=UNKNOWN), prop("replica", "PoolReplica", lambdaTriggers=value))


def test_what_a_component_publishes_proves_a_difference() -> None:
    stack = published(["preTokenGeneration", "postAuthentication"])(good_stack())
    assert [(one.verdict, one.found) for one in findings(stack)] == [
        (Verdict.VIOLATION, "postAuthentication, preTokenGeneration here, preTokenGeneration on the pool")
    ]


@pytest.mark.parametrize("value", [["preTokenGeneration"], ["postAuthentication", UNKNOWN], UNKNOWN, "odd", None])
def test_what_a_component_publishes_proves_nothing_else(value: Any) -> None:
    assert said(published(value)(good_stack())) == [("lambdaConfig", Verdict.UNDECIDED)]


def test_an_attachment_without_triggers_says_so() -> None:
    none = prop("regional", lambdaConfig=None)
    assert [one.found for one in findings(none(good_stack()))] == ["none here, preTokenGeneration on the pool"]
    neither = both(none, prop("pool", "aws-native", lambdaConfig=None))
    assert said(neither(good_stack())) == []
    only = prop("pool", "aws-native", lambdaConfig=None)
    assert [one.found for one in findings(only(good_stack()))] == ["preTokenGeneration here, none on the pool"]


def test_a_codes_hash_that_neither_region_publishes_is_undecided() -> None:
    silent = both(*(prop(f"triggers-{region}", fingerprints={"f": {}}) for region in (EAST, WEST)))
    assert [(one.path, one.found) for one in findings(silent(good_stack()))] == [
        ("fingerprints.f.codeSha256", "published by neither Region")
    ]


def test_a_key_of_another_region_is_no_trigger_there() -> None:
    stack = coming_from("regional", "", "lambdaConfig", "key-east")(good_stack())
    assert regions(stack, next(one for one in stack.resources if one.name == "regional")) == set()
