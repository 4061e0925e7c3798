"""Reads what the stack files of siblings say about redirect URIs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from settings.errors import MISSING, Path, Problem, SettingsError
from settings.loading import problem_of
from settings.look import at, entries
from settings.model import Settings
from settings.values import Strict
from settings.yaml_text import UnreadableError, read_yaml

KEY = "cognito-dr:applications"


class Redirects(Strict):
    """The redirect URIs of an application of another stack; what else its file says is that stack's own business."""

    model_config = ConfigDict(extra="ignore")

    callback_urls: tuple[str, ...]
    logout_urls: tuple[str, ...] = ()


Siblings = Mapping[str, Mapping[str, Redirects]]
"""Redirect URIs by sibling stack and application."""
APPLICATIONS = TypeAdapter(dict[str, Redirects])


def read_siblings(settings: Settings, folder: FilePath, stack: str) -> Siblings:
    """The redirect URIs of every declared sibling, from the stack files in the project's folder.

    Raises SettingsError with what is wrong with the names, else with what is wrong with the first file that is. Only
    the redirect URIs are read, so a file may hold encrypted values elsewhere.
    """
    if problems := list(_unnamed(settings, folder, stack)):
        raise SettingsError(_file(stack), problems)
    return {name: _applications(folder / _file(name)) for name in settings.siblings}


def _file(stack: str) -> str:
    return f"Pulumi.{stack}.yaml"


def _unnamed(settings: Settings, folder: FilePath, stack: str) -> Iterator[Problem]:
    """Siblings that are this stack itself or that have no file."""
    there = sorted(file.name for file in folder.glob(_file("*")) if file.name != _file(stack))
    for name in settings.siblings:
        if name == stack:
            rule = "must be another stack, because a stack does not differ from itself. Name another or remove it."
            yield Problem(path=("siblings",), found=name, rule=rule)
        elif _file(name) not in there:
            rule = (
                f"must be a stack whose file {_file(name)} lies beside this one, because its redirect URIs are read "
                f"there. Name one of these files' stacks: {', '.join(there) or 'there is none'}."
            )
            yield Problem(path=("siblings",), found=name, rule=rule)


def _applications(file: FilePath) -> Mapping[str, Redirects]:
    found = _object(at(_content(file), "config", KEY))
    if not found:
        rule = "must be set, because a sibling declares this stack's redirect URIs to be like its own. Add the key."
        raise SettingsError(file.name, [Problem(path=("applications",), found=MISSING, rule=rule)])
    if encrypted := list(_encrypted(found)):
        raise SettingsError(file.name, encrypted)
    try:
        return APPLICATIONS.validate_json(json.dumps(found, default=str))
    except ValidationError as error:
        problems = [problem_of(details) for details in error.errors()]
        within = [replace(problem, path=("applications", *problem.path)) for problem in problems]
        raise SettingsError(file.name, within) from None


def _object(found: Any) -> Any:
    """`pulumi config set` writes an object as JSON text; any other text is the type check's."""
    if not isinstance(found, str):
        return found
    try:
        return json.loads(found)
    except (ValueError, RecursionError):
        return found


def _encrypted(found: Any) -> Iterator[Problem]:
    """What is read and is encrypted; the ciphertext is not told."""
    for path, value in _parts(found):
        if isinstance(value, Mapping) and value.keys() == {"secure"} and isinstance(value["secure"], str):
            rule = (
                "must be plain, because it is encrypted and so cannot be compared. Set it again without --secret: "
                "every sign-in shows its redirect URI."
            )
            yield Problem(path=path, found={"secure": "..."}, rule=rule)


def _parts(found: Any) -> Iterator[tuple[Path, Any]]:
    """Everything that is read, with its path: all applications, each one, its lists and their URIs."""
    yield ("applications",), found
    for name, about in entries(found):
        yield ("applications", name), about
        for key in ("callbackUrls", "logoutUrls"):
            uris = at(about, key)
            yield ("applications", name, key), uris
            for place, uri in enumerate(uris if isinstance(uris, list) else ()):
                yield ("applications", name, key, place), uri


def _content(file: FilePath) -> Any:
    """The file's content with every key a text."""
    try:
        return read_yaml(file)
    except UnreadableError as error:
        rule = "must be readable as YAML, because a sibling's redirect URIs are read there. Mend the file."
        raise SettingsError(file.name, [Problem(path=("config",), found=str(error), rule=rule)]) from None
