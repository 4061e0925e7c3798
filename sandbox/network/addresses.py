"""Virtual addresses: what DNS answers say, and which listener stands behind. Nothing ever connects to them.

They come from TEST-NET-1 (RFC 5737), which no network routes: a client that goes past the sandbox's proxy
fails at once instead of reaching a stranger.
"""

import re
from collections.abc import Mapping
from typing import Literal

Place = Literal["us-east-1", "us-west-2", "edge"]
"""A Region's own TLS listener, or the edge's: CloudFront in front of Cognito custom domains, and the issuer host of
type UPDATED, which answers from several Regions."""

ADDRESSES: Mapping[Place, str] = {"us-east-1": "192.0.2.1", "us-west-2": "192.0.2.2", "edge": "192.0.2.3"}
PLACES: Mapping[str, Place] = {address: place for place, address in ADDRESSES.items()}

_REGIONAL = re.compile(
    r"(?:cognito-idp|[a-z0-9-]+\.execute-api)\.(?P<service>[a-z0-9-]+)\.amazonaws\.com"
    r"|[a-z0-9-]+\.auth\.(?P<prefix>[a-z0-9-]+)\.amazoncognito\.com"
)


def aws_place(name: str) -> Place | None:
    """Where an AWS host name lives; None when it is none of those that the sandbox serves."""
    host = name.lower().rstrip(".")
    if re.fullmatch(r"[a-z0-9]+\.cloudfront\.net|issuer-cognito-idp\.[a-z0-9-]+\.amazonaws\.com", host):
        return "edge"
    found = _REGIONAL.fullmatch(host)
    match found and (found["service"] or found["prefix"]):
        case "us-east-1":
            return "us-east-1"
        case "us-west-2":
            return "us-west-2"
    return None
