"""Routing controls and what guards them, in the plugins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pulumi_aws as aws
import pytest
from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers.values import plain_map
from tests.sandbox.cloud_client import refused
from tests.sandbox.plugin import Plugin, sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")


def recovery(name: str) -> Plugin:
    token = f"aws:route53recoverycontrol/{name}:{name[0].upper()}{name[1:]}"
    return Plugin("aws", token)  # us-east-1: the service's home is the plugin's affair


@pytest.fixture
def cluster(reachable: None) -> Iterator[dict[str, Any]]:
    plugin = recovery("cluster")
    inputs = sdk_inputs(lambda: aws.route53recoverycontrol.Cluster("c", name="local-cluster"))
    resource_id, state = plugin.settles(inputs)
    yield state
    plugin.ends(resource_id, inputs, state)


@pytest.fixture
def panel(cluster: dict[str, Any]) -> Iterator[dict[str, Any]]:
    plugin = recovery("controlPanel")
    inputs = sdk_inputs(
        lambda: aws.route53recoverycontrol.ControlPanel("p", name="local-panel", cluster_arn=cluster["arn"])
    )
    resource_id, state = plugin.settles(inputs)
    yield state
    plugin.ends(resource_id, inputs, state)


def control(panel: dict[str, Any], name: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    inputs = sdk_inputs(
        lambda: aws.route53recoverycontrol.RoutingControl(
            "r", name=name, cluster_arn=panel["clusterArn"], control_panel_arn=panel["arn"]
        )
    )
    return *recovery("routingControl").settles(inputs, untold=("clusterArn",)), inputs


def test_a_cluster_tells_five_endpoints(cluster: dict[str, Any]) -> None:
    assert len({one["region"] for one in cluster["clusterEndpoints"]}) == 5
    assert all(set(one) == {"endpoint", "region"} for one in cluster["clusterEndpoints"])


def test_a_routing_control_is_renamed_in_place_and_kept_by_another_cluster(panel: dict[str, Any]) -> None:
    plugin = recovery("routingControl")
    resource_id, state, inputs = control(panel, "local-force-secondary")
    renamed = inputs | {"name": "local-renamed"}
    state = plugin.update(resource_id, inputs, renamed, state)
    plugin.unchanged(resource_id, renamed, state)
    assert plugin.diff(inputs, inputs | {"clusterArn": "other"}) == ["clusterArn"]
    assert plugin.diff(inputs, inputs | {"controlPanelArn": "other"}) == []
    assert "clusterArn" not in plain_map(plugin.read(resource_id, {}, {}).inputs or {})
    plugin.ends(resource_id, renamed, state)


def test_a_safety_rule_as_the_sdk_asks_for_it_forbids_both_on(panel: dict[str, Any]) -> None:
    controls = [control(panel, f"local-{name}") for name in ("force", "pin")]
    arns = [arn for arn, _, _ in controls]
    inputs = sdk_inputs(
        lambda: aws.route53recoverycontrol.SafetyRule(
            "s",
            name="local-not-force-and-pin",
            control_panel_arn=panel["arn"],
            asserted_controls=arns,
            rule_config={"type": "AND", "inverted": True, "threshold": 0},
            wait_period_ms=5000,
        )
    )
    plugin = recovery("safetyRule")
    resource_id, state = plugin.settles(inputs)
    quicker = inputs | {"waitPeriodMs": 1000, "name": "local-guard"}
    assert plugin.diff(inputs, quicker) == []
    assert plugin.diff(inputs, inputs | {"ruleConfig": {"type": "OR"}}) == ["ruleConfig"]
    state = plugin.update(resource_id, inputs, quicker, state)
    plugin.unchanged(resource_id, quicker, state)
    with refused("ConflictException"):
        recovery("routingControl").delete(arns[0], {})
    plugin.ends(resource_id, quicker, state)
    for arn, made, asked in controls:
        recovery("routingControl").ends(arn, asked, made)


def test_health_checks_of_a_routing_control_live_without_drift(panel: dict[str, Any]) -> None:
    arn, made, asked = control(panel, "local-force")
    inputs = sdk_inputs(
        lambda: aws.route53.HealthCheck("h", type="RECOVERY_CONTROL", routing_control_arn=arn, invert_healthcheck=True)
    )
    checks = Plugin("aws", "aws:route53/healthCheck:HealthCheck")
    resource_id, state = checks.settles(inputs)
    assert checks.diff(inputs, inputs | {"routingControlArn": "other"}) == ["routingControlArn"]
    checks.ends(resource_id, inputs, state)
    recovery("routingControl").ends(arn, asked, made)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"ruleConfig": {"type": "XOR", "inverted": True, "threshold": 2}}, "ruleConfig.type: AWS refuses this"),
        (
            {"ruleConfig": {"type": "AND", "threshold": 2}},
            "ruleConfig.inverted: AWS refuses this at create: it is missing",
        ),
        ({"gatingControls": []}, "gatingControls: unknown property"),
        ({"assertedControls": [UNKNOWN], "controlPanelArn": UNKNOWN}, None),
    ],
)
def test_a_safety_rule_that_aws_refuses_is_refused_at_check(change: dict[str, Any], refusal: str | None) -> None:
    inputs = {
        "name": "r",
        "controlPanelArn": "arn",
        "assertedControls": ["a"],
        "ruleConfig": {"type": "AND", "inverted": True, "threshold": 2},
        "waitPeriodMs": 5000,
    }
    found = recovery("safetyRule").check(inputs | change)
    assert any(refusal in line for line in found) if refusal else found == []
