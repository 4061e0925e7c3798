"""Sibling stacks: an application's redirect URIs differ from another stack's only where the stack file says so.

The component `Applications` publishes, under `siblings`, each sibling's redirect URIs and the declared differences:
hosts (there to here) and, by list, the URIs that only one of the two stacks has. A declared difference that is none any
more is wrong, too: it would excuse the next mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from .facts import MISSING, Resource, StackFacts, Texts
from .findings import Finding, Judge
from .sibling_facts import WEB, Own, Sibling, entries, lacks
from .sibling_scope import uncompared
from .types import APPLICATION, APPLICATIONS
from .uris import LISTS

READABLE: Final = "what the sibling's stack file says"
NAMED: Final = "the name by which siblings know the application"


def undeclared_differences(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Every difference from a sibling that is not declared, every declared one that is none, and what is left out."""
    for component in stack.of_type(APPLICATIONS):
        siblings = component.get("siblings")
        if siblings is MISSING:
            continue
        if not isinstance(siblings, Mapping):
            yield judge.undecided(component, "siblings", expected=READABLE)
        below = stack.below(component, APPLICATION)
        named = [one for one in below if isinstance(one.get("application"), str)]
        own = Own(applications=named, whole=len(named) == len(below))
        yield from (judge.undecided(one, "application", expected=NAMED) for one in below if one not in named)
        for name, about in entries(siblings).items():
            yield from _judged(component, own, Sibling(name=name, about=about), judge)
    yield from uncompared(stack, judge)


def _judged(component: Resource, own: Own, sibling: Sibling, judge: Judge) -> Iterator[Finding]:
    yield from (judge.undecided(component, path, expected=READABLE) for path in sibling.unreadable())
    wanted = f"those of {sibling.name}, or the difference under cognito-dr:{sibling.path} in the stack file"
    names = {*sibling.applications("applications"), *(one.get("application") for one in own.applications)}
    for application in names:
        for key in LISTS:
            if words := ", ".join(_differences(own, sibling, application, key)):
                path = f"{sibling.path}.applications.{application}.{key}"
                place = next(((one, key) for one in own.named(application)), (component, path))
                yield judge.violation(*place, found=f"{application} {words}", expected=wanted)
    for key, why in [*_stale(own, sibling), *_unserved(own, sibling)]:
        path = f"{sibling.path}.{key}"
        wanted = f"a difference from {sibling.name}, or no entry under cognito-dr:{path} in the stack file"
        yield judge.violation(component, path, found=why, expected=wanted)


def _differences(own: Own, sibling: Sibling, application: str, key: str) -> Iterator[str]:
    """In one list of one application. What is not known excuses what it may be, and nothing else."""
    here, expected = own.uris(application, key), sibling.expected(application, key)
    only_here, only_there = (sibling.declared(only, application, key) for only in ("onlyHere", "onlyThere"))
    for uri in sorted(set(sibling.there(application, key).known)):
        moved = sibling.moved(uri)
        if moved is not None and lacks(here, moved) and lacks(only_there, uri):
            yield f"without {moved} that {sibling.name} has" + (f" as {uri}" if moved != uri else "")
    for uri in sorted(set(here.known)):
        if lacks(expected, uri) and lacks(only_here, uri):
            yield f"with {uri} that {sibling.name} has not"


def _stale(own: Own, sibling: Sibling) -> Iterator[tuple[str, str]]:
    """Each URI that is declared as a difference of a list and certainly is none in it, with where it is declared."""
    for application in sibling.applications("onlyHere"):
        for key in LISTS:
            here, expected = own.uris(application, key), sibling.expected(application, key)
            for uri in sibling.declared("onlyHere", application, key).known:
                if why := _none(uri, uri, here, expected, "this stack has not", f"{sibling.name} has as well"):
                    yield f"onlyHere.{application}.{key}", f"{uri} that {why}"
    for application in sibling.applications("onlyThere"):
        for key in LISTS:
            there, here = sibling.there(application, key), own.uris(application, key)
            for uri in sibling.declared("onlyThere", application, key).known:
                like = sibling.moved(uri)
                if why := _none(uri, like, there, here, f"{sibling.name} has not", "this stack has as well"):
                    yield f"onlyThere.{application}.{key}", f"{uri} that {why}"


def _none(uri: str, like: str | None, owner: Texts, other: Texts, absent: str, shared: str) -> str | None:
    """Why a URI is no difference: its owner does not have it, or the other stack has its like."""
    if lacks(owner, uri):
        return absent
    return shared if like in other.known else None


def _unserved(own: Own, sibling: Sibling) -> Iterator[tuple[str, str]]:
    """Each declared host that certainly is in no redirect URI of the sibling's but those that it has alone."""
    names = sibling.applications("applications")
    lists = [(name, key, sibling.there(name, key)) for name in names for key in LISTS]
    if isinstance(sibling.part("applications"), Mapping) and all(there.whole for _, _, there in lists):
        every = [(name, key, uri) for name, key, there in lists for uri in there.known]
        used = _hosts(uri for _, _, uri in every)
        served = _hosts(uri for name, key, uri in every if not _apart(own, sibling, name, key, uri))
        for host in sibling.hosts:
            if host not in served:
                other = " but those under onlyThere" if host in used else ""
                yield "hosts", f"{host} that no URI of {sibling.name} has{other}"


def _apart(own: Own, sibling: Sibling, application: str, key: str, uri: str) -> bool:
    """Whether a URI is declared as one that only the sibling has, and certainly is."""
    declared, like = sibling.declared("onlyThere", application, key), sibling.moved(uri)
    return uri in declared.known and like is not None and lacks(own.uris(application, key), like)


def _hosts(uris: Iterable[str]) -> set[str]:
    return {found[2] for uri in uris if (found := WEB.match(uri))}
