"""One prefix domain in each Region: probes and drills reach a Region by it; no user is ever sent there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws_native as aws_native

from components.providers import RegionalProviders, child_of
from settings import Settings


@dataclass(frozen=True, kw_only=True)
class PrefixDomainsArgs:
    """`replica` are the replica and its attachment: without them the secondary knows no pool to give a domain to."""

    settings: Settings
    pool_id: pulumi.Input[str]
    providers: dict[str, RegionalProviders]
    replica: Sequence[pulumi.Resource]


class PrefixDomains(pulumi.ComponentResource):
    """A custom domain serves one of two Regions; a prefix domain always serves its own."""

    def __init__(self, name: str, args: PrefixDomainsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:PrefixDomains", name, None, opts)
        settings = args.settings
        self.domains = []
        for region in settings.regions.both:
            waits = list(args.replica) if region == settings.regions.secondary else []
            domain = aws_native.cognito.UserPoolDomain(
                f"{name}-{region}",
                user_pool_id=args.pool_id,
                domain=prefix(settings, region),
                managed_login_version=2,
                opts=pulumi.ResourceOptions.merge(
                    child_of(self, args.providers[region].native), pulumi.ResourceOptions(depends_on=waits)
                ),
            )
            self.domains.append(domain)
        self.register_outputs({"domains": {region: prefix(settings, region) for region in settings.regions.both}})


def prefix(settings: Settings, region: str) -> str:
    """The prefix of a Region's domain; it holds the account because prefixes are unique among all accounts."""
    return f"{settings.name}-{region}-{settings.account}"


def host(settings: Settings, region: str) -> str:
    """The host name of a Region's prefix domain."""
    return f"{prefix(settings, region)}.auth.{region}.amazoncognito.com"


def token_url(settings: Settings, region: str) -> str:
    """The Region's own token endpoint.

    Source: docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
    """
    return f"https://{host(settings, region)}/oauth2/token"
