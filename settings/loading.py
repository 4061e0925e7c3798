"""Turns the values of a stack file into settings, or says everything that is wrong with them at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from settings import rules
from settings.errors import MISSING, Path, Problem, SettingsError
from settings.model import Settings
from settings.values import RULE

SECRETIVE = re.compile(r"secret|password|private|token", re.IGNORECASE)
KINDS = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "mapping_type": "an object",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
}


def load(values: Mapping[str, Any], source: str) -> Settings:
    """The settings of a stack.

    `values` are the stack file's values by key, without the prefix `cognito-dr:`; `source` is the file's name, for
    messages. Raises SettingsError with all problems of the file.
    """
    settings, problems = None, list(unquoted_keys(values))
    values = with_text_keys(values)
    try:
        # JSON and not Python values: strict checking then takes a list for a tuple, as YAML writes it.
        settings = Settings.model_validate_json(json.dumps(values, default=str))
    except ValidationError as error:
        problems += [problem_of(details) for details in error.errors()]
    said = {problem.path for problem in problems}
    problems += [problem for problem in rules.broken(values) if problem.path not in said]
    if problems or settings is None:
        raise SettingsError(source, problems)
    return settings


def unquoted_keys(values: Any, path: Path = ()) -> Iterator[Problem]:
    """Keys that YAML reads as numbers, truth values or dates: all our keys are texts."""
    if isinstance(values, Mapping):
        for key, value in values.items():
            if not isinstance(key, str):
                rule = f'must be a text, because all keys are. Put it in quotes: "{key}".'
                yield Problem(path=path, found=key, rule=rule)
            yield from unquoted_keys(value, (*path, str(key)))
    elif isinstance(values, (list, tuple)):
        for place, value in enumerate(values):
            yield from unquoted_keys(value, (*path, place))


def with_text_keys(values: Any) -> Any:
    """The values with every key a text, so that the other rules can be asked, too."""
    if isinstance(values, Mapping):
        return {str(key): with_text_keys(value) for key, value in values.items()}
    return [with_text_keys(value) for value in values] if isinstance(values, (list, tuple)) else values


def problem_of(details: ErrorDetails) -> Problem:
    """One finding of pydantic in our own words."""
    path = tuple(part for part in details["loc"] if part != "[key]")
    found: Any = details["input"]
    match details["type"]:
        case "missing":
            found, rule = MISSING, "must be set, because there is no default for it. Add the key."
        case "extra_forbidden" if SECRETIVE.search(str(path[-1])):
            found = "there"  # and not what it is: messages are read by many
            rule = (
                "must not be there, because a stack file is read by everybody who reads the repository. Remove it; the "
                "secret of an identity provider's client belongs encrypted under identityProviderSecrets."
            )
        case "extra_forbidden":
            rule = "must not be there, because this program knows no such key. Remove it or mend its spelling."
        case kind if kind == RULE:
            rule = details["msg"]
        case kind if kind in KINDS:
            rule = f"must be {KINDS[kind]}, because the key has this type. Set one."
        case _:
            rule = f"must be another value, because {details['msg'].lower()}. Mend it."
    return Problem(path=path, found=found, rule=rule)


def known_keys() -> Iterator[str]:
    """The keys that a stack file may have, as the file spells them."""
    for name, field in Settings.model_fields.items():
        yield field.alias or name
