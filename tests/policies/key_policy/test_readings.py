"""What is read out of a policy's text: whole names, whole documents, values of every spelling."""

import json
from typing import Any

import pytest
from pack.key_policy import Scope, judge
from pack.key_policy.scope import is_role
from pack.key_policy.statements import statements
from pack.key_policy.texts import Unreadable, texts

from tests.policies.maker import ACCOUNT, DEPLOYER, EAST, POOL, WEST, policy

SCOPE = Scope(account=ACCOUNT, region=EAST, regions=(EAST, WEST), pool_id=POOL, deploy_roles=(DEPLOYER,))
ROOT = f"arn:aws:iam::{ACCOUNT}:root"


@pytest.mark.parametrize(
    ("name", "account", "own"),
    [
        (ACCOUNT, True, True),
        (ROOT, True, True),
        (f"arn:aws-us-gov:iam::{ACCOUNT}:root", True, True),
        (f"{ACCOUNT}4", False, False),
        (f"{ROOT}x", False, False),
        (f"{ROOT}\n", False, False),
        (f"arn:aws:iam::{ACCOUNT}:role/path/deploy", False, True),
        (f"arn:aws:iam::{ACCOUNT}:user/ops", False, True),
        (f"arn:aws:iam::{ACCOUNT}:role/deploy*", False, False),
        (f"arn:aws:iam::{ACCOUNT}:role/deploy?", False, False),
        (f"arn:aws:iam::999999999999:role/{ACCOUNT}", False, False),
        ("*", False, False),
    ],
)
def test_a_principal_is_own_when_it_is_named_in_full(name: str, account: bool, own: bool) -> None:
    assert (SCOPE.is_account(name), SCOPE.is_own_principal(name)) == (account, own)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        (DEPLOYER, True),
        (f"{DEPLOYER}*", False),
        (f"{DEPLOYER}\n", False),
        (f"x{DEPLOYER}", False),
        (f"arn:aws:iam::{ACCOUNT}:user/ops", False),
        (ROOT, False),
    ],
)
def test_a_role_is_one_that_is_named_in_full(name: str, role: bool) -> None:
    assert is_role(ACCOUNT, name) is role


STATEMENT = {"Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}


def test_a_document_may_have_all_its_elements() -> None:
    whole = {"Version": "2012-10-17", "Id": "key", "Statement": [STATEMENT]}
    every = STATEMENT | {"Sid": "a", "Condition": {}, "NotPrincipal": None, "NotAction": [], "NotResource": []}
    assert statements(whole)[1] == []
    assert statements(whole | {"Statement": every})[1] == []
    assert statements(whole | {"Comment": "x"})[1] == ["the document has elements that a policy does not have"]


def test_a_key_that_is_there_twice_makes_the_text_unreadable() -> None:
    twice = json.dumps({"Statement": [STATEMENT]}).replace('"Effect"', '"Effect": "Allow", "Effect"')
    assert statements(twice) == ([], ["no JSON text"])
    assert statements(json.dumps({"Statement": [STATEMENT]}))[1] == []


def test_values_are_texts_as_json_writes_them() -> None:
    assert texts([True, False, 12.0, 12, "x"], "s") == ["true", "false", "12", "12", "x"]
    assert texts(None, "s") == []
    for odd in (1.5, {}, [[]]):
        with pytest.raises(Unreadable, match="s has a value that is no text"):
            texts([odd], "s")


@pytest.mark.parametrize("element", ["NotPrincipal", "NotAction", "NotResource"])
def test_an_exclusion_is_told_once_and_nothing_else_of_its_statement(element: str) -> None:
    allow: dict[str, Any] = {"Sid": "wide", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*"}
    document = json.loads(policy(EAST))
    document["Statement"].append({**allow, "Resource": "*", element: {"AWS": "x"} if "Pri" in element else "kms:Sign"})
    problems = [problem.found for problem in judge(document, SCOPE)]
    assert problems == ["wide with NotPrincipal, NotAction or NotResource"]
