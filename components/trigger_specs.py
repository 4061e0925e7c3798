"""Which Lambda triggers the pool has, and what each needs: adding one is one entry here and a folder in functions/."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.sources import code_sha256, sources
from settings import Settings


def no_environment(settings: Settings) -> dict[str, str]:
    """For a trigger that needs no configuration."""
    return {}


def claims_environment(settings: Settings) -> dict[str, str]:
    """The claims to add, the same text in both Regions."""
    claims: dict[str, Any] = {"attributes": dict(settings.claims.attributes)}
    if settings.claims.groups:
        claims["groups"] = {
            "claim": settings.claims.groups.claim,
            "names": dict(settings.claims.groups.names),
        }
    return {"CLAIMS": json.dumps(claims, sort_keys=True)}


@dataclass(frozen=True, kw_only=True)
class TriggerSpec:
    """One trigger: its folder under functions/, how Cognito names it, its environment and its smoke test's event.

    `lambda_config` are keys of the pool's LambdaConfig (snake case) that take the function's ARN; with
    `event_version` there is also `<first key>_config` with that version.
    """

    folder: str
    lambda_config: tuple[str, ...]
    trigger_source: str
    event_version: str | None = None
    environment: Callable[[Settings], dict[str, str]] = no_environment

    @property
    def suffix(self) -> str:
        """What the function's name ends with."""
        return self.folder.replace("_", "-")

    def sources(self) -> dict[str, Path]:
        """The function's files by their name in the archive."""
        return sources(self.folder)

    def code_sha256(self) -> str:
        """The digest of its source."""
        return code_sha256(self.folder)

    def smoke_event(self, settings: Settings, region: str) -> str:
        """The event of a made-up sign-in: a user with every claimed attribute, in every claimed group."""
        groups = settings.claims.groups
        attributes = dict.fromkeys(settings.claims.attributes, "smoke-test") | {"sub": "smoke-test"}
        event = {
            "version": "2" if self.event_version else "1",
            "triggerSource": self.trigger_source,
            "region": region,
            "userPoolId": settings.pool.id,
            "userName": "smoke-test",
            "callerContext": {"awsSdkVersion": "smoke-test", "clientId": "smoke-test"},
            "request": {
                "userAttributes": attributes,
                "groupConfiguration": {"groupsToOverride": sorted(groups.names) if groups else []},
                "newDeviceUsed": False,
            },
            "response": {},
        }
        return json.dumps(event, sort_keys=True)


TRIGGERS = (
    TriggerSpec(
        folder="pre_token_generation",
        lambda_config=("pre_token_generation",),
        trigger_source="TokenGeneration_Authentication",
        event_version="V2_0",
        environment=claims_environment,
    ),
    TriggerSpec(
        folder="post_authentication",
        lambda_config=("post_authentication",),
        trigger_source="PostAuthentication_Authentication",
    ),
)


def lambda_config(arns: Mapping[str, Any]) -> dict[str, Any]:
    """The pool's LambdaConfig in one Region, from each trigger's ARN by folder."""
    config: dict[str, Any] = {}
    for spec in TRIGGERS:
        arn = arns[spec.folder]
        config |= dict.fromkeys(spec.lambda_config, arn)
        if spec.event_version:
            config[f"{spec.lambda_config[0]}_config"] = {"lambda_arn": arn, "lambda_version": spec.event_version}
    return config
