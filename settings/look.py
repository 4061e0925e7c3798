"""Looks into values whose shape nobody has checked yet: rules across keys run even when other keys are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def at(values: Any, *path: str) -> Any:
    """The value at a path of keys; None where there is none."""
    for key in path:
        values = values.get(key) if isinstance(values, Mapping) else None
    return values


def entries(values: Any, *path: str) -> Iterator[tuple[str, Any]]:
    """The entries of the object at a path; none where there is no object."""
    found = at(values, *path)
    if isinstance(found, Mapping):
        yield from found.items()


def texts(values: Any, *path: str) -> Iterator[tuple[int, str]]:
    """The texts in the list at a path, with their places; other elements are left to the type check."""
    found = at(values, *path)
    if isinstance(found, (list, tuple)):
        yield from ((place, text) for place, text in enumerate(found) if isinstance(text, str))


def clients(values: Any) -> Iterator[tuple[str, str, Any]]:
    """Application name, client name and client of every app client."""
    for application, about in entries(values, "applications"):
        for client, settings in entries(about, "clients"):
            yield application, client, settings
