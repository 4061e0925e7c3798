"""The pool's Lambda triggers in one Region: versions, smoke tests, the alias `live`, permissions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pulumi
import pulumi_aws as aws

from components.providers import RegionalProviders, child_of
from components.release import ARCHITECTURE, HANDLER, RUNTIME, ReleaseArgs, release
from components.trigger_specs import TRIGGERS, TriggerSpec, lambda_config
from settings import Settings


@dataclass(frozen=True, kw_only=True)
class RegionalTriggersArgs:
    """`after` are resources that must be done before any function of this Region changes."""

    settings: Settings
    region: str
    role: Literal["primary", "secondary"]
    providers: RegionalProviders
    after: Sequence[pulumi.Resource] = ()


class RegionalTriggers(pulumi.ComponentResource):
    """Every trigger in one Region.

    Each release is a published version. A smoke test calls that version with a recorded event, and only then the
    alias `live` moves to it. Cognito calls the alias, so a release that raises never serves a sign-in.
    """

    def __init__(self, name: str, args: RegionalTriggersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:RegionalTriggers", name, None, opts)
        self.args = args
        self.aliases: dict[str, aws.lambda_.Alias] = {}
        self.permissions: list[aws.lambda_.Permission] = []
        self.fingerprints: dict[str, dict[str, Any]] = {}
        for spec in TRIGGERS:
            self._trigger(spec)
        self.lambda_config = lambda_config({folder: alias.arn for folder, alias in self.aliases.items()})
        self.register_outputs(
            {
                "region": args.region,
                "role": args.role,
                "claimAttributes": sorted(args.settings.claims.attributes),
                "fingerprints": self.fingerprints,
            }
        )

    @property
    def ready(self) -> list[pulumi.Resource]:
        """What must be done before Cognito may be told of the triggers."""
        return [*self.aliases.values(), *self.permissions]

    def by_spec(self) -> list[tuple[TriggerSpec, aws.lambda_.Alias]]:
        """Each trigger with its alias `live`."""
        return [(spec, self.aliases[spec.folder]) for spec in TRIGGERS]

    def function_name(self, spec: TriggerSpec) -> str:
        """The physical name, the same in both Regions."""
        return f"{self.args.settings.name}-{spec.suffix}"

    def _trigger(self, spec: TriggerSpec) -> None:
        region, settings, physical = self.args.region, self.args.settings, self.function_name(spec)
        name, options = f"{physical}-{region}", child_of(self, self.args.providers.classic)
        environment = spec.environment(settings)
        args = ReleaseArgs(
            folder=spec.folder,
            physical=physical,
            region=region,
            account=settings.account,
            memory=settings.triggers.memory,
            timeout=settings.triggers.timeout,
            log_retention_days=settings.triggers.log_retention_days,
            environment=environment,
            smoke_event=spec.smoke_event(settings, region),
            after=self.args.after,
        )
        released = release(name, args, options)
        permission = aws.lambda_.Permission(
            f"{name}-cognito",
            statement_id="cognito",
            function=released.function.name,
            qualifier=released.alias.name,
            action="lambda:InvokeFunction",
            principal="cognito-idp.amazonaws.com",
            source_arn=f"arn:aws:cognito-idp:{region}:{settings.account}:userpool/{settings.pool.id}",
            source_account=settings.account,
            opts=options,
        )
        self.aliases[spec.folder] = released.alias
        self.permissions.append(permission)
        self.fingerprints[physical] = self._fingerprint(spec, environment)

    def _fingerprint(self, spec: TriggerSpec, environment: dict[str, str]) -> dict[str, Any]:
        """All that a trigger must share with its twin in the other Region."""
        triggers = self.args.settings.triggers
        return {
            "codeSha256": spec.code_sha256(),
            "runtime": RUNTIME,
            "handler": HANDLER,
            "memory": triggers.memory,
            "timeout": triggers.timeout,
            "architecture": ARCHITECTURE,
            "environment": environment,
        }
