"""The rule's verdict on AWS's documented policy and on every way to spoil it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import botocore.session
import pytest
from pack.key_policy import Problem, judge
from pack.key_policy.actions import ALL, words
from pack.key_policy.judge import BY_CONTEXT

from tests.policies.key_policy import (
    misshapen,
    open_to_account,
    open_to_callers,
    open_to_cognito,
    open_to_strangers,
)
from tests.policies.key_policy.documents import (
    ACCOUNT,
    ADMINISTERS,
    ARNS,
    DEPLOYER,
    DEPLOYS,
    EAST,
    OPERATOR,
    ROOT,
    SCOPE,
    STRANGER,
    USES,
    WEST,
    Change,
    adding,
    changed,
    documented,
    operator,
    setting,
)

OPEN = [*open_to_account.OF_THE_ACCOUNT, *open_to_callers.OF_CALLERS]
OPEN += [*open_to_strangers.OF_OTHERS, *open_to_cognito.OF_COGNITO]
BAD = [*OPEN, *misshapen.MISSHAPEN, *misshapen.TOO_NARROW, *misshapen.HIDDEN]
FOUNDING = replace(SCOPE, pool_id=None)
ANY_POOL = [arn.rpartition("/")[0] + "/*" for arn in ARNS]


def test_the_documented_policy_with_bounded_callers_and_an_administering_root_passes() -> None:
    assert judge(documented(), SCOPE) == []
    assert judge(json.dumps(documented(region=WEST)), replace(SCOPE, region=WEST)) == []


def test_the_documented_root_statement_fails_and_says_why() -> None:
    found = judge(changed(setting(ADMINISTERS, Principal={"AWS": ROOT}, Action="kms:*")), SCOPE)
    assert found == [
        Problem(
            found=f"Administers gives {ROOT} kms:CreateGrant, kms:Decrypt, kms:DeriveSharedSecret, kms:Encrypt "
            "and 11 more",
            expected="administration only, because IAM can hand on whatever the account has, "
            f"or use through cognito-idp.{EAST}.amazonaws.com",
        )
    ]


def test_a_roles_own_right_is_no_matter_of_iam() -> None:
    (problem,) = judge(changed(adding({"AWS": OPERATOR}, "kms:Decrypt")), SCOPE)
    assert problem.expected == f"administration only, or use through cognito-idp.{EAST}.amazonaws.com"


def test_a_statement_without_a_name_has_its_number() -> None:
    (problem,) = judge(changed(adding({"AWS": OPERATOR}, "kms:Decrypt", Sid=None)), SCOPE)
    assert problem.found == f"statement 7 gives {OPERATOR} kms:Decrypt"


def test_at_least_forty_bad_policies_are_told_apart() -> None:
    policies = {json.dumps(changed(change)) for _, change, _, _ in BAD}
    assert len(policies) == len(BAD) >= 40


@pytest.mark.parametrize(("change", "found", "expected"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_policy_fails_with_the_right_reason(change: Change, found: str, expected: str) -> None:
    problems = judge(changed(change), SCOPE)
    assert [one for one in problems if found in one.found and expected in one.expected], problems


@pytest.mark.parametrize("change", [case[1] for case in OPEN], ids=[case[0] for case in OPEN])
def test_what_is_open_is_found_though_statements_are_left_out(change: Change) -> None:
    """As at a preview that does not know every statement."""
    assert judge(changed(change), SCOPE, partial=True) != []


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (DEPLOYER, set()),
        ("*", {"no action but the use of the key through Cognito", BY_CONTEXT}),
        (ROOT, {"no action but the use of the key through Cognito", BY_CONTEXT}),
        (ACCOUNT, {"no action but the use of the key through Cognito", BY_CONTEXT}),
        (DEPLOYER.replace("role", "user"), {"no action but the use of the key through Cognito", BY_CONTEXT}),
        (DEPLOYER.replace(ACCOUNT, STRANGER), {"Cognito or a principal of this account"}),
    ],
)
def test_who_is_no_role_of_the_account_is_no_deploy_role(who: str, expected: set[str]) -> None:
    problems = judge(
        changed(setting(DEPLOYS, Sid="Named", Principal={"AWS": who})), replace(SCOPE, deploy_roles=(who,))
    )
    assert {problem.expected for problem in problems} == expected


def test_the_founding_form_passes_only_while_no_pool_is_set() -> None:
    founding = documented(arns=ANY_POOL)
    assert judge(founding, FOUNDING) == []
    assert {problem.expected for problem in judge(founding, SCOPE)} >= {
        "aws:SourceArn of the pool and aws:SourceAccount of the account"
    }


@pytest.mark.parametrize(
    "arn",
    [
        f"arn:aws:cognito-idp:*:{ACCOUNT}:userpool/*",
        f"arn:aws:cognito-idp:{EAST}:*:userpool/*",
        f"arn:aws:cognito-idp:{EAST}:{ACCOUNT}:*",
        f"arn:aws:cognito-idp:eu-west-1:{ACCOUNT}:userpool/*",
        f"arn:aws:cognito-idp:{EAST}:{ACCOUNT}:userpool/a?",
        "*",
    ],
)
def test_the_founding_form_reaches_no_further_than_the_accounts_pools(arn: str) -> None:
    assert judge(documented(arns=[*ANY_POOL, arn]), FOUNDING) != []


def test_the_founding_form_taken_literally_would_match_no_pool() -> None:
    founding = documented(arns=ANY_POOL)
    operator(USES, "ArnLike", "StringEquals")(founding)
    assert judge(founding, FOUNDING) != []


@pytest.mark.parametrize(
    "policy", [None, "", "{", "[]", "{}", '"Allow"', [], 1, {}, '{"Statement": 1, "Statement": 2}']
)
def test_what_is_no_policy_fails(policy: Any) -> None:
    assert [problem.expected for problem in judge(policy, SCOPE)] == ["a key policy that KMS accepts"]


def test_every_operation_of_kms_has_a_class() -> None:
    operations = {
        f"kms:{name}".lower() for name in botocore.session.get_session().get_service_model("kms").operation_names
    }
    assert operations - {"kms:reencrypt"} <= ALL
    assert words(ALL) == "kms:*"
