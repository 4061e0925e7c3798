"""Who has a right on a key, read from its policy and its grants."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pack.key_policy import Scope

from components.key_policy import key_policy
from recovery.key_audit import NOT_JUDGED, WITHIN, Asked, Key, Row, problems, rows
from tests.recovery.stacks import P, S, failover, live

ACCOUNT, POOL = "000000000000", "us-east-1_abc"
ROOT, DEPLOYER = f"arn:aws:iam::{ACCOUNT}:root", f"arn:aws:iam::{ACCOUNT}:role/deploy"
IAM = f"{ROOT} (whoever has the right by IAM)"
COGNITO, STORE = "cognito-idp.amazonaws.com", "identitystore.amazonaws.com"
STACK = live(failover())
DECRYPTS = "kms:Decrypt, kms:ReEncryptFrom"


def policy(region: str, *more: dict[str, Any], pool: str | None = POOL) -> dict[str, Any]:
    """What the program writes, and statements more."""
    made = key_policy(account=ACCOUNT, region=region, regions=(P, S), pool_id=pool, deploy_roles=[DEPLOYER])
    return made | {"Statement": [*made["Statement"], *more]}


def allow(principal: Any, action: str, effect: str = "Allow") -> dict[str, Any]:
    return {"Sid": "More", "Effect": effect, "Principal": principal, "Action": action, "Resource": "*"}


def key(*more: dict[str, Any], grants: list[dict[str, Any]] | None = None) -> Key:
    scope = Scope(account=ACCOUNT, region=S, regions=(P, S), pool_id=POOL, deploy_roles=(DEPLOYER,))
    return Key(policy=policy(S, *more), scope=scope, grants=grants or [])


def who(found: list[Row]) -> list[tuple[str, str, str]]:
    return [(row.who, row.what, row.verdict) for row in found]


GOOD = [(COGNITO, DECRYPTS, WITHIN), (STORE, DECRYPTS, WITHIN), ("anybody (*)", DECRYPTS, WITHIN)]
GOOD += [(DEPLOYER, DECRYPTS, WITHIN)]


def test_cognito_callers_and_deployers_can_decrypt_and_nobody_else() -> None:
    found = rows(key(), Asked.DECRYPT)
    assert who(found) == GOOD
    assert problems(key()) == []
    assert f"kms:ViaService StringEquals cognito-idp.{S}.amazonaws.com" in found[2].conditions
    assert f"kms:CallerAccount StringEquals {ACCOUNT}" in found[2].conditions
    assert f"userpool-arn StringLike this pool in {P} | this pool in {S}" in found[2].conditions


def test_each_question_has_its_own_answer() -> None:
    assert [row.who for row in rows(key(), Asked.DESCRIBE)] == [COGNITO, STORE, "anybody (*)", IAM, DEPLOYER]
    assert who(rows(key(), Asked.GRANT)) == [(DEPLOYER, "kms:CreateGrant", WITHIN)]
    (administers,) = rows(key(), Asked.ADMINISTER)
    assert (administers.who, administers.conditions, administers.verdict) == (IAM, "none", WITHIN)
    assert administers.what.startswith("kms:CancelKeyDeletion")


def test_a_root_with_everything_is_too_open_for_use_and_within_the_rule_for_administration() -> None:
    opened = key(allow({"AWS": ROOT}, "kms:*"))
    assert [row.verdict.split(",")[0] for row in rows(opened, Asked.DECRYPT) if row.who == IAM] == [
        "too open: to be administration only"
    ]
    assert [row.verdict for row in rows(opened, Asked.ADMINISTER)] == [WITHIN]
    assert [problem.found for problem in problems(opened)] == [
        f"More gives {ROOT} kms:CreateGrant, kms:Decrypt, kms:DeriveSharedSecret, kms:Encrypt and 11 more"
    ]


def test_a_principal_has_one_row_whatever_the_number_of_its_statements() -> None:
    found = rows(key(allow("*", "kms:Decrypt")), Asked.DECRYPT)
    (anybody,) = [row for row in found if row.who == "anybody (*)"]
    assert anybody.conditions.endswith(" or none")
    assert anybody.verdict == f"too open: to be kms:ViaService cognito-idp.{S}.amazonaws.com"


def test_a_principal_answers_for_itself_alone() -> None:
    shared = key(allow({"AWS": [ROOT, "arn:aws:iam::999988887777:root"]}, "kms:GetKeyPolicy"))
    verdicts = {row.who: row.verdict for row in rows(shared, Asked.ADMINISTER)}
    assert verdicts[IAM] == WITHIN
    assert verdicts["arn:aws:iam::999988887777:root"].startswith("too open")


def test_an_exclusion_is_everybody_else() -> None:
    excluding = allow(None, "kms:Decrypt") | {"NotPrincipal": {"AWS": ROOT}}
    del excluding["Principal"]
    *rest, last = rows(key(excluding), Asked.DECRYPT)
    assert who(rest) == GOOD
    assert (last.who, last.verdict.split(":")[0]) == (f"everybody but {ROOT}", "too open")
    spared = allow({"AWS": DEPLOYER}, "") | {"NotAction": "kms:Sign"}
    del spared["Action"]
    assert [row.verdict for row in rows(key(spared), Asked.DECRYPT) if row.who == DEPLOYER] == [
        "too open: to be principals and actions by name: an exclusion admits all others"
    ]


@pytest.mark.parametrize(
    ("principal", "concerned"),
    [
        ({"Service": STORE}, [STORE, "anybody (*)"]),
        ({"AWS": ROOT}, ["anybody (*)", DEPLOYER]),
        ("*", [COGNITO, STORE, "anybody (*)", DEPLOYER]),
    ],
)
def test_a_deny_is_named_where_it_may_strike(principal: Any, concerned: list[str]) -> None:
    found = rows(key(allow(principal, "kms:Decrypt", "Deny")), Asked.DECRYPT)
    assert [row.who for row in found if row.conditions.endswith("unless denied by More")] == concerned
    other = rows(key(allow(principal, "kms:Sign", "Deny")), Asked.DECRYPT)
    assert not any("denied" in row.conditions for row in other)


def test_another_pools_name_is_told_as_it_is() -> None:
    text = json.dumps(policy(S)).replace(f"{P}:{ACCOUNT}:userpool/{POOL}", f"{P}:{ACCOUNT}:userpool/us-east-1_other")
    spoilt = Key(policy=text, scope=key().scope)
    assert (
        f"arn:aws:cognito-idp:{P}:{ACCOUNT}:userpool/us-east-1_other | this"
        in rows(spoilt, Asked.DECRYPT)[0].conditions
    )
    assert rows(spoilt, Asked.DECRYPT)[0].verdict.startswith("too open: to be aws:SourceArn of the pool")


def test_a_grant_opens_past_the_policy() -> None:
    given = {"GrantId": "0123456789abcdef", "Operations": ["Decrypt", "Sign"], "Constraints": {"SourceArn": "arn:x"}}
    cognito = f"cognito-idp.{S}.amazonaws.com"
    granted = key(grants=[{**given, "GranteePrincipal": name} for name in (DEPLOYER, cognito)])
    assert who(rows(granted, Asked.DECRYPT))[4:] == [
        (DEPLOYER, "kms:Decrypt by grant 0123456789ab", "too open: to be no grant"),
        (cognito, "kms:Decrypt by grant 0123456789ab", NOT_JUDGED),
    ]
    assert rows(granted, Asked.DECRYPT)[4].conditions == "SourceArn arn:x"
    assert len(rows(granted, Asked.DESCRIBE)) == 5
    assert [problem.found for problem in problems(granted)] == [f"grant 0123456789ab to {DEPLOYER}"]
