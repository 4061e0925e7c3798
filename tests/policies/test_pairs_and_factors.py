"""`key-pair-complete` and `mfa-survives-failover`: what single values do not show."""

from dataclasses import replace
from typing import Any

import pytest
from pack.facts import UNKNOWN, Resource, StackFacts
from pack.findings import Finding, Verdict
from pack.registry import all_rules

from tests.policies.cases.mfa import TOTP, mfa
from tests.policies.good_stack import changed, good_stack, with_props
from tests.policies.maker import EAST
from tests.policies.mutations import in_region, without_type

RULES = {rule.id: rule for rule in all_rules()}
NATIVE = {
    "policy": "keyPolicy",
    "deletionWindowInDays": "pendingWindowInDays",
    "customerMasterKeySpec": "keySpec",
}


def paired(stack: StackFacts) -> list[Finding]:
    """What the rule about the keys says."""
    return RULES["key-pair-complete"].judge(stack)


def native_keys(stack: StackFacts, /, **east: Any) -> StackFacts:
    """The stack with keys of the Cloud Control provider."""

    def native(one: Resource) -> Resource:
        if "aws:kms" not in one.type:
            return one
        props = {NATIVE.get(key, key): value for key, value in one.props.items()}
        props |= east if one.name == "key-east" else {}
        return replace(one, type=f"aws-native:kms:{one.type.rpartition(':')[2]}", props=props)

    return replace(stack, resources=[native(one) for one in stack.resources])


def test_keys_of_the_other_provider_are_read_in_its_spelling() -> None:
    stack = good_stack()
    assert paired(native_keys(stack)) == []
    assert [one.path for one in paired(native_keys(stack, pendingWindowInDays=6.0))] == ["deletionWindowInDays"]
    assert [one.path for one in paired(native_keys(stack, keySpec="HMAC_256"))] == ["customerMasterKeySpec"]


@pytest.mark.parametrize(("source", "expected"), [("key-east", []), ("key-west", [Verdict.VIOLATION])])
def test_an_unknown_key_of_the_pool_is_decided_by_where_it_comes_from(source: str, expected: list[Verdict]) -> None:
    stack = with_props(good_stack(), "pool", "aws-native", keyConfiguration={"kmsKeyArn": UNKNOWN})
    urn = next(one.urn for one in stack.resources if one.name == source)
    pool = {"keyConfiguration": [urn]}
    stack = changed(stack, "pool", lambda one: replace(one, property_dependencies=pool), "aws-native")
    stack = with_props(with_props(stack, "key-east", arn=UNKNOWN), "key-west", arn=UNKNOWN, primaryKeyArn=UNKNOWN)
    east = next(one.urn for one in stack.resources if one.name == "key-east")
    stack = changed(stack, "key-west", lambda one: replace(one, property_dependencies={"primaryKeyArn": [east]}))
    assert [one.verdict for one in paired(stack)] == expected


def test_before_a_replica_the_pair_itself_says_where_its_second_key_stands() -> None:
    stack = without_type("UserPoolReplica")(good_stack())
    assert paired(stack) == []
    assert {one.path for one in paired(in_region("key-west", "eu-west-1")(stack))} == {"arn"}
    unsaid = with_props(stack, "key", "KeyPair", regions={})
    assert paired(in_region("key-west", "eu-west-1")(unsaid)) == []
    assert {one.path for one in paired(in_region("key-west", "us-east-1")(unsaid))} == {"arn"}
    unknown = with_props(stack, "key", "KeyPair", regions={"secondary": UNKNOWN})
    assert [(one.path, one.verdict) for one in paired(unknown)] == [("arn", Verdict.UNDECIDED)]


def test_a_stack_without_pair_and_replica_may_have_any_key() -> None:
    stack = without_type("UserPoolReplica", "KeyPair")(good_stack())
    assert paired(with_props(stack, "key-east", multiRegion=False)) == []


def test_a_replica_in_the_primary_does_not_ask_for_a_key_there() -> None:
    stack = with_props(good_stack(), "copy", regionName="us-east-1")
    assert paired(stack) == []
    assert [one.verdict for one in paired(with_props(stack, "copy", regionName=UNKNOWN))] == [Verdict.UNDECIDED]


@pytest.mark.parametrize(
    ("mode", "factors", "expected"),
    [
        ("ON", [TOTP, "EMAIL_OTP"], []),
        ("OPTIONAL", [TOTP], []),
        ("OPTIONAL", UNKNOWN, []),
        ("ON", [TOTP], [Verdict.VIOLATION]),
        ("ON", [TOTP, UNKNOWN], [Verdict.UNDECIDED]),
        ("ON", ["EMAIL_OTP", UNKNOWN], []),
    ],
)
def test_an_acknowledgement_excuses_all_but_a_compulsory_totp(mode: str, factors: Any, expected: list[Verdict]) -> None:
    rule = RULES["mfa-survives-failover"]
    stack = mfa(mode, factors)(good_stack())
    assert [one.verdict for one in rule.judge(stack, {"acknowledgeTotp": True})] == expected


def test_a_replica_of_an_unknown_pool_is_anybodys_unless_its_source_says_otherwise() -> None:
    rule, stack = RULES["mfa-survives-failover"], mfa("ON", [TOTP])(good_stack())
    stack = with_props(stack, "copy", userPoolId=UNKNOWN)
    pool = next(one for one in stack.resources if one.type == "aws-native:cognito:UserPool")
    staff = replace(pool, name="staff", urn=f"{pool.urn}-staff", props={**pool.props, "userPoolId": UNKNOWN})
    stack = replace(stack, resources=[*stack.resources, staff])
    assert len(rule.judge(stack)) == len([pool, staff])
    said = changed(stack, "copy", lambda one: replace(one, property_dependencies={"userPoolId": [staff.urn]}))
    assert [one.urn for one in rule.judge(said)] == [staff.urn]


def test_where_nobody_says_the_second_region_any_other_has_the_replica_key() -> None:
    founded = without_type("UserPoolReplica", "PoolReplica", "Attachment", "UserPoolDomain")(good_stack())
    assert paired(with_props(founded, "key", "KeyPair", regions={"primary": EAST})) == []
    moved = in_region("key-west", EAST)(with_props(founded, "key", "KeyPair", regions={"primary": EAST}))
    assert ("arn", Verdict.VIOLATION) in {(one.path, one.verdict) for one in paired(moved)}
