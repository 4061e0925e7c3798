"""Deploys one stack of the identity platform from its stack file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pulumi

from components import provider_secrets
from components.identity_platform import IdentityPlatform
from settings import Settings, SettingsError, known_keys, load, read_siblings
from settings.rollout_record import record_file, unmet

TEXTS = frozenset({"account", "name"})
"""Keys whose value is a text; every other is JSON."""
PROJECT, STACK = Path(pulumi.get_root_directory()), pulumi.get_stack()
FILE = f"Pulumi.{STACK}.yaml"


def stack_values() -> dict[str, Any]:
    """The values of the stack file that are set, by key; Pulumi.yaml gives an absent object the default `{}`."""
    config = pulumi.Config()
    shown = [key for key in known_keys() if key != provider_secrets.KEY]
    if problems := list(provider_secrets.encrypted_elsewhere(shown)):
        raise SettingsError(FILE, problems)
    found = {key: config.get(key) if key in TEXTS else config.get_object(key) for key in shown}
    found[provider_secrets.KEY] = provider_secrets.secrecy(PROJECT / FILE)
    return {key: value for key, value in found.items() if value not in (None, {}, [])}


def demand_record(settings: Settings) -> None:
    """An update goes on to a phase only after a look from outside; a preview only says what is missing."""
    problem = unmet(settings, PROJECT / record_file(settings, STACK))
    if problem is None:
        return
    if not pulumi.runtime.is_dry_run():
        raise pulumi.RunError(problem)
    pulumi.log.warn(problem)


try:
    settings = load(stack_values(), FILE)
    siblings = read_siblings(settings, PROJECT, STACK)
except SettingsError as error:
    raise pulumi.RunError(str(error)) from None

demand_record(settings)
platform = IdentityPlatform(settings, siblings, provider_secrets.provider_secrets())
pulumi.export("manifest", platform.manifest)
if platform.verdict_url is not None:
    pulumi.export("verdictUrl", pulumi.Output.secret(platform.verdict_url))
