"""Secrets and their versions in the plugins."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pulumi
import pulumi_aws as aws
import pytest

from sandbox.providers.values import plain_map
from tests.sandbox.cloud_client import Cloud, refused
from tests.sandbox.plugin import Plugin, sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")
WEST = "us-west-2"


def versions() -> Plugin:
    return Plugin("aws", "aws:secretsmanager/secretVersion:SecretVersion", region=WEST)


@pytest.fixture
def secret(reachable: None) -> Iterator[str]:
    plugin = Plugin("aws", "aws:secretsmanager/secret:Secret", region=WEST)
    resource_id, state = plugin.create({"name": "local/values", "recoveryWindowInDays": 0})
    yield resource_id
    plugin.delete(resource_id, state)


def test_a_secret_as_the_sdk_asks_for_it_lives_without_drift() -> None:
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    inputs = sdk_inputs(
        lambda: aws.secretsmanager.Secret(
            "s", name="local/canary", description="canary", recovery_window_in_days=0, policy=policy, region=WEST
        )
    )
    plugin = Plugin("aws", "aws:secretsmanager/secret:Secret")
    resource_id, state = plugin.settles(inputs)
    assert resource_id.rpartition("-")[0] == state["arn"].rpartition("-")[0]
    changed = inputs | {"description": "another"}
    state = plugin.update(resource_id, inputs, changed, state)
    plugin.unchanged(resource_id, changed, state)
    assert plugin.diff(inputs, inputs | {"name": "local/other"}) == ["name"]
    plugin.ends(resource_id, changed, state)
    again, state = plugin.create(inputs)  # a window of zero days frees the name at once
    plugin.ends(again, inputs, state)


def test_a_secret_in_its_window_is_gone_for_a_refresh_but_blocks_its_name(aws: Cloud) -> None:
    plugin = Plugin("aws", "aws:secretsmanager/secret:Secret", region=WEST)
    inputs = {"name": "local/windowed", "recoveryWindowInDays": 7}
    resource_id, state = plugin.create(inputs)
    plugin.ends(resource_id, inputs, state)
    with refused("ResourceExistsException"):  # the emulator's code; AWS says InvalidRequestException
        plugin.create(inputs)
    aws.client("secretsmanager", WEST).delete_secret(SecretId=resource_id, ForceDeleteWithoutRecovery=True)


def test_a_value_as_the_sdk_asks_for_it_is_a_secret_without_drift(secret: str) -> None:
    inputs = sdk_inputs(
        lambda: aws.secretsmanager.SecretVersion(
            "v", secret_id=secret, secret_string=pulumi.Output.secret("made-up-path"), region=WEST
        )
    )
    assert inputs["secretString"] == "made-up-path"
    plugin = versions()
    resource_id, state = plugin.settles(inputs)
    assert resource_id == f"{secret}|{state['versionId']}"
    answer = plugin.read(resource_id, inputs, state)
    assert (answer.properties or {})["secretString"].is_secret
    assert (answer.inputs or {})["secretString"].is_secret
    plugin.delete(resource_id, state)


def test_a_new_value_is_a_replacement_and_the_old_one_becomes_the_previous(secret: str, aws: Cloud) -> None:
    plugin = versions()
    one, two = ({"secretId": secret, "secretString": text} for text in ("one", "two"))
    assert plugin.diff(one, two) == ["secretString"]
    old, old_state = plugin.create(one)
    new, new_state = plugin.create(two)
    assert plain_map(plugin.read(old, one, old_state).properties or {})["versionStages"] == ["AWSPREVIOUS"]
    plugin.delete(old, old_state)
    assert aws.client("secretsmanager", WEST).get_secret_value(SecretId=secret)["SecretString"] == "two"
    plugin.delete(new, new_state)


def test_a_value_is_secret_whatever_the_program_said(secret: str) -> None:
    made = versions().creation({"secretId": secret, "secretString": "plain"})
    assert (made.properties or {})["secretString"].is_secret
