"""HTTP APIs, their parts and custom domains in the plugins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pulumi_aws as aws
import pytest

from sandbox.providers.values import plain_map
from tests.sandbox.plugin import Plugin, sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")
WEST = "us-west-2"
FUNCTION = f"arn:aws:lambda:{WEST}:000000000000:function:local-verdict"
INVOKE = f"arn:aws:apigateway:{WEST}:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"


def part(name: str) -> Plugin:
    return Plugin("aws", f"aws:apigatewayv2/{name}:{name[0].upper()}{name[1:]}")


@pytest.fixture
def api(reachable: None) -> Iterator[str]:
    plugin = Plugin("aws", "aws:apigatewayv2/api:Api", region=WEST)
    resource_id, state = plugin.create({"name": "local-api", "protocolType": "HTTP"})
    yield resource_id
    plugin.delete(resource_id, state)


def test_an_api_as_the_sdk_asks_for_it_lives_without_drift() -> None:
    inputs = sdk_inputs(
        lambda: aws.apigatewayv2.Api(
            "a", name="local-verdict", protocol_type="HTTP", cors_configuration={"allow_origins": ["*"]}, region=WEST
        )
    )
    plugin = part("api")
    resource_id, state = plugin.settles(inputs)
    assert state["apiEndpoint"] == f"https://{resource_id}.execute-api.{WEST}.amazonaws.com"
    assert state["executionArn"] == f"arn:aws:execute-api:{WEST}:000000000000:{resource_id}"
    closed = {key: value for key, value in inputs.items() if key != "corsConfiguration"}
    closed |= {"disableExecuteApiEndpoint": True, "name": "local-renamed"}
    state = plugin.update(resource_id, inputs, closed, state)
    assert (state["disableExecuteApiEndpoint"], state.get("corsConfiguration")) == (True, None)
    plugin.unchanged(resource_id, closed, state)
    assert plugin.diff(closed, closed | {"protocolType": "WEBSOCKET"}) == ["protocolType"]
    plugin.ends(resource_id, closed, state)


def test_an_integration_as_the_sdk_asks_for_it_lives_without_drift(api: str) -> None:
    inputs = sdk_inputs(
        lambda: aws.apigatewayv2.Integration(
            "i",
            api_id=api,
            integration_type="AWS_PROXY",
            integration_uri=INVOKE,
            integration_method="POST",
            payload_format_version="2.0",
            timeout_milliseconds=2000,
            region=WEST,
        )
    )
    plugin = part("integration")
    resource_id, state = plugin.settles(inputs)
    slower = {key: value for key, value in inputs.items() if key != "timeoutMilliseconds"}
    state = plugin.update(resource_id, inputs, slower, state)
    assert state["timeoutMilliseconds"] == 30000
    plugin.unchanged(resource_id, slower, state)
    plugin.ends(resource_id, slower, state)


def test_an_integration_without_a_format_has_the_real_providers_default(api: str) -> None:
    inputs = {"apiId": api, "integrationType": "AWS_PROXY", "integrationUri": INVOKE, "region": WEST}
    assert part("integration").create(inputs)[1]["payloadFormatVersion"] == "1.0"


def test_a_route_as_the_sdk_asks_for_it_lives_without_drift(api: str) -> None:
    inputs = sdk_inputs(
        lambda: aws.apigatewayv2.Route(
            "r", api_id=api, route_key="GET /secret", target="integrations/abc", authorization_type="NONE", region=WEST
        )
    )
    plugin = part("route")
    resource_id, state = plugin.settles(inputs)
    moved = inputs | {"routeKey": "GET /other"}
    assert plugin.diff(inputs, moved) == []
    state = plugin.update(resource_id, inputs, moved, state)
    plugin.unchanged(resource_id, moved, state)
    plugin.ends(resource_id, moved, state)


def test_an_authorizer_as_the_sdk_asks_for_it_lives_without_drift(api: str) -> None:
    inputs = sdk_inputs(
        lambda: aws.apigatewayv2.Authorizer(
            "a",
            api_id=api,
            name="pool",
            authorizer_type="JWT",
            identity_sources=["$request.header.Authorization"],
            jwt_configuration={"issuer": "https://issuer.example", "audiences": ["one", "two"]},
            region=WEST,
        )
    )
    plugin = part("authorizer")
    resource_id, state = plugin.settles(inputs)
    changed = inputs | {"jwtConfiguration": {"issuer": "https://issuer.example", "audiences": ["one"]}}
    state = plugin.update(resource_id, inputs, changed, state)
    plugin.unchanged(resource_id, changed, state)
    plugin.ends(resource_id, changed, state)


@pytest.mark.parametrize(("name", "path"), [("$default", ""), ("v1", "v1")])
def test_a_stage_as_the_sdk_asks_for_it_lives_without_drift(api: str, name: str, path: str) -> None:
    inputs = sdk_inputs(
        lambda: aws.apigatewayv2.Stage(
            "s",
            api_id=api,
            name=name,
            auto_deploy=True,
            default_route_settings={"throttling_rate_limit": 50, "throttling_burst_limit": 100},
            region=WEST,
        )
    )
    plugin = part("stage")
    resource_id, state = plugin.settles(inputs)
    assert (resource_id, state["invokeUrl"].rpartition("/")[2]) == (name, path)
    slower = inputs | {"defaultRouteSettings": {"throttlingRateLimit": 5, "throttlingBurstLimit": 10}}
    state = plugin.update(resource_id, inputs, slower, state)
    plugin.unchanged(resource_id, slower, state)
    plugin.ends(resource_id, slower, state)


@pytest.mark.parametrize("name", ["integration", "route", "authorizer", "stage"])
def test_an_import_names_the_api_before_the_part(api: str, name: str) -> None:
    inputs: dict[str, Any] = {
        "integration": {"integrationType": "AWS_PROXY", "integrationUri": INVOKE},
        "route": {"routeKey": "GET /a"},
        "authorizer": {"authorizerType": "JWT", "name": "n", "identitySources": ["$request.header.Authorization"]},
        "stage": {"name": "v2"},
    }[name] | {"apiId": api}
    plugin = Plugin("aws", part(name).token, region=WEST)
    resource_id, _ = plugin.create(inputs)
    imported = plain_map(plugin.read(f"{api}/{resource_id}", {}, {}).inputs or {})
    assert {key: imported[key] for key in inputs} == inputs
