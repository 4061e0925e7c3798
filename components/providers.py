"""One explicit provider per package and Region: no resource ever falls to an ambient account or Region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_aws_native as aws_native


@dataclass(frozen=True, kw_only=True)
class RegionalProviders:
    """The providers of one Region; both refuse any other account than the stack's."""

    region: str
    classic: aws.Provider
    native: aws_native.Provider


def regional_providers(regions: Sequence[str], account: str) -> dict[str, RegionalProviders]:
    """The providers of each Region, by Region."""
    return {
        region: RegionalProviders(
            region=region,
            classic=aws.Provider(f"aws-{region}", region=region, allowed_account_ids=[account]),
            native=aws_native.Provider(f"aws-native-{region}", region=region, allowed_account_ids=[account]),
        )
        for region in regions
    }


def child_of(
    parent: pulumi.Resource, provider: pulumi.ProviderResource, *, protect: bool = False
) -> pulumi.ResourceOptions:
    """Options of a resource inside a component."""
    return pulumi.ResourceOptions(parent=parent, provider=provider, protect=protect)
