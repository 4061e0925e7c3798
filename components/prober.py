"""A prober: redeems the canary's refresh token in both Regions, six times a minute, and writes what it saw."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components import prefix_domains
from components.providers import RegionalProviders, child_of
from components.release import Release, ReleaseArgs, assumed_by, own_role_policy, release
from components.routing_controls import RoutingControls
from settings import Settings

NAMESPACE = "cognito-dr"
"""Of the metrics that the prober puts."""
TIMEOUT_SECONDS = 75
"""A run lasts a minute; rounds that wait for slow answers make it a little longer."""


@dataclass(frozen=True, kw_only=True)
class ProberArgs:
    """`client_id` is the drill client's; `canary` the secret with the canary's token, empty until it is made."""

    settings: Settings
    providers: RegionalProviders
    table: aws.dynamodb.Table
    canary: aws.secretsmanager.Secret
    client_id: pulumi.Output[str]
    controls: RoutingControls | None
    after: Sequence[pulumi.Resource]


def prober(parent: pulumi.Resource, args: ProberArgs) -> Release:
    """The function with its schedule: one run a minute, in the prober's own Region."""
    settings, region = args.settings, args.providers.region
    physical = f"{settings.name}-prober"
    name, options = f"{physical}-{region}", child_of(parent, args.providers.classic)
    about = ReleaseArgs(
        folder="prober",
        physical=physical,
        region=region,
        account=settings.account,
        memory=512,
        timeout=TIMEOUT_SECONDS,
        log_retention_days=settings.triggers.log_retention_days,
        environment={"PROBE": environment(args)},
        smoke_event=json.dumps({"rounds": 1}),
        statements=rights(args),
        reserved_concurrency=2,  # a run that is late meets the next one
        after=args.after,
    )
    released = release(name, about, options)
    _schedule(name, released, options)
    return released


def _schedule(name: str, released: Release, options: pulumi.ResourceOptions) -> None:
    role = aws.iam.Role(
        f"{name}-schedule-role",
        name=f"{name}-schedule",
        assume_role_policy=json.dumps(assumed_by("scheduler.amazonaws.com")),
        opts=options,
    )
    invoke = {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": released.alias.arn}
    policy = own_role_policy(f"{name}-schedule-rights", role, "invoke", [invoke], options)
    aws.scheduler.Schedule(
        f"{name}-schedule",
        name=name,
        schedule_expression="rate(1 minute)",
        flexible_time_window={"mode": "OFF"},
        target={
            "arn": released.alias.arn,
            "role_arn": role.arn,
            # A late run would probe beside the next one: let it go.
            "retry_policy": {"maximum_retry_attempts": 0, "maximum_event_age_in_seconds": 60},
        },
        opts=pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(depends_on=[policy])),
    )


def environment(args: ProberArgs) -> pulumi.Output[str]:
    """All that the prober knows, as one JSON text."""
    settings, failover = args.settings, args.settings.failover
    primary, secondary = settings.regions.both
    domains = settings.domains if settings.rollout.routed else None
    about = {
        "region": args.providers.region,
        "probers": list(failover.probe.regions(secondary)),
        "interval": failover.probe.interval,
        "timeout": failover.probe.timeout,
        "latchAfter": failover.latch_after,
        "stack": settings.name,
        "table": {"name": args.table.name, "region": secondary},
        "primary": {"region": primary, "tokenUrl": prefix_domains.token_url(settings, primary)},
        "secondary": {"region": secondary, "tokenUrl": prefix_domains.token_url(settings, secondary)},
        "clientId": args.client_id,
        "canarySecret": args.canary.arn,
        "servingName": domains.serving if domains else None,
        "servingTargets": {region: cognito_host(region) for region in (primary, secondary)},
        "override": failover.override,
        "servingCheck": failover.serving_check,
        "controls": _controls(args.controls),
    }
    return pulumi.Output.json_dumps(about)


def _controls(controls: RoutingControls | None) -> dict[str, Any] | None:
    if controls is None:
        return None
    return {"force": controls.force.arn, "pin": controls.pin.arn, "endpoints": controls.endpoints}


def cognito_host(region: str) -> str:
    """The host that SDK callers of a Region use."""
    return f"cognito-idp.{region}.amazonaws.com"


def rights(args: ProberArgs) -> list[dict[str, Any]]:
    """What the prober may do: read and write the table's items, read its token, tell its metrics, engage the latch."""
    statements = [
        allow(["dynamodb:GetItem", "dynamodb:PutItem"], args.table.arn),
        allow(["secretsmanager:GetSecretValue"], args.canary.arn),
        allow(["cloudwatch:PutMetricData"], "*") | {"Condition": {"StringEquals": {"cloudwatch:namespace": NAMESPACE}}},
    ]
    if args.controls:
        arns = [args.controls.force.arn, args.controls.pin.arn]
        actions = ("GetRoutingControlState", "UpdateRoutingControlState", "UpdateRoutingControlStates")
        statements.append(allow([f"route53-recovery-cluster:{action}" for action in actions], arns))
    return statements


def allow(actions: list[str], resource: Any) -> dict[str, Any]:
    """One Allow."""
    return {"Effect": "Allow", "Action": actions, "Resource": resource}
