"""`redirect-uris-identical`."""

from __future__ import annotations

from pack.facts import UNKNOWN

from tests.policies.maker import REDIRECTS
from tests.policies.mutations import Cases, both, prop, without, without_type

CASES = Cases(
    rule="redirect-uris-identical",
    violations=[
        prop("native", callbackUrls=["https://shop.example.com/cb"]),
        prop("web", callbackUrls=[*REDIRECTS["callbackUrls"], "https://evil.example.com/"]),
        prop("web", logoutUrls=["https://shop.example.com/"]),
        prop("web", callbackUrls=["https://shop.example.com/CB", "https://shop.example.com/x"]),
        prop("web", callbackUrls=["https://shop.example.com/cb/", "https://shop.example.com/x"]),
    ],
    near_misses=[
        prop("web", callbackUrls=["HTTPS://SHOP.example.com:443/cb", "https://shop.example.com/%78"]),
        prop("web", callbackUrls=REDIRECTS["callbackUrls"][::-1]),
        prop("web", allowedOAuthFlows=["client_credentials"], callbackUrls=None, logoutUrls=None),
    ],
    unknown=[
        prop("web", callbackUrls=UNKNOWN),
        prop("web", callbackUrls=[REDIRECTS["callbackUrls"][0], UNKNOWN]),
        both(without("application-shop"), prop("web", allowedOAuthFlows=UNKNOWN)),
    ],
    malformed=[
        prop("web", callbackUrls="https://shop.example.com/cb"),
        prop("web", callbackUrls=[7.0]),
        prop("application-shop", callbackUrls={"a": "b"}),
    ],
    absent=without_type("Application", "UserPoolClient"),
)
