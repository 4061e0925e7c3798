"""All clients of an application redirect to its one set, and identity providers send users to the pool alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..facts import MISSING, Resource, StackFacts, Texts, texts
from ..findings import Finding, Judge
from ..registrations import LIST, OTHERS, registered
from ..registry import Severity, rule
from ..siblings import undeclared_differences
from ..spelling import read, spelled
from ..types import APPLICATION, CLIENTS, IDENTITY_PROVIDER
from ..uris import LISTS, fault, normalised

DEFAULT = "defaultRedirectUri"
FLOWS = "allowedOauthFlows"
REDIRECTING = frozenset({"code", "implicit"})
SAME = "the set that the application declares"
FIT = "distinct https URIs without wildcard (http on loopback, or an application's own scheme)"
REGISTERED = "one of the callback URLs"
OWNED = "a client of an application, which declares its redirect URIs"


@rule(
    id="redirect-uris-identical",
    name="The clients of an application have one set of redirect URIs",
    severity=Severity.HIGH,
    framework="REL13-BP04",
    why="After a failover a user may come back through any client of the application; a redirect URI that one "
    "of them lacks ends that sign-in with redirect_mismatch, a loose one hands the code to somebody else. The same "
    "holds for what an identity provider has registered of the pool's domains.",
    mend="Change the application's callbackUrls or logoutUrls in the stack file, never one client alone. Name what "
    "differs from a sibling stack under `cognito-dr:siblings`. Register at the identity provider what it lacks, remove "
    "there what is not the pool's, and name it in registeredUris.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html",
)
def redirect_uris_identical(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """The group is declared: a client belongs to the nearest application above it, at whatever depth."""
    for owner in stack.of_type(APPLICATION, *CLIENTS):
        for path in LISTS:
            yield from _well_formed(owner, path, judge)
    strays: list[Resource] = []
    for client in stack.of_type(*CLIENTS):
        yield from _default(client, judge)
        application = next((above for above in stack.ancestors(client) if above.type == APPLICATION), None)
        if application is None:
            strays.append(client)
            continue
        for path in LISTS:
            if _signs_in_by_redirect(client, path):
                yield from _same(application, client, path, judge)
    yield from _belong_nowhere(strays, judge)
    for provider in stack.of_type(IDENTITY_PROVIDER):
        for path in (LIST, OTHERS):
            yield from _well_formed(provider, path, judge)
    yield from registered(stack, judge)
    yield from undeclared_differences(stack, judge)


def _flows(client: Resource) -> Texts:
    return texts(read(client, FLOWS))


def _signs_in_by_redirect(client: Resource, path: str) -> bool:
    """A client for machines has no redirect; one that nevertheless names any is compared."""
    flows = _flows(client)
    return not flows.whole or bool(REDIRECTING.intersection(flows.known)) or client.get(path) is not MISSING


def _well_formed(owner: Resource, path: str, judge: Judge) -> Iterator[Finding]:
    """Each URI is fit and there once, be it declared or a client's own."""
    uris = texts(owner.get(path))
    if not uris.whole:
        yield judge.undecided(owner, path, expected=FIT)
    for uri in sorted(set(uris.known)):
        if reason := fault(uri):
            yield judge.violation(owner, path, found=f"{uri} ({reason})", expected=FIT)
    for uri, times in sorted(Counter(map(normalised, uris.known)).items()):
        if times > 1:
            yield judge.violation(owner, path, found=f"{uri} {times} times", expected=FIT)


def _default(client: Resource, judge: Judge) -> Iterator[Finding]:
    """Cognito redirects to the default when a request names no URI, and takes none but a registered one."""
    default, callbacks = client.get(DEFAULT), texts(client.get("callbackUrls"))
    if default in (MISSING, ""):
        return
    if not isinstance(default, str):
        yield judge.undecided(client, DEFAULT, expected=REGISTERED)
    elif normalised(default) not in map(normalised, callbacks.known):
        if reason := fault(default):
            yield judge.violation(client, DEFAULT, found=f"{default} ({reason})", expected=FIT)
        elif callbacks.whole:
            yield judge.violation(client, DEFAULT, found=default, expected=REGISTERED)
        else:
            yield judge.undecided(client, DEFAULT, expected=REGISTERED)


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


def _belong_nowhere(strays: list[Resource], judge: Judge) -> Iterator[Finding]:
    """Two clients that redirect and belong to no application could differ unseen."""
    sure = [client for client in strays if REDIRECTING.intersection(_flows(client).known)]
    maybe = [client for client in strays if client not in sure and not _flows(client).whole]
    if len(sure) > 1:
        for client in sure:
            found = f"{client.name} belongs to no application"
            yield judge.violation(client, "parent", found=found, expected=OWNED)
    elif len(sure) + len(maybe) > 1:
        for client in maybe:
            yield judge.undecided(client, spelled(client, FLOWS), expected=OWNED)
