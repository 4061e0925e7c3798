"""Who has a right on the pool's keys, as an auditor asks it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pack.key_policy import Scope

from components.key_policy import key_policy
from recovery.key_audit import NOT_JUDGED, WITHIN, Asked, Key, Row, problems, rows
from tests.recovery.conftest import Cloud
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


@pytest.fixture
def keyed(cloud: Cloud) -> Cloud:
    """The stack's two keys with the program's policies."""
    for region, arn in STACK.keys.items():
        cloud.fake.key_policies[arn] = json.dumps(policy(region))
    return cloud


def test_who_can_decrypt_in_us_west_2_is_answered_in_a_table(keyed: Cloud) -> None:
    done = keyed.run(STACK, "audit", "keys", "--region", S, "--deploy-role", DEPLOYER)
    assert done.exit_code == 0, done.output
    assert "Who may decrypt, by key policy and grants:" in done.output
    named = [line for line in done.output.splitlines() if S in line and "Decrypt" in line]
    assert len(named) == 4
    assert f"│ {P} " not in done.output
    assert "…" not in done.output
    assert [operation for _, operation in keyed.fake.calls] == ["GetKeyPolicy", "ListGrants"]


def test_both_regions_are_asked_when_none_is_named(keyed: Cloud) -> None:
    done = keyed.run(STACK, "audit", "keys", "--deploy-role", DEPLOYER, "--action", "administer")
    assert done.exit_code == 0, done.output
    assert f"{P}, {S}: Cognito for this pool" in done.output
    assert done.output.count("kms:CancelKeyDeletion") == 2


def test_a_deployer_that_nobody_named_is_too_open(keyed: Cloud) -> None:
    done = keyed.run(STACK, "audit", "keys")
    assert done.exit_code == 1
    assert f"{S}: DeployersThroughCognito gives {DEPLOYER} kms:CreateGrant; expected no action but" in done.output


def test_a_policy_that_is_too_open_ends_with_1_whatever_was_asked(keyed: Cloud) -> None:
    keyed.fake.key_policies[STACK.keys[S]] = json.dumps(policy(S, allow({"AWS": ROOT}, "kms:Decrypt")))
    done = keyed.run(STACK, "audit", "keys", "--deploy-role", DEPLOYER, "--action", "grant")
    assert done.exit_code == 1
    assert f"{S}: More gives {ROOT} kms:Decrypt; expected administration only" in done.output


def test_the_founding_form_is_too_open_for_a_pool_that_exists(keyed: Cloud) -> None:
    keyed.fake.key_policies[STACK.keys[P]] = json.dumps(policy(P, pool=None))
    done = keyed.run(STACK, "audit", "keys", "--deploy-role", DEPLOYER)
    assert done.exit_code == 1
    assert f"{P}: CallersUseThroughCognito gives *" in done.output


def test_every_page_of_grants_is_read(keyed: Cloud) -> None:
    grants = [{"GrantId": f"g{n}", "GranteePrincipal": DEPLOYER, "Operations": ["Decrypt"]} for n in (1, 2)]
    keyed.fake.grants[STACK.keys[S]] = grants
    done = keyed.run(STACK, "audit", "keys", "--region", S, "--deploy-role", DEPLOYER)
    assert done.exit_code == 1
    assert "grant g1 to" in done.output
    assert "grant g2 to" in done.output


def test_a_policy_in_a_file_is_judged_for_one_region(keyed: Cloud, tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    file.write_text(json.dumps(policy(S)))
    words = ("audit", "keys", "--policy", str(file), "--deploy-role", DEPLOYER)
    done = keyed.run(STACK, *words, "--region", S)
    assert done.exit_code == 0, done.output
    assert "Grants are not in a file" in done.output
    assert keyed.run(STACK, *words, "--region", P).exit_code == 1
    assert keyed.fake.calls == []
    file.write_text("no JSON")
    broken = keyed.run(STACK, *words, "--region", S)
    assert (broken.exit_code, "no JSON text" in broken.output, "nobody" in broken.output) == (1, True, True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--region", "eu-west-1"), f"stack t has no key in eu-west-1; its keys are in: {P}, {S}"),
        (("--policy", "x.json"), "--policy needs the Region of the key"),
        (("--policy", "x.json", "--region", P, "--region", S), "add one --region"),
        (("--policy", "missing.json", "--region", S), "missing.json cannot be read"),
    ],
)
def test_a_wrong_call_ends_with_one_line(cloud: Cloud, words: tuple[str, ...], message: str) -> None:
    done = cloud.run(STACK, "audit", "keys", *words)
    assert done.exit_code == 1
    assert message in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_a_missing_right_is_named_with_its_region(cloud: Cloud) -> None:
    done = cloud.run(STACK, "audit", "keys", "--region", S)
    assert done.exit_code == 1
    assert f"the key in {S} cannot be read: AccessDeniedException on GetKeyPolicy" in done.output
    assert "it takes kms:GetKeyPolicy and kms:ListGrants" in done.output
