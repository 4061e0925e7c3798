"""Secrets of identity providers' clients: encrypted in the stack file, unseen by the settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pulumi

from settings import Secrecy

KEY = "identityProviderSecrets"


def provider_secrets() -> pulumi.Output[Mapping[str, str]]:
    """The clients' secrets by provider, as one secret output."""
    return pulumi.Output.from_input(pulumi.Config().get_secret_object(KEY) or {})


def secrecy() -> dict[str, Any]:
    """What the settings may know: by provider whether its secret is there and encrypted, never the value.

    The engine tells for the whole key, not for each provider, whether anything in it is encrypted.
    """
    name = pulumi.Config().full_key(KEY)
    return shown(_read(pulumi.runtime.get_config(name)), encrypted=pulumi.runtime.is_config_secret(name))


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
