"""What is wrong with a stack file: one line a problem, with key path, found value, rule and mend."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]


class Missing:
    """Stands for the value of a key that the stack file does not have."""


MISSING = Missing()


def text_of(path: Path) -> str:
    """A path as one would say it: `applications.shop.callbackUrls[0]`; names with dots or slashes in brackets."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.replace("-", "_").isidentifier():
            text += f".{part}" if text else part
        else:
            text += f'["{part}"]'
    return text


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One wrong place; `rule` reads `must …, because …. <mend>`."""

    path: Path
    found: Any
    rule: str

    def line(self, source: str) -> str:
        """The message for people, on one line."""
        match self.found:
            case Missing():
                found = "missing"
            case str():
                found = repr(self.found)
            case _:
                found = json.dumps(self.found, default=str)
        return f"{source}: {text_of(self.path)} is {found}: {self.rule}"


class SettingsError(ValueError):
    """A stack file breaks the rules; the text names every problem, a line each."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.lines = tuple(problem.line(source) for problem in problems)
        super().__init__("\n".join(self.lines))
