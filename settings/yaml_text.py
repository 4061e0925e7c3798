"""Reads YAML and says what is wrong without quoting it: the line of a stack file that is wrong may hold a secret."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import yaml
from yaml.constructor import ConstructorError
from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError

from settings.loading import with_text_keys

QUOTED: Final = re.compile(r"""'(\\?.|<[^']*>)'|['"].*""", re.DOTALL)
"""What PyYAML quotes: one character or a kind of token, else a name or a value from the file."""
MISFIT: Final = "found a value that is not what its form or tag says"


class UnreadableError(ValueError):
    """What is wrong, with line and column where they are known, and no text of the file."""


class _Loader(yaml.SafeLoader):
    """PyYAML's own constructors let Python's errors through, which quote the value and have no line."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, LookupError, AttributeError, TypeError):
            raise ConstructorError(None, None, MISFIT, node.start_mark) from None


def read_yaml(file: Path) -> Any:
    """The file's content with every key a text. Raises UnreadableError."""
    try:
        text = file.read_text(encoding="utf-8")
        return with_text_keys(yaml.load(text, _Loader))  # noqa: S506 - a safe loader
    except OSError as error:
        raise UnreadableError(str(error.strerror)) from None
    except UnicodeDecodeError as error:
        raise UnreadableError(f"byte {error.start + 1} is no UTF-8: {error.reason}") from None
    except MarkedYAMLError as error:
        raise UnreadableError(_said(error)) from None
    except ReaderError as error:
        before = text[: error.position]
        place = _place(before.count("\n"), len(before.rpartition("\n")[2]))
        raise UnreadableError(f"the character {error.character:#06x} is not allowed{place}") from None
    except RecursionError:
        raise UnreadableError("it nests without end") from None


def _said(error: MarkedYAMLError) -> str:
    words = " ".join(f"{error.context or ''} {error.problem or ''}".split())
    mark = error.problem_mark or error.context_mark
    return QUOTED.sub(lambda found: found[0] if found[1] else "...", words) + (
        _place(mark.line, mark.column) if mark else ""
    )


def _place(line: int, column: int) -> str:
    return f" (line {line + 1}, column {column + 1})"
