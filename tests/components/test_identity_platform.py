"""The whole program on generated settings: what holds for every stack."""

import json
from typing import Any
from unittest.mock import patch

import pulumi
import pytest
from hypothesis import given, settings

from tests.components.mocks import SECRET, deploy, deployed
from tests.components.stacks import stacks

EXAMPLES = settings(max_examples=24)


@EXAMPLES
@given(stacks())
def test_every_resource_has_an_explicit_provider_of_the_stacks_account(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    for resource in deployment.resources:
        if resource.type.startswith(("aws:", "aws-native:")):
            assert resource.provider
            assert "::default" not in resource.provider
    for provider in (r for r in deployment.resources if r.type.startswith("pulumi:providers:")):
        assert json.loads(provider.inputs["allowedAccountIds"]) == [values["account"]]
        probers = values["failover"]["probe"]["probers"]
        assert provider.inputs["region"] in {*values["regions"].values(), *probers, "us-east-1"}


@EXAMPLES
@given(stacks())
def test_no_two_resources_share_type_and_name(values: dict[str, Any]) -> None:
    names = [(resource.type, resource.name) for resource in deployed(values).resources]
    assert len(names) == len(set(names))


@settings(max_examples=4)
@given(stacks())
def test_the_same_settings_ask_for_the_same_resources(values: dict[str, Any]) -> None:
    with patch("components.verdict_endpoint.secrets.token_urlsafe", return_value="drawn-once"):
        one, other = (sorted((r.type, r.name, repr(r.inputs)) for r in deploy(values).resources) for _ in range(2))
    without_archives = [entry for entry in one if not entry[0].endswith("Function")]
    assert without_archives == [entry for entry in other if not entry[0].endswith("Function")]


@EXAMPLES
@given(stacks())
def test_every_client_of_an_application_has_its_one_redirect_set(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    clients = {client.name: client.inputs for client in deployment.of("UserPoolClient")}
    for name, application in values["applications"].items():
        for client in application["clients"]:
            assert clients[f"{name}-{client}"]["callbackUrls"] == application["callbackUrls"]
            assert clients[f"{name}-{client}"]["logoutUrls"] == application["logoutUrls"]
        outputs = deployment.outputs[f"application-{name}"]
        assert outputs["callbackUrls"] == application["callbackUrls"]


@EXAMPLES
@given(stacks("replication", "live"))
def test_triggers_are_the_same_in_both_regions(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    primary, secondary = values["regions"]["primary"], values["regions"]["secondary"]
    one, other = (deployment.outputs[f"{values['name']}-triggers-{region}"] for region in (primary, secondary))
    assert one["fingerprints"] == other["fingerprints"]
    assert (one["role"], other["role"]) == ("primary", "secondary")
    permissions = [p for p in deployment.of("Permission") if p.inputs["principal"] == "cognito-idp.amazonaws.com"]
    arns = {
        f"arn:aws:cognito-idp:{r}:{values['account']}:userpool/{values['pool']['id']}" for r in (primary, secondary)
    }
    assert {permission.inputs["sourceArn"] for permission in permissions} == arns
    assert all(permission.inputs["qualifier"] == "live" for permission in permissions)


@EXAMPLES
@given(stacks("replication", "live"))
def test_pool_and_attachment_call_the_alias_of_their_own_region(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    for kind, region in (("UserPool", "primary"), ("UserPoolRegionalConfigurationAttachment", "secondary")):
        config = deployment.of(kind)[0].inputs["lambdaConfig"]
        assert f"-{values['regions'][region]}-live" in config["preTokenGenerationConfig"]["lambdaArn"]
        assert set(config) == {"preTokenGeneration", "preTokenGenerationConfig", "postAuthentication"}
    assert deployment.of("UserPoolRegionalConfigurationAttachment")[0].inputs["status"] == "ACTIVE"


@EXAMPLES
@given(stacks("foundation"))
def test_the_foundation_has_neither_triggers_nor_replica(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    assert deployment.of("Function") == deployment.of("UserPoolReplica") == []
    assert "lambdaConfig" not in deployment.of("UserPool")[0].inputs
    assert deployment.manifest["triggers"] == {}


@EXAMPLES
@given(stacks())
def test_the_manifest_names_the_real_pool_and_holds_no_secret(values: dict[str, Any]) -> None:
    manifest = deployed(values).manifest
    assert SECRET not in json.dumps(manifest)
    assert set(manifest["pool"]["arns"]) == set(values["regions"].values())
    assert manifest["issuer"].endswith(f".{values['regions']['primary']}.amazonaws.com/{manifest['pool']['id']}")


@EXAMPLES
@given(stacks())
def test_each_regions_key_policy_is_known_and_its_own(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    primary, secondary = values["regions"]["primary"], values["regions"]["secondary"]
    for kind, region in (("Key", primary), ("ReplicaKey", secondary)):
        text = deployment.of(kind)[0].inputs["policy"]
        assert f"cognito-idp.{region}.amazonaws.com" in text
        assert "kms:*" not in text
        wildcard = f"userpool/{values['pool'].get('id', '*')}"
        assert wildcard in text


def test_a_stale_pool_id_stops_before_the_replica() -> None:
    values = {
        "account": "111122223333",
        "name": "identity",
        "regions": {"primary": "us-east-1", "secondary": "us-west-2"},
        "rollout": {"phase": "replication"},
        "protect": False,
        "pool": {"name": "customers", "id": "us-east-1_Stale0001"},
        "applications": {"shop": {"callbackUrls": ["https://a.b/"], "clients": {"web": {"kind": "web"}}}},
        "failover": {"cluster": "own"},
    }
    with pytest.raises(
        pulumi.RunError, match="pool.id is us-east-1_Stale0001, but the pool of this stack is us-east-1_Real"
    ):
        deploy(values, pool_id="us-east-1_Real")
