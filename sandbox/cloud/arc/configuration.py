"""ARC's control plane: clusters, control panels, routing controls and safety rules, made, changed, deleted.

Source: API reference of route53-recovery-control-config and its quotas. What AWS leaves open (which
deletions it refuses) is as strict here as a deletion in a wrong order could be.
"""

import secrets
import threading
import time
from collections.abc import Callable
from typing import Literal

from sandbox.cloud.arc import limits
from sandbox.cloud.arc.errors import ConflictError, ValidationError
from sandbox.cloud.arc.lookups import found, uuid_form
from sandbox.cloud.arc.model import DEFAULT_PANEL, DEFAULT_WAIT_MS, Cluster, Control, NetworkType, Panel, Rule, RuleType

Status = Literal["PENDING", "DEPLOYED"]


class Configuration:
    """The configuration of one account. *now* in seconds; *deployment*: a new cluster is PENDING so long."""

    def __init__(
        self,
        *,
        now: Callable[[], float] = time.monotonic,
        account: str = "000000000000",
        deployment: float = 0.0,
        token: Callable[[int], str] = secrets.token_hex,
    ) -> None:
        self.now = now
        self.account = account
        self.deployment = deployment
        self.lock = threading.RLock()
        self.clusters: dict[str, Cluster] = {}
        self.panels: dict[str, Panel] = {}
        self.controls: dict[str, Control] = {}
        self.rules: dict[str, Rule] = {}
        self._token = token

    def create_cluster(self, name: str, network_type: NetworkType = "IPV4") -> Cluster:
        """CreateCluster: with its default control panel; PENDING at first."""
        limits.name("ClusterName", name)
        limits.network_type(network_type)
        with self.lock:
            limits.clusters(len(self.clusters))
            cluster = Cluster(f"{self._prefix}:cluster/{uuid_form(self._token(16))}", name, network_type, self.now())
            self.clusters[cluster.arn] = cluster
            self._add_panel(cluster.arn, DEFAULT_PANEL, default=True)
        return cluster

    def create_panel(self, cluster_arn: str, name: str) -> Panel:
        """CreateControlPanel."""
        limits.name("ControlPanelName", name)
        with self.lock:
            cluster = self._deployed(cluster_arn)
            limits.panels(sum(panel.cluster == cluster.arn for panel in self.panels.values()))
            return self._add_panel(cluster.arn, name)

    def create_control(self, cluster_arn: str, name: str, panel_arn: str | None = None) -> Control:
        """CreateRoutingControl: Off, in the cluster's default panel unless another one is named."""
        limits.name("RoutingControlName", name)
        with self.lock:
            cluster = self._deployed(cluster_arn)
            panel = self.panel(panel_arn) if panel_arn else self._default_panel(cluster.arn)
            if panel.cluster != cluster.arn:
                raise ValidationError(f"control panel {panel.arn} does not belong to cluster {cluster.arn}")
            in_cluster = [self.panels[control.panel].cluster for control in self.controls.values()]
            limits.controls(len(self.controls_of(panel.arn)), in_cluster.count(cluster.arn))
            control = Control(f"{panel.arn}/routingcontrol/{self._token(8)}", name, panel.arn)
            self.controls[control.arn] = control
        return control

    def create_rule(
        self,
        panel_arn: str,
        name: str,
        rule_type: RuleType,
        targets: tuple[str, ...],
        *,
        threshold: int = 1,
        inverted: bool = False,
        gates: tuple[str, ...] = (),
        wait_ms: int = DEFAULT_WAIT_MS,
    ) -> Rule:
        """CreateSafetyRule: an assertion rule, with *gates* a gating rule. New rules judge the next update."""
        limits.name("Name", name)
        with self.lock:
            panel = self.panel(panel_arn)
            limits.rules(len(self.rules_of(panel.arn)))
            if strangers := {*targets, *gates} - {control.arn for control in self.controls_of(panel.arn)}:
                raise ValidationError(f"not in control panel {panel.arn}: {', '.join(sorted(strangers))}")
            arn = f"{panel.arn}/safetyrule/{self._token(8)}"
            rule = Rule(arn, name, panel.arn, rule_type, threshold, inverted, targets, gates, wait_ms)
            limits.rule_shape(rule)
            self.rules[arn] = rule
        return rule

    def cluster(self, arn: str) -> Cluster:
        """The cluster, or ResourceNotFoundError."""
        return found(self.clusters, arn, "cluster")

    def panel(self, arn: str) -> Panel:
        """The control panel, or ResourceNotFoundError."""
        return found(self.panels, arn, "control panel")

    def control(self, arn: str) -> Control:
        """The routing control, or ResourceNotFoundError."""
        return found(self.controls, arn, "routing control")

    def rule(self, arn: str) -> Rule:
        """The safety rule, or ResourceNotFoundError."""
        return found(self.rules, arn, "safety rule")

    def controls_of(self, panel_arn: str) -> list[Control]:
        """The routing controls of a panel."""
        return [control for control in self.controls.values() if control.panel == panel_arn]

    def rules_of(self, panel_arn: str) -> list[Rule]:
        """The safety rules of a panel."""
        return [rule for rule in self.rules.values() if rule.panel == panel_arn]

    def status(self, cluster: Cluster) -> Status:
        """PENDING until the cluster's deployment is over."""
        return "DEPLOYED" if self.now() - cluster.created >= self.deployment else "PENDING"

    def rename(self, one: Panel | Control, name: str) -> None:
        """UpdateControlPanel and UpdateRoutingControl: only the name changes."""
        limits.name("name", name)
        one.name = name

    def set_network_type(self, arn: str, network_type: NetworkType) -> None:
        """UpdateCluster: only the network type changes."""
        limits.network_type(network_type)
        self.cluster(arn).network_type = network_type

    def change_rule(self, arn: str, name: str, wait_ms: int) -> None:
        """UpdateSafetyRule: only name and wait period change."""
        limits.name("Name", name)
        limits.wait(wait_ms)
        with self.lock:
            rule = self.rule(arn)
            rule.name, rule.wait_ms = name, wait_ms

    def delete_rule(self, arn: str) -> None:
        """DeleteSafetyRule."""
        with self.lock:
            del self.rules[self.rule(arn).arn]

    def delete_control(self, arn: str) -> None:
        """DeleteRoutingControl: not while a safety rule names it."""
        with self.lock:
            control = self.control(arn)
            if used := [rule.arn for rule in self.rules.values() if arn in (*rule.targets, *rule.gates)]:
                raise ConflictError(f"routing control {arn} is used by safety rule {used[0]}")
            del self.controls[control.arn]

    def delete_panel(self, arn: str) -> None:
        """DeleteControlPanel: not the default one, and only when it is empty."""
        with self.lock:
            panel = self.panel(arn)
            if panel.default:
                raise ConflictError(f"control panel {arn} is its cluster's default control panel")
            if self.controls_of(arn) or self.rules_of(arn):
                raise ConflictError(f"control panel {arn} still has routing controls or safety rules")
            del self.panels[panel.arn]

    def delete_cluster(self, arn: str) -> None:
        """DeleteCluster: only when nothing is left but an empty default panel."""
        with self.lock:
            cluster = self.cluster(arn)
            left = [panel for panel in self.panels.values() if panel.cluster == arn]
            if any(not panel.default or self.controls_of(panel.arn) for panel in left):
                raise ConflictError(f"cluster {arn} still has control panels or routing controls")
            for panel in left:
                del self.panels[panel.arn]
            del self.clusters[cluster.arn]

    @property
    def _prefix(self) -> str:
        return f"arn:aws:route53-recovery-control::{self.account}"

    def _add_panel(self, cluster_arn: str, name: str, *, default: bool = False) -> Panel:
        panel = Panel(f"{self._prefix}:controlpanel/{self._token(16)}", name, cluster_arn, default)
        self.panels[panel.arn] = panel
        return panel

    def _default_panel(self, cluster_arn: str) -> Panel:
        return next(panel for panel in self.panels.values() if panel.cluster == cluster_arn and panel.default)

    def _deployed(self, arn: str) -> Cluster:
        cluster = self.cluster(arn)
        if self.status(cluster) != "DEPLOYED":
            raise ConflictError(f"cluster {arn} is PENDING: wait until it is DEPLOYED")
        return cluster
