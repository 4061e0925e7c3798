"""The manifest's copy in the secondary Region: the on-call tool must find it when the primary is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.providers import RegionalProviders, child_of
from settings import Settings

KEY = "manifest.json"


@dataclass(frozen=True, kw_only=True)
class ManifestCopyArgs:
    """`manifest` is the stack's output."""

    settings: Settings
    provider: RegionalProviders
    manifest: pulumi.Output[dict[str, Any]]


class ManifestCopy(pulumi.ComponentResource):
    """A private, versioned bucket with one object, written by every `up` that changes the manifest."""

    def __init__(self, name: str, args: ManifestCopyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:ManifestCopy", name, None, opts)
        options = child_of(self, args.provider.classic)
        bucket = aws.s3.Bucket(
            f"{name}-bucket",
            bucket=bucket_name(args.settings),
            force_destroy=not args.settings.protect,
            opts=options,
        )
        versioning = aws.s3.BucketVersioning(
            f"{name}-versioning",
            bucket=bucket.bucket,
            versioning_configuration={"status": "Enabled"},
            opts=options,
        )
        aws.s3.BucketPublicAccessBlock(
            f"{name}-private",
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=options,
        )
        aws.s3.BucketObjectv2(
            f"{name}-object",
            bucket=bucket.bucket,
            key=KEY,
            content=pulumi.Output.json_dumps(args.manifest, sort_keys=True),
            content_type="application/json",
            opts=pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(depends_on=[versioning])),
        )
        self.register_outputs({"bucket": bucket.bucket, "key": KEY, "region": args.provider.region})


def bucket_name(settings: Settings) -> str:
    """The bucket's name; it holds the account because bucket names are unique among all accounts."""
    return f"{settings.name}-manifest-{settings.account}"
