"""Sibling stacks of generated settings: what the settings say of one, and the redirect URIs that it then has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from settings import Redirects, Siblings

LISTS: Final = ("callbackUrls", "logoutUrls")
OWN: Final = "https://only.example.org/there"


def sibling(applications: Mapping[str, Any], *, apart: bool) -> dict[str, Any]:
    """One sibling that has other hosts; `apart`: each stack has a URI, and that one an application, of its own."""
    first = min(applications)
    alone = {first: [applications[first]["callbackUrls"][0]]} if apart else {}
    hosts = {
        urlsplit(uri).hostname
        for name, about in applications.items()
        for key in LISTS
        for uri in about[key]
        if uri not in alone.get(name, [])
    }
    about = {"hosts": {f"there-{host}": str(host) for host in sorted(map(str, hosts))}}
    return about | ({"onlyHere": alone, "onlyThere": {first: [OWN], "only-there": [OWN]}} if apart else {})


def mirrored(values: Mapping[str, Any]) -> Siblings:
    """The redirect URIs of every sibling that these settings declare."""
    return {name: _mirror(values["applications"], about) for name, about in values.get("siblings", {}).items()}


def _mirror(applications: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Redirects]:
    there = {here: host for host, here in about["hosts"].items()}
    alone, more = about.get("onlyHere", {}), about.get("onlyThere", {})

    def moved(name: str, key: str) -> tuple[str, ...]:
        kept = [urlsplit(uri) for uri in applications.get(name, {}).get(key, []) if uri not in alone.get(name, [])]
        return tuple(parts._replace(netloc=there[str(parts.hostname)]).geturl() for parts in kept)

    return {
        name: Redirects.model_validate(
            {
                "callbackUrls": (*moved(name, "callbackUrls"), *more.get(name, [])),
                "logoutUrls": moved(name, "logoutUrls"),
            }
        )
        for name in {**applications, **more}
    }
