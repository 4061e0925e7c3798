"""Settings of sibling stacks: which other stack has the same applications, and what differs between the two.

Whoever changes a redirect URI in one of several stacks forgets the others. So the stack file names the stack that it is
to be like, and every difference; the policy pack refuses any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from ipaddress import IPv6Address
from typing import Any

from pydantic import Field

from settings import redirects
from settings.errors import Path, Problem
from settings.look import entries
from settings.values import Strict

STACK = re.compile(r"[A-Za-z0-9_.-]{1,100}")
"""What Pulumi takes as a stack's name, and no path."""


class Difference(Strict):
    """Redirect URIs of an application that one of two stacks has alone, by list: a callback URI gets a user's code, so
    none may come in by way of a logout URI that is declared.
    """

    callback_urls: tuple[str, ...] = ()
    logout_urls: tuple[str, ...] = ()


class Sibling(Strict):
    """What differs from one sibling stack.

    `hosts` is that stack's host name to this stack's; several of its hosts may be one here, because a small stack often
    serves under one name what a large one serves under many, and no URI on either side is left without its like.
    `only_here` and `only_there` are URIs by application, each as its own stack spells them.
    """

    hosts: Mapping[str, str] = Field(default_factory=dict)
    only_here: Mapping[str, Difference] = Field(default_factory=dict)
    only_there: Mapping[str, Difference] = Field(default_factory=dict)


def broken(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Every rule on siblings that the values break; what the sibling's own file has is not looked at."""
    declared = {name for name, _ in entries(values, "applications")}
    for name, about in entries(values, "siblings"):
        if not STACK.fullmatch(name):
            rule = "must be a stack's name, because its file Pulumi.<name>.yaml lies beside this one. Mend it."
            yield Problem(path=("siblings",), found=name, rule=rule)
        yield from _hosts(about, ("siblings", name, "hosts"))
        for key in ("onlyHere", "onlyThere"):
            yield from _empty(about, ("siblings", name, key))
        for application, _ in entries(about, "onlyHere"):
            if application not in declared:
                rule = (
                    "must be a declared application, because this stack has the URIs of no other. Declare it under "
                    "applications or mend its spelling."
                )
                yield Problem(path=("siblings", name, "onlyHere"), found=application, rule=rule)


def _empty(about: Any, path: Path) -> Iterator[Problem]:
    """Applications for which no URI is declared; another form than lists is the type check's."""
    for application, lists in entries(about, str(path[-1])):
        if isinstance(lists, Mapping) and all(uris in ([], ()) for uris in lists.values()):
            rule = (
                "must name a URI under callbackUrls or logoutUrls, because an empty declaration excuses nothing. Name "
                "one or remove the application here."
            )
            yield Problem(path=(*path, application), found=lists, rule=rule)


def _hosts(about: Any, path: Path) -> Iterator[Problem]:
    hosts = dict(entries(about, "hosts"))
    times = Counter(map(spelling, hosts))
    for there, here in hosts.items():
        if rule := _refusal(there):
            yield Problem(path=path, found=there, rule=rule)
        elif times[spelling(there)] > 1:
            rule = "must not be listed twice, in whatever spelling, because it has one host here. Remove one."
            yield Problem(path=path, found=there, rule=rule)
        if not isinstance(here, str):
            continue  # the type check's
        if rule := _refusal(here):
            yield Problem(path=(*path, there), found=here, rule=rule)
        elif spelling(here) == spelling(there):
            rule = "must be another host, because one that is the same in both stacks is no difference. Remove it."
            yield Problem(path=(*path, there), found=here, rule=rule)


NO_HOST = (
    "must be a host name such as shop.example.com, because scheme, port and path are the same in both stacks. "
    "Set the host alone."
)
BARE = "must be in brackets, because a URI has an IPv6 address so. Write it as [::1] is written."


def _refusal(host: str) -> str | None:
    """Why a text is no host as a URI has it, with the mend; None when it is one."""
    bracketed = host.startswith("[") and host.endswith("]")
    if _is_address(host[1:-1] if bracketed else host):
        return None if bracketed else BARE
    return None if ":" not in host and redirects.HOST.fullmatch(host) else NO_HOST


def _is_address(text: str) -> bool:
    try:
        return bool(redirects.HOST.fullmatch(text.lower()) and IPv6Address(text))
    except ValueError:
        return False


def spelling(host: str) -> str:
    """One spelling of a host name: no case, and internationalised labels as DNS has them.

    A label that would not come back from DNS's form stays: `straße` and `strasse` are two names to today's browsers.
    """
    return ".".join(map(_ascii, host.lower().split(".")))


def _ascii(label: str) -> str:
    try:
        encoded = label.encode("idna")
        return encoded.decode("ascii") if encoded.decode("idna") == label else label
    except UnicodeError:
        return label
