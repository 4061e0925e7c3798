"""The pool's Lambda triggers in one Region: versions, smoke tests, the alias `live`, permissions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pulumi
import pulumi_aws as aws

from components.providers import RegionalProviders, child_of
from components.trigger_specs import ARCHITECTURE, HANDLER, RUNTIME, TRIGGERS, TriggerSpec, lambda_config
from settings import Settings

LIVE = "live"


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

    def _options(self, depends_on: Sequence[pulumi.Resource] = ()) -> pulumi.ResourceOptions:
        options = child_of(self, self.args.providers.classic)
        return pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(depends_on=list(depends_on)))

    def _trigger(self, spec: TriggerSpec) -> None:
        region, settings = self.args.region, self.args.settings
        name = f"{self.function_name(spec)}-{region}"
        function = self._function(spec, name)
        smoke = aws.lambda_.Invocation(
            f"{name}-smoke",
            function_name=function.name,
            qualifier=function.version,
            input=spec.smoke_event(settings, region),
            opts=self._options(),
        )
        alias = aws.lambda_.Alias(
            f"{name}-live",
            name=LIVE,
            function_name=function.name,
            function_version=function.version,
            opts=self._options([smoke]),
        )
        permission = aws.lambda_.Permission(
            f"{name}-cognito",
            statement_id="cognito",
            function=function.name,
            qualifier=alias.name,
            action="lambda:InvokeFunction",
            principal="cognito-idp.amazonaws.com",
            source_arn=f"arn:aws:cognito-idp:{region}:{settings.account}:userpool/{settings.pool.id}",
            source_account=settings.account,
            opts=self._options(),
        )
        self.aliases[spec.folder] = alias
        self.permissions.append(permission)

    def _function(self, spec: TriggerSpec, name: str) -> aws.lambda_.Function:
        settings, physical = self.args.settings, self.function_name(spec)
        environment = spec.environment(settings)
        role, ready = self._role(name, physical)
        self.fingerprints[physical] = {
            "codeSha256": spec.code_sha256(),
            "runtime": RUNTIME,
            "handler": HANDLER,
            "memory": settings.triggers.memory,
            "timeout": settings.triggers.timeout,
            "architecture": ARCHITECTURE,
            "environment": environment,
        }
        files: dict[str, pulumi.Asset | pulumi.Archive] = {
            file: pulumi.FileAsset(str(path)) for file, path in spec.sources().items()
        }
        return aws.lambda_.Function(
            name,
            name=physical,
            role=role.arn,
            runtime=RUNTIME,
            handler=HANDLER,
            architectures=[ARCHITECTURE],
            memory_size=settings.triggers.memory,
            timeout=settings.triggers.timeout,
            publish=True,
            code=pulumi.AssetArchive(files),
            environment={"variables": environment} if environment else None,
            opts=self._options([*ready, *self.args.after]),
        )

    def _role(self, name: str, physical: str) -> tuple[aws.iam.Role, list[pulumi.Resource]]:
        settings, region = self.args.settings, self.args.region
        log_group = aws.cloudwatch.LogGroup(
            f"{name}-log",
            name=f"/aws/lambda/{physical}",
            retention_in_days=settings.triggers.log_retention_days,
            opts=self._options(),
        )
        role = aws.iam.Role(
            f"{name}-role",
            name=f"{physical}-{region}",
            assume_role_policy=json.dumps(assume_by_lambda()),
            opts=self._options(),
        )
        logs = aws.iam.RolePolicy(
            f"{name}-logs",
            name="logs",
            role=role.name,
            policy=json.dumps(write_own_log(region, settings.account, physical)),
            opts=self._options(),
        )
        return role, [log_group, logs]


def assume_by_lambda() -> dict[str, Any]:
    """The trust policy of a function's role."""
    who = {"Service": "lambda.amazonaws.com"}
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole"}],
    }


def write_own_log(region: str, account: str, function: str) -> dict[str, Any]:
    """All that a trigger may do: write to its own log group in its own Region."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": f"arn:aws:logs:{region}:{account}:log-group:/aws/lambda/{function}:*",
            }
        ],
    }
