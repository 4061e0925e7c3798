"""The service route53-recovery-control-config: REST calls to the configuration (API reference of that name)."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from sandbox.cloud.arc import shapes
from sandbox.cloud.arc.errors import ArcError, ResourceNotFoundError, ValidationError
from sandbox.cloud.arc.pages import page
from sandbox.cloud.arc.state import Arc

Data = dict[str, Any]
PAGE = 1000
_ROUTE = re.compile(
    r"/(?P<kind>cluster|controlpanels|controlpanel|routingcontrol|safetyrule|tags)"
    r"(?:/(?P<arn>arn:[^?]*?))?(?:/(?P<part>routingcontrols|safetyrules|associatedRoute53HealthChecks))?/?"
)


class ControlPlane:
    """All operations. *endpoints*: URLs by Region for a cluster's ID; *checks_of*: health checks of a control."""

    def __init__(
        self,
        arc: Arc,
        endpoints: Callable[[str], Mapping[str, str]],
        checks_of: Callable[[str], list[str]],
    ) -> None:
        self._arc = arc
        self._endpoints = endpoints
        self._checks_of = checks_of
        self._tags: dict[str, dict[str, str]] = {}
        self._tokens: dict[tuple[str, str], Data] = {}

    def answer(self, method: str, path: str, query: Mapping[str, Any], body: bytes) -> tuple[int, Data]:
        """Status and JSON answer of one call."""
        try:
            found = _ROUTE.fullmatch(unquote(path))
            if found is None:
                raise ResourceNotFoundError(f"there is no {method} {path}")
            data = json.loads(body or b"{}")
            first = {key: value[0] if isinstance(value, list) else value for key, value in query.items()}
            keys = value if isinstance(value := query.get("TagKeys", []), list) else [value]
            return 200, self._route(method, found, {**data, **first, "TagKeys": keys})
        except ArcError as error:
            return error.status, {"__type": error.code, "message": error.message}
        except (KeyError, TypeError, ValueError) as error:
            return 400, {"__type": "ValidationException", "message": f"missing or malformed: {error}"}

    def _route(self, method: str, found: re.Match[str], data: Data) -> Data:
        kind, arn = found["kind"], found["arn"]
        match method, found["part"]:
            case "GET", "routingcontrols":
                return self._list(data, "RoutingControls", self._control, self._of(arn, self._arc.controls_of))
            case "GET", "safetyrules":
                return self._list(data, "SafetyRules", self._listed_rule, self._of(arn, self._arc.rules_of))
            case "GET", "associatedRoute53HealthChecks":
                return self._list(data, "HealthCheckIds", str, self._checks_of(self._arc.control(arn).arn))
            case _, part if part:
                raise ResourceNotFoundError(f"there is no {method} for {part}")
            case "GET", _ if kind == "cluster" and not arn:
                return self._list(data, "Clusters", self._cluster, list(self._arc.clusters.values()))
            case "GET", _ if kind == "controlpanels":
                wanted = data.get("ClusterArn")
                panels = [one for one in self._arc.panels.values() if wanted in (None, one.cluster)]
                return self._list(data, "ControlPanels", self._panel, panels)
            case _ if kind == "tags":
                return self._tagging(method, arn, data)
            case "POST", _:
                return self._create_once(kind, data)
            case "PUT", _:
                return self._update(kind, data)
            case "GET", _ if arn:
                return self._describe(kind, arn)
            case "DELETE", _ if arn:
                return self._delete(kind, arn)
        raise ResourceNotFoundError(f"there is no {method} for {kind}")

    def _create_once(self, kind: str, data: Data) -> Data:
        """A call with a ClientToken that was seen before makes nothing new."""
        token = (kind, data.get("ClientToken") or "")
        with self._arc.lock:
            if token[1] and token in self._tokens:
                return self._describe(kind, self._tokens[token]["arn"])
            arn = self._create(kind, data)
            self._tokens[token] = {"arn": arn}
            self._tags[arn] = dict(data.get("Tags") or {})
            return self._describe(kind, arn)

    def _create(self, kind: str, data: Data) -> str:
        match kind:
            case "cluster":
                return self._arc.create_cluster(data["ClusterName"], data.get("NetworkType") or "IPV4").arn
            case "controlpanel":
                return self._arc.create_panel(data["ClusterArn"], data["ControlPanelName"]).arn
            case "routingcontrol":
                panel = data.get("ControlPanelArn")
                return self._arc.create_control(data["ClusterArn"], data["RoutingControlName"], panel).arn
            case _:
                return self._create_rule(data)

    def _create_rule(self, data: Data) -> str:
        if ("AssertionRule" in data) == ("GatingRule" in data):
            raise ValidationError("name either an AssertionRule or a GatingRule")
        rule = data.get("AssertionRule") or data["GatingRule"]
        gating = "GatingRule" in data
        if gating and not rule["GatingControls"]:
            raise ValidationError("a gating rule needs GatingControls")
        config = rule["RuleConfig"]
        return self._arc.create_rule(
            rule["ControlPanelArn"],
            rule["Name"],
            config["Type"],
            tuple(rule["TargetControls"] if gating else rule["AssertedControls"]),
            threshold=config["Threshold"],
            inverted=config["Inverted"],
            gates=tuple(rule["GatingControls"]) if gating else (),
            wait_ms=rule["WaitPeriodMs"],
        ).arn

    def _update(self, kind: str, data: Data) -> Data:
        match kind:
            case "cluster":
                arn = data["ClusterArn"]
                self._arc.set_network_type(arn, data["NetworkType"])
            case "controlpanel":
                arn = data["ControlPanelArn"]
                self._arc.rename(self._arc.panel(arn), data["ControlPanelName"])
            case "routingcontrol":
                arn = data["RoutingControlArn"]
                self._arc.rename(self._arc.control(arn), data["RoutingControlName"])
            case _:
                rule = data.get("AssertionRuleUpdate") or data["GatingRuleUpdate"]
                arn = rule["SafetyRuleArn"]
                self._arc.change_rule(arn, rule["Name"], rule["WaitPeriodMs"])
        return self._describe(kind, arn)

    def _describe(self, kind: str, arn: str) -> Data:
        match kind:
            case "cluster":
                return {"Cluster": self._cluster(self._arc.cluster(arn))}
            case "controlpanel":
                return {"ControlPanel": self._panel(self._arc.panel(arn))}
            case "routingcontrol":
                return {"RoutingControl": self._control(self._arc.control(arn))}
            case _:
                return dict([shapes.rule(self._arc, self._arc.rule(arn))])

    def _delete(self, kind: str, arn: str) -> Data:
        delete = {
            "cluster": self._arc.delete_cluster,
            "controlpanel": self._arc.delete_panel,
            "routingcontrol": self._arc.delete_control,
            "safetyrule": self._arc.delete_rule,
        }[kind]
        delete(arn)
        self._tags.pop(arn, None)
        return {}

    def _tagging(self, method: str, arn: str | None, data: Data) -> Data:
        if arn not in self._tags:
            raise ResourceNotFoundError(f"there is no resource {arn}")
        match method:
            case "POST":
                self._tags[arn].update(data["Tags"])
            case "DELETE":
                for key in data["TagKeys"]:
                    self._tags[arn].pop(key, None)
            case _:
                return {"Tags": dict(self._tags[arn])}
        return {}

    def _of(self, arn: str, members: Callable[[str], list[Any]]) -> list[Any]:
        return members(self._arc.panel(arn).arn)

    def _list(self, data: Data, name: str, shape: Callable[[Any], Any], rows: list[Any]) -> Data:
        cut, more = page(rows, data, PAGE)
        return {name: [shape(row) for row in cut], **more}

    def _cluster(self, one: Any) -> Data:
        return shapes.cluster(self._arc, one, self._endpoints(one.arn.rpartition("/")[2]))

    def _panel(self, one: Any) -> Data:
        return shapes.panel(self._arc, one)

    def _control(self, one: Any) -> Data:
        return shapes.control(self._arc, one)

    def _listed_rule(self, one: Any) -> Data:
        kind, shape = shapes.rule(self._arc, one)
        return {"ASSERTION" if kind == "AssertionRule" else "GATING": shape}
