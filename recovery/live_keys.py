"""A stack's keys as they are now, or as a file says, with whom each is to be confined to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pack.key_policy import Scope

from manifest import Manifest
from recovery import aws
from recovery.errors import BotoCoreError, ClientError, RecoveryError, told
from recovery.key_audit import Key


def scope(manifest: Manifest, region: str, deploy_roles: Sequence[str]) -> Scope:
    """The confinement of the key in a Region."""
    regions = (manifest.regions.primary, manifest.regions.secondary)
    return Scope(
        account=manifest.account,
        region=region,
        regions=regions,
        pool_id=manifest.pool.id,
        deploy_roles=tuple(deploy_roles),
        key_arn=manifest.keys.get(region),
    )


def chosen(manifest: Manifest, regions: Sequence[str]) -> list[str]:
    """The Regions asked for, all of the stack's keys when none is. Raises RecoveryError."""
    if unknown := [region for region in regions if region not in manifest.keys]:
        has = ", ".join(manifest.keys) or "none"
        raise RecoveryError(f"stack {manifest.name} has no key in {', '.join(unknown)}; its keys are in: {has}")
    return list(dict.fromkeys(regions)) or list(manifest.keys)


def live(manifest: Manifest, regions: Sequence[str], deploy_roles: Sequence[str]) -> Iterator[Key]:
    """Each Region's key from KMS there: GetKeyPolicy and ListGrants. Raises RecoveryError, naming the Region."""
    for region in chosen(manifest, regions):
        kms, arn = aws.client("kms", region), manifest.keys[region]
        try:
            policy = kms.get_key_policy(KeyId=arn, PolicyName="default")["Policy"]
            grants = [each for page in kms.get_paginator("list_grants").paginate(KeyId=arn) for each in page["Grants"]]
        except (ClientError, BotoCoreError) as error:
            mend = "it takes kms:GetKeyPolicy and kms:ListGrants; --region names the Regions to ask"
            raise RecoveryError(f"the key in {region} cannot be read: {told(error)} ({mend})") from None
        yield Key(policy=policy, scope=scope(manifest, region, deploy_roles), grants=grants)


def from_file(file: Path, manifest: Manifest, regions: Sequence[str], deploy_roles: Sequence[str]) -> Key:
    """A key that would have the policy in a file, and no grants. Raises RecoveryError."""
    if len(regions) != 1:
        raise RecoveryError("--policy needs the Region of the key that is to have it: add one --region")
    (region,) = chosen(manifest, regions)
    try:
        policy = file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise RecoveryError(f"{file} cannot be read: {error}") from None
    return Key(policy=policy, scope=scope(manifest, region, deploy_roles))
