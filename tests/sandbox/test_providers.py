"""The plugins' operations on the running cloud, called as the server calls them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers import archive, guard
from sandbox.providers.errors import NotFoundError, ProviderError
from sandbox.providers.server import one_line
from sandbox.providers.values import plain_map
from tests.sandbox.plugin import Plugin

POLICY = {"passwordPolicy": {"minimumLength": 10, "temporaryPasswordValidityDays": 5}}


pytestmark = pytest.mark.usefixtures("reachable")


@pytest.fixture
def role() -> Iterator[str]:
    plugin = Plugin("aws", "aws:iam/role:Role")
    resource_id, state = plugin.create({"name": "providers-role", "assumeRolePolicy": "{}"})
    yield state["arn"]
    plugin.delete(resource_id, state)


def function_inputs(role: str, folder: Path, text: str) -> dict[str, Any]:
    (folder / "index.py").write_text(text)
    code = archive.describe({"index.py": folder / "index.py"})
    names = {"name": "providers-function", "runtime": "python3.12", "handler": "index.handler"}
    return {**names, "role": role, "publish": True, "code": code}


def test_a_key_lives_and_dies() -> None:
    plugin = Plugin("aws", "aws:kms/key:Key")
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    inputs = {"multiRegion": True, "policy": policy, "enableKeyRotation": True, "description": "one"}
    resource_id, state = plugin.create(inputs)
    assert resource_id.startswith("mrk-")
    assert state["arn"].endswith(resource_id)
    spaced = json.dumps(json.loads(policy), indent=1)
    assert plain_map(plugin.read(resource_id, inputs | {"policy": spaced}, state).inputs)["policy"] == spaced
    assert plugin.update(resource_id, inputs, inputs | {"description": "two"}, state)["description"] == "two"
    assert plugin.diff(inputs, inputs | {"multiRegion": False}) == ["multiRegion"]
    plugin.delete(resource_id, state)
    assert plugin.read(resource_id, inputs, state).resource_id == ""


def test_a_release_publishes_a_version_only_when_code_or_configuration_changes(role: str, tmp_path: Path) -> None:
    plugin = Plugin("aws", "aws:lambda/function:Function")
    one = function_inputs(role, tmp_path, "def handler(e, c): return 1\n")
    resource_id, state = plugin.create(one)
    try:
        assert (state["version"], "code" in state) == ("1", False)
        assert plugin.update(resource_id, one, one | {"tags": {"a": "b"}}, state)["version"] == "1"
        two = function_inputs(role, tmp_path, "def handler(e, c): return 2\n")
        planned = plugin.update(resource_id, one, two, state, preview=True)
        assert (planned["version"], planned["arn"]) == (UNKNOWN, state["arn"])
        assert plugin.update(resource_id, one, two, state)["version"] == "2"
    finally:
        plugin.delete(resource_id, state)


def test_a_raising_function_fails_its_invocation_in_one_line(role: str, tmp_path: Path) -> None:
    function = Plugin("aws", "aws:lambda/function:Function")
    inputs = function_inputs(role, tmp_path, "def handler(e, c): raise ValueError('broken release')\n")
    resource_id, state = function.create(inputs)
    invocation = Plugin("aws", "aws:lambda/invocation:Invocation")
    try:
        with pytest.raises(ProviderError, match="broken.release") as raised:
            invocation.create({"functionName": resource_id, "qualifier": state["version"], "input": "{}"})
        assert "\n" not in one_line(raised.value)
    finally:
        function.delete(resource_id, state)


def test_issue_1256_shows_and_replacing_the_invitation_gets_round_it() -> None:
    plugin = Plugin("aws-native", "aws-native:cognito:UserPool")

    def inputs(length: int, **more: Any) -> dict[str, Any]:
        policy = {"passwordPolicy": POLICY["passwordPolicy"] | {"minimumLength": length}}
        return {"userPoolName": "p", "policies": policy, **more}

    resource_id, state = plugin.create(inputs(10))
    with pytest.raises(Exception, match="TemporaryPasswordValidityDays in PasswordPolicy instead of Unused") as raised:
        plugin.update(resource_id, inputs(10), inputs(11), state)
    assert one_line(raised.value).startswith("AWS refuses this: ")
    before = inputs(10)
    for length in (11, 12, 13):
        invitation = {"inviteMessageTemplate": {"emailMessage": f"{{username}} {{####}}<!-- {length} -->"}}
        after = inputs(length, adminCreateUserConfig=invitation)
        state = plugin.update(resource_id, before, after, state)
        assert state["policies"]["passwordPolicy"]["minimumLength"] == length
        before = after
    plugin.delete(resource_id, state)


def test_an_import_takes_every_live_property_and_a_refresh_only_owned_ones() -> None:
    plugin = Plugin("aws-native", "aws-native:cognito:UserPool")
    inputs = {"userPoolName": "p", "policies": POLICY, "autoVerifiedAttributes": ["email"]}
    resource_id, state = plugin.create(inputs)
    imported = plain_map(plugin.read(resource_id, {}, {}).inputs or {})
    assert imported["autoVerifiedAttributes"] == ["email"]
    assert "userPoolId" not in imported
    owned = {"userPoolName": "p"}
    assert plain_map(plugin.read(resource_id, owned, state).inputs or {}) == owned
    plugin.delete(resource_id, state)
    plugin.delete(resource_id, state)  # gone already: no error


def test_an_app_clients_secret_is_a_secret_and_its_inputs_are_read_back() -> None:
    pools = Plugin("aws-native", "aws-native:cognito:UserPool")
    pool, pool_state = pools.create({"userPoolName": "p"})
    clients = Plugin("aws-native", "aws-native:cognito:UserPoolClient")
    inputs = {"userPoolId": pool, "clientName": "c", "generateSecret": True, "callbackUrls": ["https://a.b/"]}
    resource_id, state = clients.create(inputs)
    answer = clients.read(resource_id, inputs, state)
    assert answer.properties
    assert answer.properties["clientSecret"].is_secret
    assert plain_map(answer.inputs or {}) == inputs
    changed = inputs | {"callbackUrls": ["https://a.b/", "https://a.b/c"]}
    assert clients.update(resource_id, inputs, changed, state)["callbackUrls"] == changed["callbackUrls"]
    clients.delete(resource_id, state)
    pools.delete(pool, pool_state)


@pytest.mark.parametrize(
    ("inputs", "refusal"),
    [
        ({"issuerConfiguration": {"type": "NEW"}}, "issuerConfiguration.type: AWS refuses this at create"),
        ({"userPoolTeir": "PLUS"}, "did you mean 'userPoolTier'?"),
        ({"arn": "x"}, "arn: AWS refuses this at create: it is computed"),
        ({"issuerConfiguration": {"type": UNKNOWN}}, None),
    ],
)
def test_inputs_that_cloud_formation_refuses_are_refused_at_check(inputs: dict[str, Any], refusal: str | None) -> None:
    found = Plugin("aws-native", "aws-native:cognito:UserPool").check(inputs)
    assert any(refusal in line for line in found) if refusal else found == []


def test_unknown_and_missing_classic_inputs_are_named() -> None:
    found = Plugin("aws", "aws:kms/alias:Alias").check({"nmae": "alias/x"})
    assert any(line.startswith("nmae: unknown property") for line in found)
    assert any(line.startswith("targetKeyId: missing required property") for line in found)


def test_a_preview_of_a_creation_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", "nowhere")
    _, planned = Plugin("aws", "aws:kms/key:Key", "prod").create({"multiRegion": True}, preview=True)
    assert planned == {"multiRegion": True, "arn": UNKNOWN, "keyId": UNKNOWN}


@pytest.mark.parametrize("stack", ["prod", "staging", "localx"])
def test_nothing_is_made_for_another_stack(stack: str) -> None:
    with pytest.raises(ProviderError, match=f"stack `local` on a file backend only, and this is stack `{stack}`"):
        Plugin("aws", "aws:kms/key:Key", stack).create({})


@pytest.mark.parametrize("backend", ["s3://states", "https://api.pulumi.com", None])
def test_nothing_is_made_on_another_backend(backend: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULUMI_BACKEND_URL")
    if backend:
        monkeypatch.setenv("PULUMI_BACKEND_URL", backend)
    plugin = Plugin("aws", "aws:kms/key:Key")
    for refused in (lambda: plugin.create({}), lambda: plugin.read("x", {}, {}), lambda: plugin.delete("x", {})):
        with pytest.raises(ProviderError, match="file backend only"):
            refused()


def test_an_offline_import_is_shown_for_other_stacks_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProviderError, match="file backend only"):
        Plugin("aws-native", "aws-native:cognito:UserPool", "prod").read("us-east-1_a", {}, {})
    monkeypatch.setenv(guard.OFFLINE, "true")
    answer = Plugin("aws-native", "aws-native:cognito:UserPool", "prod").read("us-east-1_a", {}, {})
    assert plain_map(answer.properties or {})["userPoolId"] == "us-east-1_a"


def test_another_account_is_refused() -> None:
    plugin = Plugin("aws", "aws:kms/key:Key")
    plugin.provider.allowed_accounts = '["111122223333"]'
    with pytest.raises(ProviderError, match="of account 000000000000, but the stack allows 111122223333 only"):
        plugin.create({})


def test_a_type_that_the_sandbox_does_not_have_is_named() -> None:
    with pytest.raises(ProviderError, match="aws:ec2/vpc:Vpc: the sandbox has no such resource type"):
        Plugin("aws", "aws:ec2/vpc:Vpc").create({})


def test_an_attachment_without_a_replica_is_not_there() -> None:
    pools = Plugin("aws-native", "aws-native:cognito:UserPool")
    pool, state = pools.create({"userPoolName": "p"})
    kind = pools.provider.kinds["aws-native:cognito:UserPoolRegionalConfigurationAttachment"]
    attachment = Plugin("aws-native", kind.token)
    attachment.provider.region = "us-west-2"
    with pytest.raises(NotFoundError):
        attachment.provider.kind(kind.token, {}).read(pool, {})
    attachment.delete(pool, {"userPoolId": pool})
    pools.delete(pool, state)
