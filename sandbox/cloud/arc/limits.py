"""The shapes and quotas that ARC checks when something is made."""

import re

from sandbox.cloud.arc import model
from sandbox.cloud.arc.errors import ServiceQuotaExceededError, ValidationError


def name(field: str, value: str) -> None:
    """1 to 64 characters without white space."""
    if not re.fullmatch(r"\S{1,64}", value):
        raise ValidationError(f"{field} {value!r} must be 1 to 64 characters without white space")


def clusters(count: int) -> None:
    """Clusters an account."""
    _quota(count, model.MAX_CLUSTERS, "clusters in this account")


def panels(count: int) -> None:
    """Control panels a cluster."""
    _quota(count, model.MAX_PANELS, "control panels in this cluster")


def controls(in_panel: int, in_cluster: int) -> None:
    """Routing controls a panel and a cluster."""
    _quota(in_panel, model.MAX_CONTROLS_OF_PANEL, "routing controls in this control panel")
    _quota(in_cluster, model.MAX_CONTROLS_OF_CLUSTER, "routing controls in this cluster")


def rules(count: int) -> None:
    """Safety rules a panel."""
    _quota(count, model.MAX_RULES_OF_PANEL, "safety rules in this control panel")


def rule_shape(rule: model.Rule) -> None:
    """Controls named, each once; a threshold that can be met and missed; a type; a wait of zero or more."""
    if not rule.targets:
        raise ValidationError(f"safety rule {rule.name} names no routing controls")
    for controls in (rule.targets, rule.gates):
        if len(set(controls)) != len(controls):
            raise ValidationError(f"safety rule {rule.name} names a routing control twice")
    if rule.type not in ("ATLEAST", "AND", "OR"):
        raise ValidationError(f"RuleConfig Type {rule.type!r} is not one of: ATLEAST, AND, OR")
    if rule.type == "ATLEAST" and not 1 <= rule.threshold <= len(rule.judged):
        raise ValidationError(
            f"Threshold {rule.threshold} must be between 1 and the {len(rule.judged)} controls judged"
        )
    wait(rule.wait_ms)


def wait(milliseconds: int) -> None:
    """A wait period of zero or more."""
    if milliseconds < 0:
        raise ValidationError(f"WaitPeriodMs {milliseconds} must not be negative")


def network_type(value: str) -> None:
    """IPV4 or DUALSTACK."""
    if value not in ("IPV4", "DUALSTACK"):
        raise ValidationError(f"NetworkType {value!r} is not one of: IPV4, DUALSTACK")


def _quota(count: int, most: int, what: str) -> None:
    if count >= most:
        raise ServiceQuotaExceededError(f"{count} {what}: the quota is {most}")
