"""The three alarms without which the failover path may not be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.prober import NAMESPACE
from components.providers import RegionalProviders, child_of
from settings import Settings

HEALTH_CHECK_METRICS = "us-east-1"
"""The only Region that has Route 53's metrics."""


@dataclass(frozen=True, kw_only=True)
class FailoverAlarmsArgs:
    """`primary_up` is the plain check's ID."""

    settings: Settings
    providers: dict[str, RegionalProviders]
    primary_up: pulumi.Input[str]


class FailoverAlarms(pulumi.ComponentResource):
    """They exist from phase replication on and call people from phase live on."""

    def __init__(self, name: str, args: FailoverAlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:FailoverAlarms", name, None, opts)
        self.args, self.name = args, name
        secondary, stack = args.settings.regions.secondary, args.settings.name
        self.topics = {region: self._topic(region) for region in sorted({secondary, HEALTH_CHECK_METRICS})}
        of_prober = {"namespace": NAMESPACE, "dimensions": {"Stack": stack}, "period": 60}
        # Three minutes on end, and silence counts as the worst: who watches the watcher must not fall quiet.
        lasting = {"evaluation_periods": 3, "datapoints_to_alarm": 3, "treat_missing_data": "breaching"}
        self._alarm(
            "latch-engaged",
            secondary,
            "Users are kept in the secondary Region: the latch or an override is on. Returning is a decision: "
            "cognito-dr override release",
            **of_prober,
            metric_name="ForcedAway",
            statistic="Maximum",
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=1,
            evaluation_periods=1,
            treat_missing_data="notBreaching",
        )
        self._alarm(
            "verdict-unknown",
            secondary,
            "The probers cannot tell whether the primary serves, or say nothing at all: nothing would fail over by "
            "itself.",
            **of_prober,
            metric_name="VerdictUnknown",
            statistic="Minimum",
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=1,
            **lasting,
        )
        self._alarm(
            "primary-up-missing",
            HEALTH_CHECK_METRICS,
            "The verdict endpoint does not say PRIMARY_UP: the primary is down, or the endpoint is.",
            namespace="AWS/Route53",
            dimensions={"HealthCheckId": args.primary_up},
            period=60,
            metric_name="HealthCheckStatus",
            statistic="Minimum",
            comparison_operator="LessThanThreshold",
            threshold=1,
            **lasting,
        )
        self.register_outputs({"alarms": {role: about["name"] for role, about in self.names(stack, secondary).items()}})

    def _topic(self, region: str) -> aws.sns.Topic:
        classic = self.args.providers[region].classic
        return aws.sns.Topic(
            f"{self.name}-topic-{region}", name=f"{self.args.settings.name}-alarms", opts=child_of(self, classic)
        )

    def _alarm(self, role: str, region: str, description: str, **about: Any) -> None:
        settings, topic = self.args.settings, self.topics[region]
        aws.cloudwatch.MetricAlarm(
            f"{self.name}-{role}",
            name=f"{settings.name}-{role}",
            alarm_description=description,
            actions_enabled=settings.rollout.live,
            alarm_actions=[topic.arn],
            ok_actions=[topic.arn],
            opts=child_of(self, self.args.providers[region].classic),
            **about,
        )

    @staticmethod
    def names(stack: str, secondary: str) -> dict[str, dict[str, str]]:
        """Each alarm's name and Region by role, as the manifest tells them."""
        return {
            "latchEngaged": {"name": f"{stack}-latch-engaged", "region": secondary},
            "verdictUnknown": {"name": f"{stack}-verdict-unknown", "region": secondary},
            "primaryUpMissing": {"name": f"{stack}-primary-up-missing", "region": HEALTH_CHECK_METRICS},
        }
