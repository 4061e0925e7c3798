"""Sibling stacks that drift apart: what is changed in one of two, and differences that nobody takes back."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from tests.policies.mutants.edits import GONE, Edit, all_of, put, put_field
from tests.policies.mutants.kit import Maker, Mutant
from tests.siblings import OUT

NEW: Final = "https://new.example.org/callback"
HELP: Final = {"callbackUrls": ["https://help.example.org/"], "logoutUrls": []}
ALONE: Final = str(urlsplit(OUT).hostname)
ELSEWHERE: Final = "urn:pulumi:generated::cognito-dr::a:b:C::x"


def _there(part: str, value: Any) -> Edit:
    """Another part of what is published about the sibling `main`."""
    return put("Applications", f"siblings.main.{part}", value)


def _one_more(old: list[str]) -> list[str]:
    return [*old, NEW]


def _only(part: str) -> Edit:
    """One more declared difference of the shop."""
    return _there(part, lambda old: {**old, "shop": _more(old.get("shop", {}), "callbackUrls", NEW)})


def _more(lists: dict[str, list[str]], key: str, *uris: str) -> dict[str, list[str]]:
    return {**lists, key: [*lists.get(key, []), *uris]}


def _as_callback() -> Edit:
    """What is declared as a logout URI of the sibling's alone gets users' codes there."""
    declared = _there("onlyThere.shop.logoutUrls.0", lambda old: old)  # only where there is one
    return all_of(declared, _there("applications.shop", lambda old: _more(old, "callbackUrls", OUT)))


SHARED: Final = all_of(
    _there("hosts", lambda old: old),  # only where there is such a sibling
    put("Application", "callbackUrls", _one_more, "application-shop"),
    put("UserPoolClient", "callbackUrls", _one_more, "*shop-", every=True),
)
"""The shop and its clients have one more callback."""


def _drifted() -> list[tuple[str, Edit]]:
    """One of the two stacks was changed."""
    return [
        ("the sibling has one more callback", _there("applications.shop.callbackUrls", _one_more)),
        ("the sibling has one more logout", _there("applications.shop.logoutUrls", _one_more)),
        ("this stack has one more callback", SHARED),
        ("the sibling has one more application", _there("applications", lambda old: {**old, "help": HELP})),
        ("the sibling lacks the application", _there("applications.shop", GONE)),
        ("the drill's client differs", _there("applications.drill.callbackUrls.0", NEW)),
        ("other hosts", _there("hosts", lambda old: {host: f"x-{here}" for host, here in old.items()})),
        ("hosts that nobody declares", _there("hosts", {})),
        ("only here, which nobody declares", _there("onlyHere.shop", lambda old: {})),
        ("only there, which nobody declares", _there("onlyThere.shop", lambda old: {})),
        ("a logout difference used as callback", _as_callback()),
    ]


def _kept() -> list[tuple[str, Edit]]:
    """What is declared is no difference any more."""
    both = all_of(SHARED, _there("applications.shop.callbackUrls", _one_more))
    return [
        (
            "a host that the sibling does not use",
            _there("hosts", lambda old: {**old, "old.example.org": "a.example.org"}),
        ),
        (
            "a host that the sibling uses where it differs anyway",
            all_of(_there("onlyThere.shop", lambda old: old), _there("hosts", lambda old: {**old, ALONE: "a.test"})),
        ),
        ("only here, and not even here", _only("onlyHere")),
        ("only there, and not even there", _only("onlyThere")),
        ("only here, and there as well", all_of(_only("onlyHere"), both)),
        ("only there, and here as well", all_of(_only("onlyThere"), both)),
    ]


def _made() -> list[Mutant]:
    maker = Maker("redirect-uris-identical")
    moved = put_field("Application", "parent", ELSEWHERE, "application-shop")
    return [
        *(maker.component(f"siblings: {name}", edit) for name, edit in [*_drifted(), *_kept()]),
        maker.state(
            "siblings: an application out of what is compared", all_of(_there("hosts", lambda old: old), moved)
        ),
    ]


MUTANTS: Final = _made()
