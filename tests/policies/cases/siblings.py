"""`redirect-uris-identical` where a sibling stack is declared: the good stack is production, its sibling `staging`."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from pack.facts import UNKNOWN, Context, StackFacts

from tests.policies.maker import REDIRECTS, SIBLING, THERE, component, urn
from tests.policies.mutations import Mutation, added, alone, both, prop

HERE = "https://shop.example.com"
HOST = {"shop.staging.example.com": "shop.example.com"}
CB, X = REDIRECTS["callbackUrls"]
NONE = prop("applications", siblings=None)


def sibling(**parts: Any) -> Mutation:
    """The good stack's sibling with other parts."""
    return prop("applications", siblings={"staging": {**SIBLING, **parts}})


def only(*callbacks: Any, logouts: Any = ()) -> dict[str, Any]:
    """What one stack's shop has alone."""
    return {"shop": {"callbackUrls": [*callbacks], "logoutUrls": [*logouts]}}


def there(*callbacks: Any, logouts: Any = (), **others: Any) -> Mutation:
    """Other redirect URIs of the sibling's shop, and what else differs from the good stack's sibling."""
    shop = {"callbackUrls": [*callbacks], "logoutUrls": [*logouts]}
    return sibling(**{"applications": {"shop": shop}, **others})


def also(**applications: Any) -> dict[str, Any]:
    """The sibling's applications with more of them."""
    return {**SIBLING["applications"], **applications}


def redirects(*callbacks: str, logouts: Any = ()) -> Mutation:
    """The application and both its clients with these URIs."""
    uris = {"callbackUrls": [*callbacks], "logoutUrls": [*logouts]}
    return both(*(prop(name, **uris) for name in ("application-shop", "web", "native")))


BESIDE = urn("cognito-dr:index:Applications", "applications")


def portal(*, parent: str | None = BESIDE, **props: Any) -> Mutation:
    """One more application in this stack, without clients."""
    return added(replace(component("Application", "application-portal", **props), parent=parent))


def configured(key: str, text: str) -> Mutation:
    """A setting of the stack file, as the engine hands it on."""
    return lambda stack: replace(stack, context=Context(config={f"cognito-dr:{key}": text}))


def setting(**siblings: Any) -> Mutation:
    """The siblings of the stack file."""
    return configured("siblings", json.dumps(siblings))


def nobody_else(stack: StackFacts) -> StackFacts:
    """Every application has another name."""
    return prop("application-shop", application="store")(stack)


ELSEWHERE = "https://debug.test/"
PORTAL: dict[str, Any] = {"callbackUrls": ["https://portal.example.com/"], "logoutUrls": []}
VIOLATIONS: list[Mutation] = [
    there(f"{THERE}/cb", f"{THERE}/debug", f"{THERE}/new"),
    there(f"{THERE}/cb", f"{THERE}/debug", logouts=[f"{THERE}/"]),
    redirects(CB, X, f"{HERE}/new"),
    redirects(CB, X, logouts=[f"{HERE}/"]),
    sibling(onlyHere={}),
    sibling(onlyThere={}),
    sibling(hosts={}),
    sibling(hosts={"shop.staging.example.com": "shop.example.org"}),
    sibling(onlyHere=only(X, f"{HERE}/gone")),
    sibling(onlyHere=only(X, CB)),
    sibling(onlyThere=only(f"{THERE}/debug", f"{THERE}/gone")),
    sibling(onlyThere=only(f"{THERE}/debug", f"{THERE}/cb")),
    sibling(onlyThere={**only(f"{THERE}/debug"), "portal": {"callbackUrls": [f"{THERE}/cb"]}}),
    sibling(onlyHere=only(logouts=[X])),
    sibling(onlyHere=only(X, logouts=[X])),
    sibling(onlyThere=only(logouts=[f"{THERE}/debug"])),
    sibling(onlyThere=only(f"{THERE}/debug", logouts=[f"{THERE}/debug"])),
    both(redirects(CB, X, f"{HERE}/out", logouts=[f"{HERE}/out"]), sibling(onlyHere=only(X, logouts=[f"{HERE}/out"]))),
    there(
        f"{THERE}/cb",
        f"{THERE}/debug",
        f"{THERE}/out",
        logouts=[f"{THERE}/out"],
        onlyThere=only(f"{THERE}/debug", logouts=[f"{THERE}/out"]),
    ),
    there(f"{THERE}/cb", ELSEWHERE, hosts=HOST | {"debug.test": "x.test"}, onlyThere=only(ELSEWHERE)),
    portal(application="shop", parent=None, **PORTAL),
    both(setting(staging={}, eu={}), prop("applications", siblings={"staging": SIBLING})),
    both(setting(staging={}), NONE),
    sibling(hosts=HOST | {"old.example.com": "shop.example.com"}),
    sibling(applications=also(portal=PORTAL)),
    portal(application="portal", **PORTAL),
    nobody_else,
    alone("application-shop"),
    there(f"{THERE}/CB", f"{THERE}/debug"),
    both(redirects(CB, X, "com.shop://a/cb"), there(f"{THERE}/cb", f"{THERE}/debug", "com.shop://b/cb")),
    there(f"{THERE}/cb", f"{THERE}/debug", UNKNOWN, f"{THERE}/new"),
    both(redirects(CB, X, f"{HERE}/new"), sibling(hosts=HOST | {"old.example.com": UNKNOWN})),
    both(sibling(onlyThere={"shop": UNKNOWN}), redirects(CB, X, f"{HERE}/new")),
    there(f"{THERE}/cb", f"{THERE}/debug", f"{THERE}/new", onlyHere=UNKNOWN),
    sibling(applications={"shop": UNKNOWN, "portal": PORTAL}),
]
NEAR_MISSES: list[Mutation] = [
    NONE,
    prop("applications", siblings={}),
    prop("applications", siblings={"staging": {"applications": {"shop": REDIRECTS}}}),
    sibling(hosts={"SHOP.staging.EXAMPLE.com": "Shop.Example.com"}),
    there(f"{THERE}/debug", "HTTPS://SHOP.staging.example.com:443/%63b"),
    both(
        redirects("https://bücher.example/cb"),
        there(f"{THERE}/cb", onlyHere={}, onlyThere={}, hosts={next(iter(HOST)): "xn--bcher-kva.example"}),
    ),
    there(
        f"{THERE}/cb",
        f"{THERE}/debug",
        "https://shop.staging.example.de/cb",
        hosts=HOST | {"shop.staging.example.de": "shop.example.com"},
    ),
    both(redirects(f"{HERE}:8443/cb?a=b", X), there(f"{THERE}:8443/cb?a=b", f"{THERE}/debug")),
    both(redirects(CB, X, logouts=[X]), there(f"{THERE}/cb", f"{THERE}/debug", logouts=[f"{THERE}/x"])),
    both(
        redirects(CB, X, logouts=[f"{HERE}/out"]),
        there(
            f"{THERE}/cb",
            f"{THERE}/debug",
            logouts=[f"{THERE}/away"],
            onlyHere=only(X, logouts=[f"{HERE}/out"]),
            onlyThere=only(f"{THERE}/debug", logouts=[f"{THERE}/away"]),
        ),
    ),
    both(redirects(CB, X, "com.shop.app:/cb"), there(f"{THERE}/cb", f"{THERE}/debug", "com.shop.app:/cb")),
    both(
        portal(application="portal", **PORTAL),
        sibling(onlyHere=SIBLING["onlyHere"] | {"portal": PORTAL}),
    ),
    sibling(applications=also(portal=PORTAL), onlyThere=SIBLING["onlyThere"] | {"portal": PORTAL}),
    both(portal(application="portal", **PORTAL), sibling(applications=also(portal=PORTAL))),
    portal(application="portal", parent=None, callbackUrls=[], logoutUrls=[]),
    both(NONE, portal(application="portal", parent=None, **PORTAL)),
    both(NONE, setting()),
    setting(staging={}),
]
UNKNOWNS: list[Mutation] = [
    prop("applications", siblings=UNKNOWN),
    prop("applications", siblings={"staging": UNKNOWN}),
    *(sibling(**{part: UNKNOWN}) for part in ("hosts", "onlyHere", "onlyThere", "applications")),
    sibling(hosts={"shop.staging.example.com": UNKNOWN}),
    sibling(onlyHere={"shop": UNKNOWN}),
    sibling(onlyThere={"shop": {"callbackUrls": [UNKNOWN]}}),
    sibling(applications={"shop": UNKNOWN}),
    there(UNKNOWN, f"{THERE}/debug"),
    prop("application-shop", application=UNKNOWN),
    both(there(f"{THERE}/cb", f"{THERE}/debug", f"{THERE}/new"), prop("application-shop", callbackUrls=UNKNOWN)),
    both(sibling(applications=also(portal=PORTAL)), portal(application=UNKNOWN, **PORTAL)),
    sibling(hosts=HOST | {"old.example.com": "x.example.com"}, applications=also(portal=UNKNOWN)),
]
MALFORMED: list[Mutation] = [
    prop("applications", siblings=7.0),
    prop("applications", siblings=["staging"]),
    prop("applications", siblings={"staging": 7.0}),
    prop("applications", siblings={"staging": {}}),
    sibling(hosts=["shop.staging.example.com"]),
    sibling(hosts={"shop.staging.example.com": ["shop.example.com"]}),
    sibling(onlyHere={"shop": [X]}),
    sibling(onlyHere={"shop": {"callbackUrls": X}}),
    sibling(onlyThere=[f"{THERE}/debug"]),
    configured("siblings", "staging"),
    sibling(applications={"shop": {"callbackUrls": f"{THERE}/cb"}}),
    sibling(applications={"shop": [f"{THERE}/cb"]}),
    prop("application-shop", application=7.0),
]
