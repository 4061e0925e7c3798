"""The evaluator's own truth, a table an operator: it judges the rule, so it must be right itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policies.key_policy.documents import ACCOUNT, ADMINISTER, DATA, KEY_ARN, OPERATOR, OTHER_KEY, ROOT, STRANGER
from tests.policies.key_policy.oracle import OPERATORS, Request, allowed, concerns, holds

KEY, A, B = "aws:SourceArn", "arn:aws:x:r:1:pool/a", "arn:aws:x:r:1:pool/b"
NONE: dict[str, str | list[str]] = {}
ROLE_OF_STRANGER = f"arn:aws:iam::{STRANGER}:role/x"

# operator, wanted, values of the key (None: not in the request), whether it holds
TABLE: list[tuple[str, Any, Any, bool]] = [
    ("StringEquals", "a", "a", True),
    ("StringEquals", "a", "A", False),
    ("StringEquals", ["a", "b"], "b", True),
    ("StringEquals", "a", None, False),
    ("StringEquals", "*", "a", False),
    ("StringEquals", [], "a", False),
    ("stringEQUALS", "a", "a", True),
    ("StringNotEquals", "a", "b", True),
    ("StringNotEquals", "a", "a", False),
    ("StringNotEquals", ["a", "b"], "b", False),
    ("StringNotEquals", "a", None, True),
    ("StringEqualsIgnoreCase", "a", "A", True),
    ("StringEqualsIgnoreCase", "a", "b", False),
    ("StringEqualsIgnoreCase", "a", None, False),
    ("StringNotEqualsIgnoreCase", "a", "A", False),
    ("StringNotEqualsIgnoreCase", "a", "b", True),
    ("StringLike", "a*", "abc", True),
    ("StringLike", "a*", "a", True),
    ("StringLike", "a*", "ba", False),
    ("StringLike", "a?", "ab", True),
    ("StringLike", "a?", "a", False),
    ("StringLike", "a[b]", "ab", False),
    ("StringLike", "a[b]", "a[b]", True),
    ("StringLike", "*", None, False),
    ("StringNotLike", "a*", "abc", False),
    ("StringNotLike", "a*", "b", True),
    ("StringNotLike", "a*", None, True),
    ("ArnEquals", A, A, True),
    ("ArnEquals", A, B, False),
    ("ArnEquals", "arn:aws:x:r:1:pool/*", A, True),
    ("ArnEquals", "arn:aws:x:*:1:pool/a", A, True),
    ("ArnEquals", "arn:*", A, False),
    ("ArnEquals", "*", A, False),
    ("ArnEquals", A, None, False),
    ("ArnEquals", "x", "x", False),
    ("ArnLike", "arn:aws:x:r:1:pool/?", B, True),
    ("ArnLike", "arn:aws:x:r:1:pool/?", "arn:aws:x:r:1:pool/", False),
    ("ArnLike", "arn:aws:x:r:*:pool/a", "arn:aws:x:r:1:2:pool/a", False),
    ("ArnNotEquals", A, B, True),
    ("ArnNotEquals", A, A, False),
    ("ArnNotLike", "arn:aws:x:r:1:pool/*", A, False),
    ("ArnNotLike", A, None, True),
    ("Bool", "true", "true", True),
    ("Bool", True, "True", True),
    ("Bool", "true", "false", False),
    ("Bool", "false", None, False),
    ("Null", "true", None, True),
    ("Null", "true", "a", False),
    ("Null", "false", "a", True),
    ("Null", False, None, False),
    ("Null", ["true", "false"], None, True),
    ("StringEqualsIfExists", "a", None, True),
    ("StringEqualsIfExists", "a", "b", False),
    ("ArnLikeIfExists", A, None, True),
    ("ArnLikeIfExists", A, B, False),
    ("StringNotEqualsIfExists", "a", "a", False),
    ("BoolIfExists", "true", None, True),
    ("ForAnyValue:StringEquals", "a", ["a", "b"], True),
    ("ForAnyValue:StringEquals", "a", ["b"], False),
    ("ForAnyValue:StringEquals", "a", None, False),
    ("ForAnyValue:StringNotEquals", "a", ["a", "b"], True),
    ("ForAnyValue:StringNotEquals", "a", None, False),
    ("ForAllValues:StringEquals", "a", ["a", "b"], False),
    ("ForAllValues:StringEquals", ["a", "b"], ["a", "b"], True),
    ("ForAllValues:StringEquals", "a", None, True),
    ("ForAllValues:StringEquals", "a", [], True),
    ("ForAllValues:StringNotLike", "a*", ["b", "ab"], False),
    ("forallvalues:stringlikeifexists", "a*", "b", False),
    ("ForAnyValue:StringEqualsIfExists", "a", None, True),
]


@pytest.mark.parametrize(("operator", "wanted", "found", "expected"), TABLE)
def test_an_operator_holds_as_the_guide_says(operator: str, wanted: Any, found: Any, expected: bool) -> None:
    context = NONE if found is None else {KEY.lower(): found}
    assert holds(operator, KEY, wanted, context) is expected


@pytest.mark.parametrize("operator", [*OPERATORS, "null"])
def test_every_operator_has_rows_of_both_kinds(operator: str) -> None:
    def base(text: str) -> str:
        return text.lower().rpartition(":")[2].removesuffix("ifexists").replace("not", "")

    assert {expected for name, _, _, expected in TABLE if base(name) == operator} == {True, False}


def test_an_operator_that_aws_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        holds("StringEqual", KEY, "a", {KEY.lower(): "a"})


@pytest.mark.parametrize(
    ("principal", "kind", "who", "expected"),
    [
        ("*", "AWS", ROLE_OF_STRANGER, True),
        ("*", "Service", "lambda.amazonaws.com", True),
        ({"AWS": "*"}, "Service", "lambda.amazonaws.com", True),
        ({"AWS": ROOT}, "AWS", OPERATOR, True),
        ({"AWS": ACCOUNT}, "AWS", OPERATOR, True),
        ({"AWS": ROOT}, "AWS", ROLE_OF_STRANGER, False),
        ({"AWS": ["x", OPERATOR]}, "AWS", OPERATOR, True),
        ({"AWS": OPERATOR}, "AWS", OPERATOR + "2", False),
        ({"Service": "a.amazonaws.com"}, "Service", "a.amazonaws.com", True),
        ({"Service": "a.amazonaws.com"}, "Service", "b.amazonaws.com", False),
        ({"Service": "a.amazonaws.com"}, "AWS", OPERATOR, False),
    ],
)
def test_principals(principal: Any, kind: str, who: str, expected: bool) -> None:
    request = Request(kind, who, "kms:Decrypt")
    assert concerns({"Principal": principal, "Action": "kms:*", "Resource": "*"}, request) is expected
    assert concerns({"NotPrincipal": principal, "Action": "kms:*", "Resource": "*"}, request) is not expected


@pytest.mark.parametrize(
    ("actions", "action", "expected"),
    [
        ("kms:*", "kms:Decrypt", True),
        ("*", "kms:Decrypt", True),
        ("KMS:DECRYPT", "kms:Decrypt", True),
        ("kms:De*", "kms:Encrypt", False),
        ("kms:ReEncrypt*", "kms:ReEncryptFrom", True),
        ("kms:?ecrypt", "kms:Decrypt", True),
        (DATA, "kms:GenerateDataKeyWithoutPlaintext", True),
        (ADMINISTER, "kms:Decrypt", False),
    ],
)
def test_actions(actions: Any, action: str, expected: bool) -> None:
    request = Request("AWS", OPERATOR, action)
    assert concerns({"Principal": "*", "Action": actions, "Resource": "*"}, request) is expected
    assert concerns({"Principal": "*", "NotAction": actions, "Resource": "*"}, request) is not expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("*", True),
        (KEY_ARN, True),
        (KEY_ARN[:-8] + "*", True),
        ([OTHER_KEY, "*"], True),
        ([OTHER_KEY, KEY_ARN], True),
        (OTHER_KEY, False),
        (KEY_ARN.upper(), False),
        (KEY_ARN[:-1], False),
        ("arn:aws:kms:us-east-1:111122223333:alias/users", False),
        ([], False),
    ],
)
def test_resources(resource: Any, expected: bool) -> None:
    request = Request("AWS", OPERATOR, "kms:Decrypt")
    assert concerns({"Principal": "*", "Action": "kms:*", "Resource": resource}, request) is expected
    assert concerns({"Principal": "*", "Action": "kms:*", "NotResource": resource}, request) is not expected


def test_a_statement_without_resource_speaks_of_no_key() -> None:
    assert not concerns({"Principal": "*", "Action": "kms:*"}, Request("AWS", OPERATOR, "kms:Decrypt"))


def test_a_request_is_for_the_key_that_it_names() -> None:
    request = Request("AWS", OPERATOR, "kms:Decrypt", key=OTHER_KEY)
    assert concerns({"Principal": "*", "Action": "kms:*", "Resource": OTHER_KEY}, request)
    assert not concerns({"Principal": "*", "Action": "kms:*", "Resource": KEY_ARN}, request)


def test_a_deny_beats_an_allow_and_silence_is_no_allow() -> None:
    allow = {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}
    deny = allow | {"Effect": "Deny", "Action": "kms:Decrypt", "Condition": {"Bool": {"aws:X": "true"}}}
    request = Request("AWS", OPERATOR, "kms:Decrypt", {"aws:x": "true"})
    assert allowed({"Statement": allow}, request)
    assert not allowed({"Statement": [allow, deny]}, request)
    assert not allowed({"Statement": [deny]}, request)
    assert allowed({"Statement": [deny, allow]}, Request("AWS", OPERATOR, "kms:Decrypt", {"aws:x": "false"}))


def test_all_conditions_of_a_statement_must_hold() -> None:
    condition = {"StringEquals": {"a": "1", "b": "2"}, "StringLike": {"c": "3*"}}
    allow = {
        "Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": condition}
    }
    whole = {"a": "1", "b": "2", "c": "34"}
    assert allowed(allow, Request("AWS", OPERATOR, "kms:Decrypt", whole))
    for key in whole:
        assert not allowed(allow, Request("AWS", OPERATOR, "kms:Decrypt", whole | {key: "x"}))
