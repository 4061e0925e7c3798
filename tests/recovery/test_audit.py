"""`cognito-dr audit keys`, as an auditor calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recovery.conftest import Cloud
from tests.recovery.stacks import P, S, failover, live
from tests.recovery.test_key_audit import DEPLOYER, ROOT, allow, policy

STACK = live(failover())


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


def test_a_policy_may_name_its_own_key_and_no_other(keyed: Cloud) -> None:
    own = json.dumps(policy(S)).replace('"Resource": "*"', f'"Resource": "{STACK.keys[S]}"')
    keyed.fake.key_policies[STACK.keys[S]] = own
    assert keyed.run(STACK, "audit", "keys", "--region", S, "--deploy-role", DEPLOYER).exit_code == 0
    keyed.fake.key_policies[STACK.keys[S]] = own.replace(STACK.keys[S], f"{STACK.keys[S]}x")
    done = keyed.run(STACK, "audit", "keys", "--region", S, "--deploy-role", DEPLOYER)
    assert done.exit_code == 1
    assert f"{S}: too narrow" in done.output


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
