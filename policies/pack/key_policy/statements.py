"""A key policy's statements in one form, whatever spelling AWS allows.

String or list, JSON text or object, any case of elements, operators and keys.
Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from .actions import ALL, expanded
from .conditions import Condition, conditions, pins
from .texts import Unreadable, listed, texts

DOCUMENT: Final = frozenset({"version", "id", "statement"})
ELEMENTS: Final = frozenset(
    {
        "sid",
        "effect",
        "principal",
        "notprincipal",
        "action",
        "notaction",
        "resource",
        "notresource",
        "condition",
    }
)
Principals = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement. A principal is a kind and a name, such as ("Service", "cognito-idp.amazonaws.com")."""

    name: str
    allows: bool
    principals: Principals
    other_than: Principals
    actions: frozenset[str]
    inverted: bool
    resources: frozenset[str]
    conditions: tuple[Condition, ...]

    @cached_property
    def pins(self) -> Mapping[str, list[frozenset[str]]]:
        """What each key of a request must be, as far as the conditions pin it."""
        return pins(self.conditions)


def statements(policy: Any) -> tuple[list[Statement], list[str]]:
    """All statements that can be read, and what is wrong with the rest: one bad statement hides no other."""
    found: list[Statement] = []
    wrong: list[str] = []
    try:
        raw = _parsed(policy)
    except Unreadable as error:
        return [], [str(error)]
    for index, one in enumerate(raw, 1):
        try:
            found.append(_read(one, index))
        except Unreadable as error:
            wrong.append(str(error))
    return found, wrong


def _parsed(policy: Any) -> list[Any]:
    """The raw statements of a policy given as JSON text or as an object."""
    if isinstance(policy, str):
        try:
            policy = json.loads(policy, object_pairs_hook=_without_repeats)
        except (ValueError, RecursionError) as error:
            raise Unreadable("no JSON text") from error
    if not isinstance(policy, Mapping):
        raise Unreadable("no policy document")
    parts = _elements(policy, DOCUMENT, "the document")
    found = listed(parts.get("statement"))
    if not found:
        raise Unreadable("no statement")
    return found


def _elements(raw: Mapping[Any, Any], known: frozenset[str], name: str) -> dict[str, Any]:
    """The elements by their names in lower case; one that is there twice or not known is refused."""
    parts = {str(key).lower(): value for key, value in raw.items()}
    if len(parts) != len(raw) or not parts.keys() <= known:
        raise Unreadable(f"{name} has elements that a policy does not have")
    return parts


def _read(raw: Any, index: int) -> Statement:
    """One statement in the form that the judge reads."""
    if not isinstance(raw, Mapping):
        raise Unreadable(f"statement {index} is no object")
    sid = next((value for key, value in raw.items() if str(key).lower() == "sid"), None)
    name = str(sid or f"statement {index}")
    parts = _elements(raw, ELEMENTS, name)
    if parts.get("effect") not in ("Allow", "Deny"):
        raise Unreadable(f"{name} has the effect {parts.get('effect')!r}")
    statement = Statement(
        name=name,
        allows=parts["effect"] == "Allow",
        principals=_principals(parts.get("principal"), name),
        other_than=_principals(parts.get("notprincipal"), name),
        actions=_actions(parts, name),
        inverted=bool({"notprincipal", "notaction", "notresource"} & parts.keys()),
        resources=frozenset(texts(parts.get("resource"), name)),
        conditions=conditions(parts.get("condition"), name),
    )
    if statement.allows and not statement.inverted and not (statement.principals and statement.actions):
        raise Unreadable(f"{name} names no principal or no action")
    return statement


def _actions(parts: Mapping[str, Any], name: str) -> frozenset[str]:
    """Every action that the statement speaks of; an exclusion speaks of all others."""
    named = frozenset(one for pattern in texts(parts.get("action"), name) for one in expanded(pattern))
    if "notaction" not in parts:
        return named
    spared = frozenset(one for pattern in texts(parts["notaction"], name) for one in expanded(pattern))
    return named | (ALL - spared)


def _principals(value: Any, name: str) -> Principals:
    if value is None:
        return ()
    if value == "*":
        return (("AWS", "*"),)
    if not isinstance(value, Mapping):
        raise Unreadable(f"{name} has no readable principal")
    return tuple((str(kind), who) for kind, names in value.items() for who in texts(names, name))


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key twice")
    return made
