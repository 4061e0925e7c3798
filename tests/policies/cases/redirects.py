"""`redirect-uris-identical`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pack.facts import UNKNOWN, StackFacts

from tests.policies.cases import registrations, siblings
from tests.policies.good_stack import changed
from tests.policies.maker import REDIRECTS, component, resource
from tests.policies.mutations import Cases, Mutation, added, alone, both, prop, without, without_type

CB, X = REDIRECTS["callbackUrls"]


def everywhere(*uris: str) -> Mutation:
    """The application and both its clients with these callback URLs, in a stack without siblings."""
    every = (prop(name, callbackUrls=[*uris]) for name in ("application-shop", "web", "native"))
    return both(siblings.NONE, *every)


def deeper(*names: str) -> Mutation:
    """Clients below a component of their application instead of the application itself."""

    def change(stack: StackFacts) -> StackFacts:
        application = next(one for one in stack.resources if one.name == "application-shop")
        group = replace(component("Clients", "group"), parent=application.urn)
        for name in names:
            stack = changed(stack, name, lambda one: replace(one, parent=group.urn))
        return added(group)(stack)

    return change


def stray(kind: str = "aws-native:cognito:UserPoolClient", name: str = "stray", /, **props: Any) -> Mutation:
    """A client of no application."""
    return added(resource(kind, name, None, **props))


def classic(name: str) -> Mutation:
    """A client of no application by the classic provider, which spells the flows otherwise."""
    return stray("aws:cognito/userPoolClient:UserPoolClient", name, allowedOauthFlows=["implicit"], callbackUrls=[CB])


SILENT = prop("native", allowedOAuthFlows=UNKNOWN)
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
        prop("web", callbackUrls=[f"{CB}?", X]),
        stray(allowedOAuthFlows=["code"], callbackUrls=["http://*.evil.example/#x"]),
        stray(allowedOAuthFlows=["code"], callbackUrls=[CB], logoutUrls=["http://shop.example.com/"]),
        both(deeper("web"), prop("web", callbackUrls=[CB])),
        both(alone("web"), classic("stray")),
        stray("aws:cognito/managedUserPoolClient:ManagedUserPoolClient", logoutUrls=["https://*.shop.example.com/"]),
        prop("web", defaultRedirectUri="https://shop.example.com/"),
        prop("native", defaultRedirectUri="http://shop.example.com/cb", callbackUrls=[CB, UNKNOWN]),
        *registrations.VIOLATIONS,
        *siblings.VIOLATIONS,
    ],
    near_misses=[
        both(alone("web"), prop("web", allowedOAuthFlows=UNKNOWN)),
        everywhere("http://localhost:3000/cb", "shop.example:/cb"),
        alone("web"),
        both(everywhere("com.shop.app:/cb"), prop("web", callbackUrls=["com.Shop.app:/cb"])),
        both(
            everywhere("https://bücher.example/straße"),
            prop("web", callbackUrls=["https://xn--bcher-kva.example/stra%C3%9Fe"]),
        ),
        prop("web", callbackUrls=["HTTPS://SHOP.example.com:443/cb", "https://shop.example.com/%78"]),
        prop("web", callbackUrls=REDIRECTS["callbackUrls"][::-1]),
        prop("web", allowedOAuthFlows=["client_credentials"], callbackUrls=None, logoutUrls=None),
        deeper("web", "native"),
        stray(allowedOAuthFlows=["code"], callbackUrls=[CB, "http://localhost/"]),
        classic("stray"),
        prop("web", defaultRedirectUri="HTTPS://shop.example.com/cb"),
        prop("web", defaultRedirectUri=""),
        *registrations.NEAR_MISSES,
        *siblings.NEAR_MISSES,
    ],
    unknown=[
        both(alone("web", "native"), prop("web", allowedOAuthFlows=["code", UNKNOWN]), SILENT),
        prop("web", callbackUrls=UNKNOWN),
        prop("web", callbackUrls=[REDIRECTS["callbackUrls"][0], UNKNOWN]),
        both(siblings.NONE, without("application-shop"), prop("web", allowedOAuthFlows=UNKNOWN)),
        stray(allowedOAuthFlows=["code"], callbackUrls=UNKNOWN),
        prop("web", defaultRedirectUri=UNKNOWN),
        prop("web", defaultRedirectUri=X, callbackUrls=[CB, UNKNOWN]),
        *registrations.UNKNOWNS,
        *siblings.UNKNOWNS,
    ],
    malformed=[
        prop("web", callbackUrls="https://shop.example.com/cb"),
        prop("web", callbackUrls=[7.0]),
        prop("application-shop", callbackUrls={"a": "b"}),
        prop("web", defaultRedirectUri=[X]),
        *registrations.MALFORMED,
        *siblings.MALFORMED,
    ],
    absent=without_type("Application", "UserPoolClient", "IdentityProvider"),
)
