"""A key policy's statements in one form, whatever spelling AWS allows.

String or list, JSON text or object, any case of elements, operators and keys.
Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

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
# Operators that pin a key to the values named. IfExists, set operators, negated and unknown operators let a
# request pass that lacks the key or carries another value, so they pin nothing.
PINNING: Final = frozenset({"stringequals", "stringlike", "arnequals", "arnlike"})


class Unreadable(ValueError):  # noqa: N818 - says what the policy is
    """The policy is not one that KMS would accept."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement. `pins` holds, for a key in lower case, sets of values: a request must match each set.

    Two sets are never intersected as text: `*` and `arn:*` share no spelling and yet admit everything.
    """

    name: str
    allows: bool
    principals: tuple[tuple[str, str], ...]
    actions: tuple[str, ...]
    inverted: bool
    pins: Mapping[str, list[frozenset[str]]]


def parsed(policy: Any) -> list[Any]:
    """The raw statements of a policy given as JSON text or as an object."""
    if isinstance(policy, str):
        try:
            policy = json.loads(policy, object_pairs_hook=_without_repeats)
        except (ValueError, RecursionError) as error:
            raise Unreadable("no JSON text") from error
    if not isinstance(policy, Mapping):
        raise Unreadable("no policy document")
    found = listed(policy.get("Statement"))
    if not found:
        raise Unreadable("no statement")
    return found


def listed(value: Any) -> list[Any]:
    """A single value as a list of one."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def read(raw: Any, index: int) -> Statement:
    """One statement in the form that the judge reads."""
    if not isinstance(raw, Mapping):
        raise Unreadable(f"statement {index} is no object")
    parts = {str(key).lower(): value for key, value in raw.items()}
    name = str(parts.get("sid") or f"statement {index}")
    if len(parts) != len(raw) or not parts.keys() <= ELEMENTS or parts.get("effect") not in ("Allow", "Deny"):
        raise Unreadable(f"{name} has elements that a policy does not have")
    inverted = bool({"notprincipal", "notaction", "notresource"} & parts.keys())
    return Statement(
        name=name,
        allows=parts["effect"] == "Allow",
        principals=tuple(_principals(parts.get("principal"), name)),
        actions=tuple(_texts(parts.get("action"), name)),
        inverted=inverted,
        pins=_pins(parts.get("condition"), name),
    )


def _principals(value: Any, name: str) -> list[tuple[str, str]]:
    if value is None:
        return []
    if value == "*":
        return [("AWS", "*")]
    if not isinstance(value, Mapping):
        raise Unreadable(f"{name} has no readable principal")
    return [(str(kind), who) for kind, names in value.items() for who in _texts(names, name)]


def _pins(value: Any, name: str) -> dict[str, list[frozenset[str]]]:
    """The values that pinning operators name for each key."""
    pins: dict[str, list[frozenset[str]]] = {}
    if value is not None and not isinstance(value, Mapping):
        raise Unreadable(f"{name} has no readable condition")
    for operator, keys in (value or {}).items():
        if not isinstance(keys, Mapping):
            raise Unreadable(f"{name} has no readable condition")
        if str(operator).lower() not in PINNING:
            continue
        for key, wanted in keys.items():
            pins.setdefault(str(key).lower(), []).append(frozenset(_texts(wanted, name)))
    return pins


def _texts(value: Any, name: str) -> list[str]:
    found = listed(value)
    if not all(isinstance(item, str) for item in found):
        raise Unreadable(f"{name} has a value that is no text")
    return found


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key twice")
    return made
