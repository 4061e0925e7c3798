"""`redirect-uris-identical`."""

from __future__ import annotations

from pack.facts import UNKNOWN

from tests.policies.maker import REDIRECTS
from tests.policies.mutations import Cases, Mutation, alone, both, prop, without, without_type

CB, X = REDIRECTS["callbackUrls"]


def everywhere(*uris: str) -> Mutation:
    """The application and both its clients with these callback URLs."""
    return both(*(prop(name, callbackUrls=[*uris]) for name in ("application-shop", "web", "native")))


CASES = Cases(
    rule="redirect-uris-identical",
    violations=[
        prop("native", callbackUrls=["https://shop.example.com/cb"]),
        prop("web", callbackUrls=[*REDIRECTS["callbackUrls"], "https://evil.example.com/"]),
        prop("web", logoutUrls=["https://shop.example.com/"]),
        prop("web", callbackUrls=["https://shop.example.com/CB", "https://shop.example.com/x"]),
        prop("web", callbackUrls=["https://shop.example.com/cb/", "https://shop.example.com/x"]),
        everywhere("http://shop.example.com/cb"),
        everywhere("https://shop.example.com/*"),
        everywhere(CB, CB),
        prop("web", callbackUrls=[CB, CB.replace(".com/", ".com:443/"), X]),
        alone("web", "native"),
    ],
    near_misses=[
        everywhere("http://localhost:3000/cb", "shop.example:/cb"),
        alone("web"),
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
