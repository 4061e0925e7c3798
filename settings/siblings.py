"""Settings of sibling stacks: which other stack has the same applications, and what differs between the two.

Whoever changes a redirect URI in one of several stacks forgets the others. So the stack file names the stack that it is
to be like, and every difference; the policy pack refuses any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from settings import redirects
from settings.errors import Path, Problem
from settings.look import entries
from settings.values import Strict

STACK = re.compile(r"[A-Za-z0-9_.-]{1,100}")
"""What Pulumi takes as a stack's name, and no path."""


class Sibling(Strict):
    """What differs from one sibling stack.

    `hosts` is that stack's host name to this stack's; several of its hosts may be one here, because a small stack often
    serves under one name what a large one serves under many, and no URI on either side is left without its like.
    `only_here` and `only_there` are callback or logout URIs by application, each as its own stack spells them.
    """

    hosts: Mapping[str, str] = Field(default_factory=dict)
    only_here: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    only_there: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


def broken(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Every rule on siblings that the values break; what the sibling's own file has is not looked at."""
    declared = {name for name, _ in entries(values, "applications")}
    for name, about in entries(values, "siblings"):
        if not STACK.fullmatch(name):
            rule = "must be a stack's name, because its file Pulumi.<name>.yaml lies beside this one. Mend it."
            yield Problem(path=("siblings",), found=name, rule=rule)
        yield from _hosts(about, ("siblings", name, "hosts"))
        for application, _ in entries(about, "onlyHere"):
            if application not in declared:
                rule = (
                    "must be a declared application, because this stack has the URIs of no other. Declare it under "
                    "applications or mend its spelling."
                )
                yield Problem(path=("siblings", name, "onlyHere"), found=application, rule=rule)


def _hosts(about: Any, path: Path) -> Iterator[Problem]:
    hosts = dict(entries(about, "hosts"))
    times = Counter(map(spelling, hosts))
    for there, here in hosts.items():
        if not _is_host(there):
            yield Problem(path=path, found=there, rule=NO_HOST)
        elif times[spelling(there)] > 1:
            rule = "must not be listed twice, in whatever spelling, because it has one host here. Remove one."
            yield Problem(path=path, found=there, rule=rule)
        if not isinstance(here, str):
            continue  # the type check's
        if not _is_host(here):
            yield Problem(path=(*path, there), found=here, rule=NO_HOST)
        elif spelling(here) == spelling(there):
            rule = "must be another host, because one that is the same in both stacks is no difference. Remove it."
            yield Problem(path=(*path, there), found=here, rule=rule)


NO_HOST = (
    "must be a host name such as shop.example.com, because scheme, port and path are the same in both stacks. "
    "Set the host alone."
)


def _is_host(text: str) -> bool:
    return ":" not in text and redirects.HOST.fullmatch(text) is not None


def spelling(host: str) -> str:
    """One spelling of a host name: no case, internationalised labels as DNS has them."""
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return host.lower()
