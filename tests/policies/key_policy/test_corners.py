"""Corners of a key policy's meaning that whole policies of the other tests do not single out."""

import pytest
from pack.key_policy.actions import ALL, expanded, words
from pack.key_policy.completeness import _denied
from pack.key_policy.conditions import Condition
from pack.key_policy.statements import Statement

ACCOUNT = "111122223333"


def pinned(operator: str, key: str, *values: str) -> frozenset[str] | None:
    return Condition(operator=operator, key=key, values=values).pinned


@pytest.mark.parametrize(
    ("operator", "key", "values", "found"),
    [
        ("StringEquals", "kms:CallerAccount", (ACCOUNT,), {ACCOUNT}),
        ("ForAnyValue:StringEquals", "kms:CallerAccount", (ACCOUNT,), {ACCOUNT}),
        ("ForAllValues:StringEquals", "kms:CallerAccount", (ACCOUNT,), {ACCOUNT}),
        ("ForSomeValues:StringEquals", "kms:CallerAccount", (ACCOUNT,), None),
        ("StringEqualsIfExists", "kms:CallerAccount", (ACCOUNT,), {ACCOUNT}),
        ("StringEquals", "kms:CallerAccount", (), None),
        ("StringEquals", "aws:SourceArn", ("arn:*",), None),
        ("StringEquals", "aws:SourceArn", ("arn:a", "arn:b?"), None),
        ("StringLike", "aws:SourceArn", ("arn:*",), {"arn:*"}),
        ("ArnEquals", "aws:SourceArn", ("arn:a",), {"arn:a"}),
        ("ArnEquals", "kms:CallerAccount", (ACCOUNT,), None),
        ("ArnLike", "kms:ViaService", ("x",), None),
        ("StringEqualsIgnoreCase", "kms:ViaService", ("Cognito",), {"cognito"}),
        ("StringEqualsIgnoreCase", "aws:SourceArn", ("arn:A",), None),
        ("StringNotEquals", "kms:CallerAccount", (ACCOUNT,), None),
    ],
)
def test_a_condition_pins_a_key_to_values_or_does_not(
    operator: str, key: str, values: tuple[str, ...], found: set[str] | None
) -> None:
    assert pinned(operator, key, *values) == found


def test_a_pattern_admits_whole_names_only() -> None:
    assert expanded("kms:Encrypt") == {"kms:encrypt"}
    assert expanded("kms:?ncrypt") == {"kms:encrypt"}
    assert expanded("kms:Describe*") == {action for action in ALL if action.startswith("kms:describe")}
    assert "kms:generatedatakeywithoutplaintext" not in expanded("kms:GenerateDataKe?")
    assert expanded("kms:NoSuch*") == {"kms:nosuch*"}


def test_a_reader_sees_four_actions_and_how_many_more() -> None:
    four = frozenset({"kms:decrypt", "kms:encrypt", "kms:sign", "kms:verify"})
    assert words(four) == "kms:Decrypt, kms:Encrypt, kms:Sign, kms:Verify"
    assert words(four | {"kms:disablekey"}) == "kms:Decrypt, kms:DisableKey, kms:Encrypt, kms:Sign and 1 more"
    assert words(ALL) == "kms:*"


COGNITO, OTHER = "cognito-idp.amazonaws.com", "identitystore.amazonaws.com"


@pytest.mark.parametrize(
    ("principals", "other_than", "conditions", "denied"),
    [
        ([("Service", COGNITO)], [], [], True),
        ([("AWS", "*")], [], [], True),
        ([("Service", OTHER)], [], [], False),
        ([("AWS", f"arn:aws:iam::{ACCOUNT}:root")], [], [], False),
        ([], [("AWS", f"arn:aws:iam::{ACCOUNT}:root")], [], True),
        ([], [("Service", COGNITO)], [], False),
        ([], [], [], False),
        ([("AWS", "*")], [], [Condition(operator="StringEquals", key="a", values=("b",))], False),
    ],
)
def test_a_deny_takes_from_a_service_what_it_surely_takes(
    principals: list[tuple[str, str]], other_than: list[tuple[str, str]], conditions: list[Condition], denied: bool
) -> None:
    statement = Statement(
        name="statement 1",
        allows=False,
        principals=tuple(principals),
        other_than=tuple(other_than),
        actions=ALL,
        inverted=bool(other_than),
        resources=frozenset("*"),
        conditions=tuple(conditions),
    )
    assert bool(_denied(statement, COGNITO)) is denied
