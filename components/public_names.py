"""What leads users to the Region that serves: the auth domain, the API's and the hint for SDK callers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.auth_domain import AuthDomain, AuthDomainArgs
from components.front_door import FrontDoor, FrontDoorArgs
from components.providers import RegionalProviders
from components.sample_api import SampleApi, SampleApiArgs
from components.serving_check import ServingCheck
from components.zone import Zone
from settings import Domains, Settings


@dataclass(frozen=True, kw_only=True)
class PublicNamesArgs:
    """`audience` are the app clients' IDs; `replica` are the replica and its ACTIVE attachment."""

    settings: Settings
    domains: Domains
    zone: Zone
    providers: dict[str, RegionalProviders]
    pool_id: pulumi.Output[str]
    issuer: str
    audience: Sequence[pulumi.Output[str]]
    check: ServingCheck
    replica: Sequence[pulumi.Resource]


def public_names(args: PublicNamesArgs, own: pulumi.ResourceOptions) -> None:
    """Make the domain and the records; the serving check is a phase older than they are, so it has settled."""
    settings, name = args.settings, args.settings.name
    auth = AuthDomainArgs(
        settings=settings,
        domain=args.domains.auth,
        pool_id=args.pool_id,
        zone=args.zone,
        check=args.check,
        providers=args.providers,
        after=args.replica,
    )
    AuthDomain(f"{name}-auth", auth, own)
    door = FrontDoorArgs(
        settings=settings,
        domains=args.domains,
        zone=args.zone,
        check=args.check,
        samples=_samples(args, own),
        providers=args.providers,
    )
    FrontDoor(f"{name}-front-door", door, own)


def _samples(args: PublicNamesArgs, own: pulumi.ResourceOptions) -> dict[str, SampleApi]:
    settings = args.settings
    if not (settings.api and settings.api.sample):
        return {}
    return {
        region: SampleApi(
            f"{settings.name}-sample-{region}",
            SampleApiArgs(
                settings=settings,
                providers=args.providers[region],
                issuer=args.issuer,
                audience=args.audience,
            ),
            own,
        )
        for region in settings.regions.both
    }
