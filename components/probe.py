"""What watches the primary from outside it: probers, the verdict they agree on, and the checks that read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.health_checks import DOWN, UP, word_check
from components.prober import ProberArgs, prober
from components.providers import RegionalProviders, child_of
from components.routing_controls import RoutingControls
from components.verdict_endpoint import verdict_endpoint
from components.verdict_table import verdict_table
from settings import Settings

CANARY = "cognito-dr-canary"
"""The user whose refresh token the probers redeem; `cognito-dr canary` makes it."""


@dataclass(frozen=True, kw_only=True)
class ProbeArgs:
    """`client_id` is the drill client's; `after` are the prefix domains that the probers ask."""

    settings: Settings
    providers: dict[str, RegionalProviders]
    client_id: pulumi.Output[str]
    controls: RoutingControls | None
    after: Sequence[pulumi.Resource]


class Probe(pulumi.ComponentResource):
    """Everything of it lies in the secondary Region, but a second prober elsewhere.

    `check` is inverted on PRIMARY_DOWN: a dead endpoint leaves the primary in place. `primary_up` only alarms, because
    an inverted check is green when the probe is blind.
    """

    def __init__(self, name: str, args: ProbeArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:Probe", name, None, opts)
        settings, secondary = args.settings, args.settings.regions.secondary
        options = child_of(self, args.providers[secondary].classic, protect=settings.protect)
        self.table = verdict_table(f"{name}-verdict", settings, options)
        self.canary = aws.secretsmanager.Secret(
            f"{name}-canary",
            name=f"{settings.name}/canary",
            recovery_window_in_days=30 if settings.protect else 0,
            opts=child_of(self, args.providers[secondary].classic),
        )
        probers = settings.failover.probe.regions(secondary)
        for region in probers:
            about = ProberArgs(
                settings=settings,
                providers=args.providers[region],
                table=self.table,
                canary=self.canary,
                client_id=args.client_id,
                controls=args.controls,
                after=[self.table, *args.after],
            )
            prober(self, about)
        self.endpoint = verdict_endpoint(self, settings, args.providers[secondary], self.table)
        self.check = self._check("probe", settings, DOWN, inverted=True, options=options)
        self.primary_up = self._check("primary-up", settings, UP, inverted=False, options=options)
        self.register_outputs(
            {
                "region": secondary,
                "probers": list(probers),
                "interval": settings.failover.probe.interval,
                "timeout": settings.failover.probe.timeout,
                "table": self.table.name,
                "endpointHost": self.endpoint.host,
                "watchedBy": ["primaryUp"],
            }
        )

    def _check(
        self, role: str, settings: Settings, word: str, *, inverted: bool, options: pulumi.ResourceOptions
    ) -> aws.route53.HealthCheck:
        waits = pulumi.ResourceOptions(depends_on=[self.endpoint.route])
        return word_check(
            f"{settings.name}-check-{role}",
            settings,
            word=word,
            inverted=inverted,
            endpoint=self.endpoint,
            options=pulumi.ResourceOptions.merge(options, waits),
        )
