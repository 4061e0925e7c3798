"""All clients of an application redirect to the one set that the application declares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..facts import MISSING, Resource, StackFacts, texts
from ..findings import Finding, Judge
from ..registry import Severity, rule
from ..types import APPLICATION, CLIENTS
from ..uris import fault, normalised

LISTS = ("callbackUrls", "logoutUrls")
REDIRECTING = frozenset({"code", "implicit"})
SAME = "the set that the application declares"
FIT = "distinct https URIs without wildcard (http on loopback, or an application's own scheme)"
OWNED = "a client of an application, which declares its redirect URIs"


@rule(
    id="redirect-uris-identical",
    name="The clients of an application have one set of redirect URIs",
    severity=Severity.HIGH,
    framework="REL13-BP04",
    why="After a failover a user may come back through any client of the application; a redirect URI that one "
    "of them lacks ends that sign-in with redirect_mismatch, a loose one hands the code to somebody else.",
    mend="Change the application's callbackUrls or logoutUrls in the stack file, never one client alone.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html",
)
def redirect_uris_identical(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """The group is declared: a client belongs to the application that is its parent."""
    for application in stack.of_type(APPLICATION):
        for path in LISTS:
            yield from _well_formed(application, path, judge)
            for client in stack.children(application, *CLIENTS):
                if _signs_in_by_redirect(client, path):
                    yield from _same(application, client, path, judge)
    yield from _belong_nowhere(stack, judge)


def _signs_in_by_redirect(client: Resource, path: str) -> bool:
    """A client for machines has no redirect; one that nevertheless names any is compared."""
    flows = texts(client.get("allowedOAuthFlows"))
    return not flows.whole or bool(REDIRECTING.intersection(flows.known)) or client.get(path) is not MISSING


def _well_formed(application: Resource, path: str, judge: Judge) -> Iterator[Finding]:
    uris = texts(application.get(path))
    if not uris.whole:
        yield judge.undecided(application, path, expected=FIT)
    yield from _faults(application, path, uris.known, judge)


def _faults(owner: Resource, path: str, uris: list[str], judge: Judge) -> Iterator[Finding]:
    for uri in sorted(set(uris)):
        if reason := fault(uri):
            yield judge.violation(owner, path, found=f"{uri} ({reason})", expected=FIT)
    for uri, times in sorted(Counter(map(normalised, uris)).items()):
        if times > 1:
            yield judge.violation(owner, path, found=f"{uri} {times} times", expected=FIT)


def _same(application: Resource, client: Resource, path: str, judge: Judge) -> Iterator[Finding]:
    """Report the difference. An unknown item may be any URI, so it excuses one that is lacking only."""
    declared, own = texts(application.get(path)), texts(client.get(path))
    wanted, has = set(map(normalised, declared.known)), set(map(normalised, own.known))
    lacks = wanted - has if own.whole else set()
    extra = has - wanted if declared.whole else set()
    words = [f"without {uri}" for uri in sorted(lacks)] + [f"with {uri}" for uri in sorted(extra)]
    if words:
        found = f"the client {client.name} {', '.join(words)}"
        yield judge.violation(client, path, found=found, expected=SAME)
    elif not (own.whole and declared.whole):
        yield judge.undecided(client, path, expected=SAME)
    elif len(own.known) != len(has) and sorted(own.known) != sorted(declared.known):
        yield judge.violation(client, path, found=f"a URI of {client.name} twice", expected=FIT)


def _belong_nowhere(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Two clients that redirect and belong to no application could differ unseen."""
    applications = {application.urn for application in stack.of_type(APPLICATION)}
    strays = [client for client in stack.of_type(*CLIENTS) if client.parent not in applications]
    flows = {client.urn: texts(client.get("allowedOAuthFlows")) for client in strays}
    sure = [client for client in strays if REDIRECTING.intersection(flows[client.urn].known)]
    maybe = [client for client in strays if client not in sure and not flows[client.urn].whole]
    if len(sure) > 1:
        for client in sure:
            found = f"{client.name} belongs to no application"
            yield judge.violation(client, "parent", found=found, expected=OWNED)
    elif len(sure) + len(maybe) > 1:
        for client in maybe:
            yield judge.undecided(client, "allowedOAuthFlows", expected=OWNED)
