"""The table in the secondary Region: the verdict, each prober's observation and, without ARC, the override."""

from __future__ import annotations

import json

import pulumi
import pulumi_aws as aws

from settings import Settings

OVERRIDE = {"id": {"S": "override"}, "force": {"BOOL": False}, "pin": {"BOOL": False}}
"""Normal operation: nothing is forced, nothing is pinned."""


def verdict_table(name: str, settings: Settings, options: pulumi.ResourceOptions) -> aws.dynamodb.Table:
    """The table, and the override's first item where the verdict folds it in.

    The item is made once and then belongs to the command line and the latch: a later update must not undo what an
    operator did.
    """
    table = aws.dynamodb.Table(
        name,
        name=f"{settings.name}-failover",
        billing_mode="PAY_PER_REQUEST",
        hash_key="id",
        attributes=[{"name": "id", "type": "S"}],
        point_in_time_recovery={"enabled": True},
        deletion_protection_enabled=settings.protect,
        opts=options,
    )
    if not settings.failover.calculated:
        aws.dynamodb.TableItem(
            f"{name}-override",
            table_name=table.name,
            hash_key="id",
            item=json.dumps(OVERRIDE),
            opts=pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(ignore_changes=["item"])),
        )
    return table
