"""Values of a policy: one or a list, text or what JSON writes without quotes."""

from __future__ import annotations

from typing import Any


class Unreadable(ValueError):  # noqa: N818 - says what the policy is
    """The policy is not one that KMS would accept."""


def listed(value: Any) -> list[Any]:
    """A single value as a list of one."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def texts(value: Any, name: str) -> list[str]:
    """Every value as text. Raises Unreadable with the statement's name."""
    return [_text(item, name) for item in listed(value)]


def _text(item: Any, name: str) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, int) or (isinstance(item, float) and item.is_integer()):
        return str(int(item))  # the engine hands every number on as a float
    raise Unreadable(f"{name} has a value that is no text")
