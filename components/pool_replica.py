"""The pool's replica in the secondary Region and its regional settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws_native as aws_native

from components.providers import RegionalProviders, child_of
from components.user_pool import camel_case
from settings import Settings

ACTIVE = "ACTIVE"


@dataclass(frozen=True, kw_only=True)
class PoolReplicaArgs:
    """`pool_id` is the ID of the real pool, already compared with the setting."""

    settings: Settings
    pool: aws_native.cognito.UserPool
    pool_id: pulumi.Output[str]
    primary: RegionalProviders
    secondary: RegionalProviders
    lambda_config: aws_native.cognito.UserPoolRegionalConfigurationAttachmentLambdaConfigArgsDict
    directory: Sequence[pulumi.Resource]
    triggers: Sequence[pulumi.Resource]


class PoolReplica(pulumi.ComponentResource):
    """The replica, made through the primary Region, and its attachment, made in its own.

    The attachment depends on the replica and so is destroyed first: it sets the replica INACTIVE, which the
    replica's own deletion demands and cannot do.
    """

    def __init__(self, name: str, args: PoolReplicaArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:PoolReplica", name, None, opts)
        settings, secondary = args.settings, args.secondary.region
        self.replica = aws_native.cognito.UserPoolReplica(
            f"{name}-{secondary}",
            user_pool_id=args.pool_id,
            region_name=secondary,
            opts=pulumi.ResourceOptions.merge(
                child_of(self, args.primary.native, protect=settings.protect),
                # Tags given at creation are create-only: a changed default tag would replace the replica.
                pulumi.ResourceOptions(
                    depends_on=list(args.directory), ignore_changes=["userPoolTagsAtCreate"], delete_before_replace=True
                ),
            ),
        )
        self.attachment = aws_native.cognito.UserPoolRegionalConfigurationAttachment(
            f"{name}-settings-{secondary}",
            user_pool_id=args.pool_id,
            status=ACTIVE,  # left out it would deactivate the replica
            lambda_config=args.lambda_config,
            user_pool_tags=dict(settings.tags) or None,
            opts=pulumi.ResourceOptions.merge(
                child_of(self, args.secondary.native, protect=settings.protect),
                pulumi.ResourceOptions(
                    depends_on=[args.pool, self.replica, *args.triggers], delete_before_replace=True
                ),
            ),
        )
        self.register_outputs(
            {
                "poolId": self.attachment.user_pool_id,
                "primaryRegion": args.primary.region,
                "secondaryRegion": secondary,
                "status": ACTIVE,
                "lambdaTriggers": sorted(camel_case(key) for key in args.lambda_config),
            }
        )
