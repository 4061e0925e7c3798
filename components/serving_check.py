"""The one health check that says whether the primary may serve, and its complement for the secondary's records."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.health_checks import DOWN, calculated_check, word_check
from components.probe import Probe
from components.providers import RegionalProviders, child_of
from components.routing_controls import RoutingControls
from settings import Settings

THRESHOLD = 3
"""Of probe, pin and the doubled force: healthy = NOT force AND (probe OR pin)."""


@dataclass(frozen=True, kw_only=True)
class ServingCheckArgs:
    """`controls` is None where override and latch live beside the verdict."""

    settings: Settings
    probe: Probe
    controls: RoutingControls | None
    provider: RegionalProviders


class ServingCheck(pulumi.ComponentResource):
    """Feeds the auth domain and every record. A replacement changes its ID and follows docs/runbook.md."""

    def __init__(self, name: str, args: ServingCheckArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:ServingCheck", name, None, opts)
        settings = args.settings
        self.options = child_of(self, args.provider.classic, protect=settings.protect)
        if settings.failover.calculated and args.controls:
            self.serving, self.secondary = self._calculated(settings, args.probe, args.controls)
        else:
            self.serving, self.secondary = args.probe.check, self._complement(settings, args.probe)
        failover = settings.failover
        self.register_outputs(
            {
                "mode": failover.serving_check,
                "servingCheckId": self.serving.id,
                "secondaryCheckId": self.secondary.id,
                "interval": failover.interval,
                "threshold": failover.threshold,
            }
        )

    def _calculated(
        self, settings: Settings, probe: Probe, controls: RoutingControls
    ) -> tuple[aws.route53.HealthCheck, aws.route53.HealthCheck]:
        children = [probe.check.id, *(check.id for check in controls.checks.values())]
        serving, secondary = (
            calculated_check(
                f"{settings.name}-check-{role}",
                children,
                threshold=THRESHOLD,
                inverted=inverted,
                options=self.options,
            )
            for role, inverted in (("serving", False), ("secondary", True))
        )
        return serving, secondary

    def _complement(self, settings: Settings, probe: Probe) -> aws.route53.HealthCheck:
        """The same word, not inverted: healthy exactly when the probe's check is not."""
        return word_check(
            f"{settings.name}-check-secondary",
            settings,
            word=DOWN,
            inverted=False,
            endpoint=probe.endpoint,
            options=self.options,
        )
