"""An existing pool is adopted: imported whole, changed only where replication needs it."""

import json

import pytest

from tests.engine.project_copy import ProjectCopy
from tests.engine.sign_in_load import cognito

pytestmark = [pytest.mark.engine, pytest.mark.timeout(600)]

START = (
    "from pathlib import Path; from sandbox.cloud import process; "
    "print(dict(process.start(Path('.sandbox/cloud')).urls)['us-east-1'])"
)


@pytest.fixture
def live_pool(project: ProjectCopy) -> str:
    """A pool that somebody made before, in a cloud that runs already; the stack file says to adopt it."""
    endpoint = project.run(".venv/bin/python", "-c", START).strip().splitlines()[-1]
    pool = cognito(endpoint, "us-east-1").create_user_pool(
        PoolName="local",
        UserPoolTier="ESSENTIALS",
        AutoVerifiedAttributes=["email"],
        Policies={
            "PasswordPolicy": {"MinimumLength": 10, "RequireLowercase": True, "TemporaryPasswordValidityDays": 5}
        },
        UserPoolTags={"environment": "local"},
        Schema=[{"Name": "tenant", "AttributeDataType": "String", "Mutable": True}],
    )["UserPool"]["Id"]
    adopt = (
        f"    name: local\n    id: {pool}\n    adopt: true\n    issuer: ORIGINAL\n"
        "    passwordPolicy: {minimumLength: 10, requireLowercase: true, temporaryPasswordValidityDays: 5}\n"
    )
    project.replace("Pulumi.local.yaml", "    name: local\n", adopt)
    return pool


def test_a_property_without_a_setting_stops_the_adoption(project: ProjectCopy, live_pool: str) -> None:
    try:
        output = project.make("up", "PHASE=replication", expect=None)
        assert f"pool {live_pool} cannot be adopted" in output
        assert "autoVerifiedAttributes" in output
        assert "Traceback" not in output
    finally:
        project.make("down")


def test_an_adopted_pool_keeps_its_configuration_and_gets_key_and_replica(project: ProjectCopy, live_pool: str) -> None:
    project.replace(
        "Pulumi.local.yaml", "    adopt: true\n", "    adopt: true\n    adopted: {autoVerifiedAttributes: [email]}\n"
    )
    try:
        project.make("up", "PHASE=replication")
        assert project.manifest()["pool"]["id"] == live_pool
        endpoints = json.loads((project.folder / ".sandbox/cloud/endpoints.json").read_text())["endpoints"]
        pool = cognito(endpoints["us-east-1"], "us-east-1").describe_user_pool(UserPoolId=live_pool)["UserPool"]
        assert pool["AutoVerifiedAttributes"] == ["email"]
        assert pool["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"] == 5
        assert pool["KeyConfiguration"]["KeyType"] == "CUSTOMER_MANAGED_KEY"
        assert "PreTokenGenerationConfig" in pool["LambdaConfig"]
        assert "unchanged" in project.make("up", "PHASE=replication")
        project.sign_in_check()
    finally:
        project.make("down")
