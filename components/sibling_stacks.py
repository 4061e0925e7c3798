"""What the applications publish about sibling stacks, so that the policy pack can compare redirect URIs with theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.drill_client import DRILL, drill_application
from settings import Application, Difference, Redirects, Settings, Siblings

Facts = dict[str, Any]


def sibling_facts(settings: Settings, siblings: Siblings) -> Facts:
    """The output `siblings`, each with its declared differences and its applications' redirect URIs; else nothing.

    This program deploys the sibling, too, so that stack has the application of probes and drills as well. Raises
    KeyError for a declared sibling whose URIs were not read.
    """
    drill = drill_application(settings)
    found = {
        name: {
            "hosts": dict(about.hosts),
            "onlyHere": _sets(about.only_here),
            "onlyThere": _sets(about.only_there),
            "applications": _sets({**siblings[name], DRILL: drill}),
        }
        for name, about in settings.siblings.items()
    }
    return {"siblings": found} if found else {}


def _sets(applications: Mapping[str, Redirects | Difference | Application]) -> Facts:
    return {
        name: {"callbackUrls": list(uris.callback_urls), "logoutUrls": list(uris.logout_urls)}
        for name, uris in applications.items()
    }
