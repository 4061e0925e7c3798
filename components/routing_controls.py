"""Override and latch as routing controls of ARC, guarded by a safety rule.

Source: docs.aws.amazon.com/r53recovery/latest/dg/routing-control.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.health_checks import control_check
from components.providers import RegionalProviders, child_of
from settings import Settings

WAIT_MS = 5000
"""The safety rule refuses further changes for this long after one (AWS's default)."""


@dataclass(frozen=True, kw_only=True)
class RoutingControlsArgs:
    """`provider` is of any Region: ARC's configuration is global."""

    settings: Settings
    provider: RegionalProviders


class RoutingControls(pulumi.ComponentResource):
    """`force-secondary` sends users away from the primary, `pin-primary` keeps them there whatever the probe says.

    Both are Off in normal operation, which is what a new control is: nothing has to be switched on to begin. No
    resource sets a state, so an override survives every update.
    """

    def __init__(self, name: str, args: RoutingControlsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:RoutingControls", name, None, opts)
        self.args = args
        settings, stack = args.settings, args.settings.name
        cluster_arn, self.endpoints = self._cluster(name)
        panel = aws.route53recoverycontrol.ControlPanel(
            f"{name}-panel", name=stack, cluster_arn=cluster_arn, opts=self._options()
        )
        self.panel_arn = panel.arn
        self.force, self.pin = (
            aws.route53recoverycontrol.RoutingControl(
                f"{name}-{role}",
                name=f"{stack}-{role}",
                cluster_arn=cluster_arn,
                control_panel_arn=panel.arn,
                opts=self._options(),
            )
            for role in ("force-secondary", "pin-primary")
        )
        self.rule = aws.route53recoverycontrol.SafetyRule(
            f"{name}-not-both",
            name=safety_rule_name(settings),
            control_panel_arn=panel.arn,
            asserted_controls=[self.force.arn, self.pin.arn],
            rule_config={"type": "AND", "threshold": 2, "inverted": True},
            wait_period_ms=WAIT_MS,
            opts=self._options(),
        )
        self.checks = self._checks() if settings.failover.calculated else {}
        self.register_outputs(
            {
                "cluster": settings.failover.cluster,
                "panelArn": panel.arn,
                "force": self.force.arn,
                "pin": self.pin.arn,
                "safetyRule": self.rule.arn,
                "endpoints": self.endpoints,
            }
        )

    def _options(self) -> pulumi.ResourceOptions:
        return child_of(self, self.args.provider.classic, protect=self.args.settings.protect)

    def _cluster(self, name: str) -> tuple[pulumi.Input[str], pulumi.Input[list[Any]]]:
        failover = self.args.settings.failover
        if failover.cluster != "own":
            shared = [{"region": one.region, "endpoint": one.endpoint} for one in failover.cluster_endpoints]
            return str(failover.cluster), shared
        pulumi.log.info("An ARC cluster costs about $1,825 a month; control panels and controls cost nothing.", self)
        cluster = aws.route53recoverycontrol.Cluster(
            f"{name}-cluster", name=self.args.settings.name, opts=self._options()
        )
        endpoints = cluster.cluster_endpoints.apply(
            lambda found: [{"region": one.region, "endpoint": one.endpoint} for one in found]
        )
        return cluster.arn, endpoints

    def _checks(self) -> dict[str, aws.route53.HealthCheck]:
        """Force twice and inverted: on one level it then outweighs probe and pin (docs/architecture.md)."""
        stack, options = self.args.settings.name, self._options()
        roles = {"forceA": ("force-a", self.force, True), "forceB": ("force-b", self.force, True)}
        roles |= {"pin": ("pin", self.pin, False)}
        return {
            role: control_check(f"{stack}-check-{part}", control.arn, inverted=inverted, options=options)
            for role, (part, control, inverted) in roles.items()
        }


def safety_rule_name(settings: Settings) -> str:
    """The rule's name, which the command line tells when it refuses."""
    return f"{settings.name}-not-force-and-pin"
