"""The one encryption key of the pool, in both Regions."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.key_policy import key_policy
from components.providers import RegionalProviders, child_of
from settings import RegionPair


@dataclass(frozen=True, kw_only=True)
class KeyPairArgs:
    """`pool_id` is None only while a new pool is being founded."""

    account: str
    regions: RegionPair
    pool_id: str | None
    deploy_roles: tuple[str, ...]
    protect: bool
    providers: dict[str, RegionalProviders]
    deletion_window_days: int = 30


class KeyPair(pulumi.ComponentResource):
    """One logical encryption key that works in both Regions: a multi-Region key and its replica.

    KMS does not copy a key policy to the replica, so each Region's key has its own. Both are inline: a separate
    key-policy resource, once destroyed or renamed, would leave the key open to every principal of the account.
    """

    def __init__(self, name: str, args: KeyPairArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:KeyPair", name, None, opts)
        primary, secondary = args.regions.both
        self.primary = aws.kms.Key(
            f"{name}-{primary}",
            description="Encrypts the user pool at rest",
            multi_region=True,
            enable_key_rotation=True,
            deletion_window_in_days=args.deletion_window_days,
            policy=_policy(args, primary),
            opts=child_of(self, args.providers[primary].classic, protect=args.protect),
        )
        self.replica = aws.kms.ReplicaKey(
            f"{name}-{secondary}",
            description="Encrypts the user pool's replica at rest",
            primary_key_arn=self.primary.arn,
            deletion_window_in_days=args.deletion_window_days,
            policy=_policy(args, secondary),
            opts=child_of(self, args.providers[secondary].classic, protect=args.protect),
        )
        for region, key in ((primary, self.primary), (secondary, self.replica)):
            aws.kms.Alias(
                f"{name}-alias-{region}",
                name=f"alias/{name}",
                target_key_id=key.key_id,
                opts=child_of(self, args.providers[region].classic),
            )
        self.arns = {primary: self.primary.arn, secondary: self.replica.arn}
        self.register_outputs(
            {
                "accountId": args.account,
                "regions": {"primary": primary, "secondary": secondary},
                "poolId": args.pool_id,
                "deployRoles": list(args.deploy_roles),
                "primaryArn": self.primary.arn,
                "replicaArn": self.replica.arn,
            }
        )


def _policy(args: KeyPairArgs, region: str) -> str:
    policy = key_policy(
        account=args.account,
        region=region,
        regions=args.regions.both,
        pool_id=args.pool_id,
        deploy_roles=args.deploy_roles,
    )
    return json.dumps(policy)
