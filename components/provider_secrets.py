"""Secrets of identity providers' clients: encrypted in the stack file, unseen by the settings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pulumi

from settings import Problem, Secrecy
from settings.look import entries
from settings.yaml_text import UnreadableError, read_yaml

KEY = "identityProviderSecrets"


def provider_secrets() -> pulumi.Output[Mapping[str, str]]:
    """The clients' secrets by provider, as one secret output."""
    return pulumi.Output.from_input(pulumi.Config().get_secret_object(KEY) or {})


def secrecy(stack_file: Path) -> dict[str, Any]:
    """What the settings may know: by provider whether its secret is there and encrypted, never the value.

    The engine tells for a whole key whether anything in it is encrypted; which of several entries is not, only the
    stack file shows, where it lies beside the program.
    """
    name = pulumi.Config().full_key(KEY)
    known = shown(_read(pulumi.runtime.get_config(name)), encrypted=pulumi.runtime.is_config_secret(name))
    return known | dict.fromkeys(written_plain(stack_file, name) & known.keys(), Secrecy.PLAIN)


def encrypted_elsewhere(keys: Iterable[str]) -> Iterator[Problem]:
    """Keys that are encrypted although their values end up in resources, manifest and messages, where all can read."""
    config = pulumi.Config()
    for key in keys:
        if pulumi.runtime.is_config_secret(config.full_key(key)):
            rule = (
                "must not be encrypted, because resources and manifest show its values to everybody. Set it without "
                f"--secret; only {KEY} is kept secret."
            )
            yield Problem(path=(key,), found="encrypted", rule=rule)


def _read(text: str | None) -> Any:
    try:
        return json.loads(text or "{}")
    except ValueError:
        return text


def shown(secrets: Any, *, encrypted: bool) -> dict[str, Any]:
    """Each secret's name with what is known about it; what is no object by name is plain text, whatever it says."""
    if not isinstance(secrets, Mapping):
        return {"*": Secrecy.PLAIN}
    kind = Secrecy.ENCRYPTED if encrypted else Secrecy.PLAIN
    return {str(name): kind if isinstance(text, str) and text else Secrecy.EMPTY for name, text in secrets.items()}


def written_plain(stack_file: Path, key: str) -> set[str]:
    """The providers whose secret a stack file shows; none where there is no such file or it cannot be read."""
    try:
        content = read_yaml(stack_file)
    except UnreadableError:
        return set()
    return {name for name, text in entries(content, "config", key) if isinstance(text, str)}
