"""The audit against the emulated KMS: keys of two Regions, a policy put open, a grant."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from components.key_policy import key_policy
from manifest import Manifest
from recovery.app import app
from sandbox.cloud.process import Endpoints
from tests.recovery.stacks import P, S, failover, live
from tests.sandbox.cloud_client import ACCOUNT, Cloud

ROOT = f"arn:aws:iam::{ACCOUNT}:root"


def policy(region: str) -> dict[str, Any]:
    pool = live(None).pool.id
    return key_policy(account=ACCOUNT, region=region, regions=(P, S), pool_id=pool, deploy_roles=[])


@pytest.fixture
def stack(
    endpoints: Endpoints, reachable: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Cloud, Manifest]:
    """A key and its replica, each with its own policy."""
    cloud = Cloud(endpoints)
    primary = cloud.key()
    arns = {P: primary, S: primary.replace(P, S)}
    for region, arn in arns.items():
        cloud.client("kms", region).put_key_policy(KeyId=arn, PolicyName="default", Policy=json.dumps(policy(region)))
    manifest = replace(live(failover()), keys=arns, account=ACCOUNT)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest.to_dict()))
    monkeypatch.setenv("COGNITO_DR_MANIFEST", str(tmp_path / "manifest.json"))
    return cloud, manifest


def audit(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["audit", "keys", *words])
    return done.exit_code, done.output


def test_the_keys_of_both_regions_pass(stack: tuple[Cloud, Manifest]) -> None:
    code, output = audit()
    assert code == 0, output
    assert f"{P}, {S}: Cognito for this pool" in output


def test_a_key_opened_behind_pulumis_back_is_found_in_its_region_alone(stack: tuple[Cloud, Manifest]) -> None:
    cloud, manifest = stack
    opened = policy(S)
    opened["Statement"][4]["Action"] = "kms:*"
    cloud.client("kms", S).put_key_policy(KeyId=manifest.keys[S], PolicyName="default", Policy=json.dumps(opened))
    code, output = audit("--region", S)
    assert code == 1
    assert f"{S}: AccountAdministers gives {ROOT}" in output
    assert audit("--region", P)[0] == 0


def test_a_grant_is_found(stack: tuple[Cloud, Manifest]) -> None:
    cloud, manifest = stack
    cloud.client("kms", S).create_grant(KeyId=manifest.keys[S], GranteePrincipal=ROOT, Operations=["Decrypt"])
    code, output = audit("--region", S)
    assert code == 1
    assert "too open: to be no grant" in output


def test_the_default_policy_of_a_key_is_too_open(stack: tuple[Cloud, Manifest]) -> None:
    cloud, manifest = stack
    whole = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*"}}
    cloud.client("kms", S).put_key_policy(KeyId=manifest.keys[S], PolicyName="default", Policy=json.dumps(whole))
    code, output = audit("--region", S)
    assert code == 1
    assert "cognito-idp.amazonaws.com without kms:Decrypt" in output
