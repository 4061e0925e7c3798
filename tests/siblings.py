"""Sibling stacks of generated settings: what the settings say of one, and the redirect URIs that it then has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from settings import Redirects, Siblings

LISTS: Final = ("callbackUrls", "logoutUrls")
OWN: Final = "https://only.example.org/there"
OUT: Final = "https://only.example.org/out"


def sibling(applications: Mapping[str, Any], *, apart: bool) -> dict[str, Any]:
    """One sibling that has other hosts; `apart`: each stack has a URI, and that one an application, of its own."""
    first = min(applications)
    alone = {first: {"callbackUrls": [applications[first]["callbackUrls"][0]]}} if apart else {}
    hosts = {
        urlsplit(uri).hostname
        for name, about in applications.items()
        for key in LISTS
        for uri in about[key]
        if uri not in _of(alone, name, key)
    }
    about = {"hosts": {f"there-{host}": str(host) for host in sorted(map(str, hosts))}}
    more = {first: {"callbackUrls": [OWN], "logoutUrls": [OUT]}, "only-there": {"callbackUrls": [OWN]}}
    return about | ({"onlyHere": alone, "onlyThere": more} if apart else {})


def mirrored(values: Mapping[str, Any]) -> Siblings:
    """The redirect URIs of every sibling that these settings declare."""
    return {name: _mirror(values["applications"], about) for name, about in values.get("siblings", {}).items()}


def _mirror(applications: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Redirects]:
    there = {here: host for host, here in about["hosts"].items()}
    alone, more = about.get("onlyHere", {}), about.get("onlyThere", {})

    def moved(name: str, key: str) -> tuple[str, ...]:
        kept = [urlsplit(uri) for uri in _of(applications, name, key) if uri not in _of(alone, name, key)]
        return tuple(parts._replace(netloc=there[str(parts.hostname)]).geturl() for parts in kept)

    return {
        name: Redirects.model_validate({key: (*moved(name, key), *_of(more, name, key)) for key in LISTS})
        for name in {**applications, **more}
    }


def _of(applications: Mapping[str, Any], name: str, key: str) -> list[str]:
    """One list of an application, empty where there is none."""
    return applications.get(name, {}).get(key, [])
