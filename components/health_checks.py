"""Route 53 health checks of the three kinds that the failover path is made of.

Source: docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
"""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components.verdict_endpoint import VerdictEndpoint
from settings import Settings

UP, DOWN = "PRIMARY_UP", "PRIMARY_DOWN"
"""The two words of the verdict endpoint."""


def word_check(
    name: str,
    settings: Settings,
    *,
    word: str,
    inverted: bool,
    endpoint: VerdictEndpoint,
    options: pulumi.ResourceOptions,
) -> aws.route53.HealthCheck:
    """Look for a word in the verdict endpoint's answer; inverted, the word makes the check unhealthy."""
    failover = settings.failover
    return aws.route53.HealthCheck(
        name,
        type="HTTPS_STR_MATCH",
        fqdn=endpoint.host,
        port=443,
        resource_path=pulumi.Output.concat("/", endpoint.path),
        search_string=word,
        invert_healthcheck=inverted,
        request_interval=failover.interval,
        failure_threshold=failover.threshold,
        enable_sni=True,
        regions=list(failover.checker_regions),
        tags={"Name": name},
        opts=options,
    )


def control_check(
    name: str, control_arn: pulumi.Input[str], *, inverted: bool, options: pulumi.ResourceOptions
) -> aws.route53.HealthCheck:
    """The state of a routing control: On is healthy, or unhealthy when inverted."""
    return aws.route53.HealthCheck(
        name,
        type="RECOVERY_CONTROL",
        routing_control_arn=control_arn,
        invert_healthcheck=inverted,
        tags={"Name": name},
        opts=options,
    )


def calculated_check(
    name: str,
    children: Sequence[pulumi.Input[str]],
    *,
    threshold: int,
    inverted: bool,
    options: pulumi.ResourceOptions,
) -> aws.route53.HealthCheck:
    """Healthy while at least `threshold` children are; calculated checks do not nest."""
    return aws.route53.HealthCheck(
        name,
        type="CALCULATED",
        child_healthchecks=list(children),
        child_health_threshold=threshold,
        invert_healthcheck=inverted,
        tags={"Name": name},
        opts=options,
    )
