"""Which names a user pool domain may have, and which certificate (cognito-user-pools-add-custom-domain.html)."""

import re
from typing import Any

from ministack.core.responses import get_region
from ministack.services import cognito

from sandbox.cloud import certificates, domains, pools
from sandbox.cloud.assumptions import PRIMARY

Data = dict[str, Any]

CERTIFICATE_REGION = PRIMARY
"""us-east-1, whatever the pool's Region is: CloudFront reads certificates only there."""
PREFIX = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
RESERVED = ("aws", "amazon", "cognito")

NO_ROOT = (
    "Custom domain is not a valid subdomain: Was not able to resolve the root domain, "
    "please ensure an A record exists for the root domain."
)


def prefix_problem(name: str) -> str | None:
    """Why *name* is no prefix; None when it is one."""
    if not PREFIX.fullmatch(name):
        return f"Domain {name!r} must be 1 to 63 lower case letters, digits and hyphens."
    if word := next((word for word in RESERVED if word in name), None):
        return f"Domain cannot contain reserved word: {word}"
    return None


def custom_problem(pool_id: str, name: str, custom: Data) -> str | None:
    """Why the pool cannot have the custom domain *name*; None when it can."""
    if get_region() != pools.home(pool_id):
        return "A replica has no custom domain of its own: the primary's serves both Regions."
    parent = name.partition(".")[2]
    if name != name.lower() or "." not in parent:
        return f"Domain {name!r} must be a subdomain in lower case."
    return certificate_problem(name, custom) or (None if domains.HOOKS.resolves(parent) else NO_ROOT)


def certificate_problem(name: str, custom: Data) -> str | None:
    """Why a CustomDomainConfig does not serve *name*; None when it does."""
    return certificates.problem(custom.get("CertificateArn", ""), name, CERTIFICATE_REGION)


def taken(name: str, custom: bool) -> bool:
    """Custom domains are unique everywhere, prefixes within their Region."""
    if custom:
        return domains.custom_domain(name) is not None
    held = pools.record(cognito._pool_domain_map.get(name) or "")
    return held is not None and held.get("Domain") == name
