"""User pool domains: whose they are, who serves them, how a custom domain routes.

Interface for the TLS edge: `custom_domain(name)`, `custom_domains()`; for the name server: `set_resolver`.
A prefix domain belongs to one Region and is served there only; a custom domain belongs to the primary
(Cognito developer guide, cognito-user-pools-add-custom-domain.html and user-pool-multi-region.html).
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from ministack.services import apigateway_v1, cognito

from sandbox.cloud.assumptions import ACCOUNT
from sandbox.cloud.route53_zones import zones

PATHS = ("/oauth2/", "/login", "/logout", "/saml2/")
"""Where a user pool domain is served: token endpoint, managed login, federation."""

SERVED: ContextVar[str | None] = ContextVar("served_pool", default=None)
"""The pool whose domain the request was sent to; None for a request to a port by number."""


@dataclass(frozen=True, kw_only=True)
class CustomDomain:
    """A custom domain. Without failover routing *secondary_region* and *check_id* are None."""

    name: str
    pool_id: str
    region: str
    """The pool's primary Region."""
    cloudfront: str
    certificate_arn: str
    secondary_region: str | None
    check_id: str | None


def custom_domains() -> list[CustomDomain]:
    """All custom domains."""
    found: list[CustomDomain] = []
    for (_account, region, pool_id), pool in cognito._user_pools.all_items():
        if name := pool.get("CustomDomain"):
            failover = (pool.get("_domain_routing") or {}).get("Failover") or {}
            found.append(
                CustomDomain(
                    name=name,
                    pool_id=pool_id,
                    region=region,
                    cloudfront=cognito._cloudfront_domain(name),
                    certificate_arn=pool["_custom_domain_config"]["CertificateArn"],
                    secondary_region=failover.get("SecondaryRegion"),
                    check_id=failover.get("PrimaryRoute53HealthCheckId"),
                )
            )
    return found


def custom_domain(name: str) -> CustomDomain | None:
    """The custom domain with that host name."""
    return next((one for one in custom_domains() if one.name == name.lower()), None)


def routed_by(check_id: str) -> list[str]:
    """The custom domains whose routing names a health check."""
    return [one.name for one in custom_domains() if one.check_id == check_id]


def routed_to(pool_id: str, region: str) -> str | None:
    """The pool's custom domain whose routing names *region* as secondary."""
    return next(
        (one.name for one in custom_domains() if (one.pool_id, one.secondary_region) == (pool_id, region)), None
    )


def has_address(name: str) -> bool:
    """Whether the name has an A record in a hosted zone, delegated or not."""
    wanted = name.lower().rstrip(".") + "."
    return any(
        record["Name"].lower() == wanted and record["Type"] == "A" for zone in zones() for record in zone.records
    )


@dataclass
class _Hooks:
    resolves: Callable[[str], bool] = has_address


HOOKS = _Hooks()


def set_resolver(resolves: Callable[[str], bool]) -> None:
    """Let *resolves* tell whether a name has an A record, as Cognito's own look-up would."""
    HOOKS.resolves = resolves


def owner(host: str, region: str) -> str | None:
    """The pool whose domain *host* is, when *region* serves it; None when it does not."""
    suffix = f".auth.{region}.amazoncognito.com"
    if host.endswith(suffix):
        return cognito._pool_domain_map.get_scoped(ACCOUNT, region, host.removesuffix(suffix))
    custom = custom_domain(host)
    if custom and region in (custom.region, custom.secondary_region):
        return custom.pool_id
    return None


def unknown_host(host: str, path: str, region: str) -> bool:
    """Whether a request for managed login or tokens was sent to a host that this Region does not serve.

    Remembers the pool in SERVED. Requests to a port by number or to an API's domain are not judged.
    """
    name = host.rpartition(":")[0].lower() if ":" in host else host.lower()
    SERVED.set(None)
    if name in ("127.0.0.1", "localhost", "") or not path.startswith(PATHS):
        return False
    if apigateway_v1.find_domain_scope(name) or ".execute-api." in name or ".lambda-url." in name:
        return False
    pool_id = owner(name, region)
    SERVED.set(pool_id)
    return pool_id is None


def record_of(pool: dict[str, Any], name: str) -> str | None:
    """Which kind of domain *name* is of this pool: "custom", "prefix" or None."""
    if name and pool.get("CustomDomain") == name:
        return "custom"
    return "prefix" if name and pool.get("Domain") == name else None
