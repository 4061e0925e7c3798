"""What is known of the redirect URIs of this stack and of a sibling: plain data, every part of which may be unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from .facts import MISSING, UNKNOWN, Resource, Texts, texts
from .uris import normalised

WEB: Final = re.compile(r"(https?://(?:[^/?#]*@)?)(\[[^]]*\]|[^/?#:]*)")
"""What precedes a host, and the host. A URI of an application's own scheme has none."""


@dataclass(frozen=True, kw_only=True)
class Own:
    """This stack's applications that have a known name; `whole` is False when there are others, which may be any."""

    applications: list[Resource]
    whole: bool

    def named(self, name: str) -> list[Resource]:
        """The application of this name; none where the stack does not have it."""
        return [one for one in self.applications if one.get("application") == name]

    def uris(self, name: str, key: str) -> Texts:
        """One list of an application; an empty one where the stack does not have it."""
        lists = [_uris(one.get(key)) for one in self.named(name)]
        known = [uri for some in lists for uri in some.known]
        return Texts(known=known, whole=self.whole and all(some.whole for some in lists))


@dataclass(frozen=True, kw_only=True)
class Sibling:
    """One sibling as the component publishes it, with the differences from it that the stack file declares."""

    name: str
    about: Any

    @property
    def path(self) -> str:
        """Where the component has it; after `cognito-dr:` also where the stack file does."""
        return f"siblings.{self.name}"

    def part(self, key: str, *keys: str) -> Any:
        """A part of what is published. No sibling is without applications, so where they lack they are unknown."""
        found = _at(self.about, key)
        return _at(UNKNOWN if key == "applications" and found is MISSING else found, *keys)

    def applications(self, key: str) -> list[str]:
        """The names of the applications in a part."""
        return list(entries(self.part(key)))

    @cached_property
    def hosts(self) -> Mapping[str, str | None]:
        """This stack's host by the sibling's, each in one spelling; None for one that is not known yet."""
        hosts = sorted(entries(self.part("hosts")).items())
        return {_host(there): _host(here) if isinstance(here, str) else None for there, here in hosts}

    def there(self, application: str, key: str) -> Texts:
        """One list of an application of the sibling's, in its own spelling."""
        return _uris(self.part("applications", application, key))

    def moved(self, uri: str) -> str | None:
        """A URI of the sibling's on the host that it has here; None while that is not known."""
        found, hosts = WEB.match(uri), self.part("hosts")
        if found is None:
            return uri
        known = hosts is MISSING or isinstance(hosts, Mapping)
        host = self.hosts.get(found[2], found[2]) if known else None
        return None if host is None else f"{found[1]}{host}{uri[found.end() :]}"

    def expected(self, application: str, key: str) -> Texts:
        """The sibling's list on this stack's hosts."""
        there = self.there(application, key)
        known = [uri for uri in map(self.moved, there.known) if uri is not None]
        return Texts(known=known, whole=there.whole and len(known) == len(there.known))

    def declared(self, only: str, application: str, key: str) -> Texts:
        """What `onlyHere` or `onlyThere` names of one list of an application."""
        return _uris(self.part(only, application, key))

    def unreadable(self) -> Iterator[str]:
        """The paths of what is unknown or malformed."""
        if not isinstance(self.about, Mapping):
            yield self.path
            return
        hosts = self.part("hosts")
        lists = {there: [here] for there, here in hosts.items()} if isinstance(hosts, Mapping) else hosts
        yield from _unreadable(lists, f"{self.path}.hosts", 1)
        for key in ("onlyHere", "onlyThere", "applications"):
            yield from _unreadable(self.part(key), f"{self.path}.{key}", 2)


def entries(value: Any) -> Mapping[str, Any]:
    """The entries of an object; none of anything else."""
    return value if isinstance(value, Mapping) else {}


def lacks(some: Texts, uri: str) -> bool:
    """Whether a list certainly lacks a URI."""
    return some.whole and uri not in some.known


def _at(value: Any, *keys: str) -> Any:
    """The value at a path of keys, which may hold dots; what lies in no object is unknown."""
    for key in keys:
        if value is not MISSING:
            value = value.get(key, MISSING) if isinstance(value, Mapping) else UNKNOWN
    return value


def _unreadable(value: Any, path: str, depth: int) -> Iterator[str]:
    """What is no object down to a depth, or no list of texts there."""
    if depth and isinstance(value, Mapping):
        for key, item in value.items():
            yield from _unreadable(item, f"{path}.{key}", depth - 1)
    elif value is not MISSING and (depth or not texts(value).whole):
        yield path


def _uris(value: Any) -> Texts:
    read = texts(value)
    return Texts(known=list(map(normalised, read.known)), whole=read.whole)


def _host(host: str) -> str:
    """A host in one spelling."""
    return normalised(f"https://{host}").removeprefix("https://")
