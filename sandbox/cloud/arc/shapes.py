"""ARC's things as its APIs show them (botocore's models of both services)."""

from collections.abc import Mapping
from typing import Any

from sandbox.cloud.arc.configuration import Configuration
from sandbox.cloud.arc.model import Cluster, Control, Panel, Rule

Shape = dict[str, Any]


def cluster(arc: Configuration, one: Cluster, endpoints: Mapping[str, str]) -> Shape:
    """A cluster; *endpoints* are URLs by Region, shown once it is deployed."""
    shape: Shape = {
        "ClusterArn": one.arn,
        "Name": one.name,
        "NetworkType": one.network_type,
        "Owner": arc.account,
        "Status": arc.status(one),
    }
    if shape["Status"] == "DEPLOYED":
        shape["ClusterEndpoints"] = [{"Region": region, "Endpoint": url} for region, url in endpoints.items()]
    return shape


def panel(arc: Configuration, one: Panel) -> Shape:
    """A control panel."""
    return {
        "ClusterArn": one.cluster,
        "ControlPanelArn": one.arn,
        "DefaultControlPanel": one.default,
        "Name": one.name,
        "Owner": arc.account,
        "RoutingControlCount": len(arc.controls_of(one.arn)),
        "Status": "DEPLOYED",
    }


def control(arc: Configuration, one: Control) -> Shape:
    """A routing control of the control plane: without its state, which only the data plane tells."""
    return {
        "ControlPanelArn": one.panel,
        "Name": one.name,
        "Owner": arc.account,
        "RoutingControlArn": one.arn,
        "Status": "DEPLOYED",
    }


def state(arc: Configuration, one: Control) -> Shape:
    """A routing control of the data plane."""
    return {
        "ControlPanelArn": one.panel,
        "ControlPanelName": arc.panel(one.panel).name,
        "Owner": arc.account,
        "RoutingControlArn": one.arn,
        "RoutingControlName": one.name,
        "RoutingControlState": one.state,
    }


def rule(arc: Configuration, one: Rule) -> tuple[str, Shape]:
    """A safety rule: "AssertionRule" or "GatingRule" and its members."""
    shape: Shape = {
        "ControlPanelArn": one.panel,
        "Name": one.name,
        "Owner": arc.account,
        "RuleConfig": {"Inverted": one.inverted, "Threshold": one.threshold, "Type": one.type},
        "SafetyRuleArn": one.arn,
        "Status": "DEPLOYED",
        "WaitPeriodMs": one.wait_ms,
    }
    if one.gates:
        return "GatingRule", {**shape, "GatingControls": list(one.gates), "TargetControls": list(one.targets)}
    return "AssertionRule", {**shape, "AssertedControls": list(one.targets)}
