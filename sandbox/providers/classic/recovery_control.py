"""Application Recovery Controller's configuration; a global service, answered in us-west-2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.errors import NotFoundError
from sandbox.providers.kind import Properties
from sandbox.providers.not_found import gone_is_not_found
from sandbox.providers.waiting import wait

HOME = "us-west-2"


class Recovery(Shaped):
    """What has an ARN, which is its ID, and is there only when it is DEPLOYED."""

    service = "route53-recovery-control-config"
    apart = ()
    noun: ClassVar[str]
    """As boto3's methods say it: `describe_<noun>`."""
    thing: ClassVar[str]
    """As answers and ARN words say it."""

    @property
    def control(self) -> Any:
        """The client."""
        return self.clients.client(self.service, HOME)

    def found(self, arn: str) -> Mapping[str, Any]:
        """Describe it."""
        with gone_is_not_found(f"{self.noun.replace('_', ' ')} {arn}"):
            return getattr(self.control, f"describe_{self.noun}")(**{f"{self.thing}Arn": arn})[self.thing]

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Until it is DEPLOYED."""
        made = getattr(self.control, f"create_{self.noun}")(**self.words(inputs))
        arn = made[self.thing][f"{self.thing}Arn"]
        wait(arn, lambda: self.found(arn)["Status"] == "DEPLOYED")
        return arn, self.read(arn, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """Answers have `Name` where calls have `<Thing>Name`."""
        found = self.found(resource_id)
        live = self.live(found) | {"name": found["Name"], "arn": resource_id, "status": found["Status"]}
        return live | self.known(found)

    def known(self, found: Mapping[str, Any]) -> Properties:
        """Computed outputs of the type's own."""
        return {}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """A rename is all that the real provider sends."""
        words = {f"{self.thing}Arn": resource_id, f"{self.thing}Name": new["name"]}
        getattr(self.control, f"update_{self.noun}")(**words)
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Until it is gone; ARC refuses while something lies in it or names it."""
        with gone_is_not_found(resource_id):
            getattr(self.control, f"delete_{self.noun}")(**{f"{self.thing}Arn": resource_id})
        wait(f"deletion of {resource_id}", lambda: self._gone(resource_id))

    def _gone(self, arn: str) -> bool:
        try:
            self.found(arn)
        except NotFoundError:
            return True
        return False


class Cluster(Recovery):
    """A cluster: five endpoints in five Regions, and a default control panel that goes with it."""

    token = "aws:route53recoverycontrol/cluster:Cluster"
    required = ("name",)
    optional = ("networkType",)
    create_only = ("name",)
    computed = ("arn", "clusterEndpoints", "status")
    names: ClassVar = {"name": "ClusterName"}
    defaults: ClassVar = {"networkType": "IPV4"}
    call, noun, thing = ("CreateCluster",), "cluster", "Cluster"

    def known(self, found: Mapping[str, Any]) -> Properties:
        """Where its state is asked and changed."""
        endpoints = found.get("ClusterEndpoints", ())
        return {"clusterEndpoints": [{"endpoint": one["Endpoint"], "region": one["Region"]} for one in endpoints]}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """The network type changes in place."""
        self.control.update_cluster(ClusterArn=resource_id, **self.words(self.changes(old, new)))
        wait(resource_id, lambda: self.found(resource_id)["Status"] == "DEPLOYED")
        return self.read(resource_id, new)


class ControlPanel(Recovery):
    """A control panel."""

    token = "aws:route53recoverycontrol/controlPanel:ControlPanel"
    required = ("name", "clusterArn")
    create_only = ("clusterArn",)
    computed = ("arn", "defaultControlPanel", "routingControlCount", "status")
    names: ClassVar = {"name": "ControlPanelName"}
    call, noun, thing = ("CreateControlPanel",), "control_panel", "ControlPanel"

    def known(self, found: Mapping[str, Any]) -> Properties:
        """The count changes with every control made after it: a refresh shows it."""
        return {
            "defaultControlPanel": found["DefaultControlPanel"],
            "routingControlCount": found["RoutingControlCount"],
        }


class RoutingControl(Recovery):
    """A routing control, On or Off by calls to the cluster's endpoints only.

    Moved to another panel it is only renamed, so the difference returns: the real provider does the same. It never
    reads `clusterArn`, so an import plans a replacement.
    """

    token = "aws:route53recoverycontrol/routingControl:RoutingControl"
    required = ("name", "clusterArn")
    optional = ("controlPanelArn",)
    create_only = ("clusterArn",)
    computed = ("arn", "status")
    names: ClassVar = {"name": "RoutingControlName"}
    call, noun, thing = ("CreateRoutingControl",), "routing_control", "RoutingControl"


class SafetyRule(Recovery):
    """An assertion rule: what has to hold of its controls after every change."""

    token = "aws:route53recoverycontrol/safetyRule:SafetyRule"
    required = ("name", "controlPanelArn", "ruleConfig", "waitPeriodMs", "assertedControls")
    create_only = ("controlPanelArn", "ruleConfig", "assertedControls")
    computed = ("arn", "status")
    unordered = ("assertedControls",)
    call, noun, thing = ("CreateSafetyRule", "AssertionRule"), "safety_rule", "SafetyRule"

    def found(self, arn: str) -> Mapping[str, Any]:
        """Describe it; a gating rule is another thing."""
        with gone_is_not_found(f"safety rule {arn}"):
            return self.control.describe_safety_rule(SafetyRuleArn=arn)["AssertionRule"]

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateSafetyRule, until it is DEPLOYED."""
        arn = self.control.create_safety_rule(AssertionRule=self.words(inputs))["AssertionRule"]["SafetyRuleArn"]
        wait(arn, lambda: self.found(arn)["Status"] == "DEPLOYED")
        return arn, self.read(arn, inputs)

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Name and wait period."""
        words = {"SafetyRuleArn": resource_id, "Name": new["name"], "WaitPeriodMs": new["waitPeriodMs"]}
        self.control.update_safety_rule(AssertionRuleUpdate=words)
        return self.read(resource_id, new)
