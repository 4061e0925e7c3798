"""How every function of ours is released: a published version, a smoke test of that version, then the alias `live`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.sources import archive

LIVE = "live"
RUNTIME = "python3.12"
HANDLER = "index.handler"
ARCHITECTURE = "arm64"


@dataclass(frozen=True, kw_only=True)
class ReleaseArgs:
    """`folder` lies under functions/; `physical` is the function's name; memory in MB, timeout in seconds.

    `statements` are what the role may do beside writing its own log; `after` must be done before the function changes.
    """

    folder: str
    physical: str
    region: str
    account: str
    memory: int
    timeout: int
    log_retention_days: int
    environment: Mapping[str, pulumi.Input[str]]
    smoke_event: str
    statements: Sequence[Any] = ()
    reserved_concurrency: int | None = None
    after: Sequence[pulumi.Resource] = ()


@dataclass(frozen=True, kw_only=True)
class Release:
    """A released function; callers name the alias."""

    function: aws.lambda_.Function
    alias: aws.lambda_.Alias


def release(name: str, args: ReleaseArgs, options: pulumi.ResourceOptions) -> Release:
    """Make a function's log group, role, version, smoke test and alias; `options` carry parent and provider.

    A release that raises is stopped at the smoke test: the alias still points to the version before.
    """
    function = _function(name, args, options)
    smoke = aws.lambda_.Invocation(
        f"{name}-smoke",
        function_name=function.name,
        qualifier=function.version,
        input=args.smoke_event,
        opts=options,
    )
    alias = aws.lambda_.Alias(
        f"{name}-{LIVE}",
        name=LIVE,
        function_name=function.name,
        function_version=function.version,
        opts=_after(options, [smoke]),
    )
    return Release(function=function, alias=alias)


def _function(name: str, args: ReleaseArgs, options: pulumi.ResourceOptions) -> aws.lambda_.Function:
    log_group = aws.cloudwatch.LogGroup(
        f"{name}-log", name=f"/aws/lambda/{args.physical}", retention_in_days=args.log_retention_days, opts=options
    )
    role = aws.iam.Role(
        f"{name}-role",
        name=f"{args.physical}-{args.region}",
        assume_role_policy=json.dumps(assumed_by("lambda.amazonaws.com")),
        opts=options,
    )
    rights = [own_role_policy(f"{name}-logs", role, "logs", [write_own_log(args)], options)]
    if args.statements:
        rights.append(own_role_policy(f"{name}-rights", role, "rights", args.statements, options))
    return aws.lambda_.Function(
        name,
        name=args.physical,
        role=role.arn,
        runtime=RUNTIME,
        handler=HANDLER,
        architectures=[ARCHITECTURE],
        memory_size=args.memory,
        timeout=args.timeout,
        publish=True,
        code=archive(args.folder),
        environment={"variables": dict(args.environment)} if args.environment else None,
        reserved_concurrent_executions=args.reserved_concurrency,
        opts=_after(options, [log_group, *rights, *args.after]),
    )


def _after(options: pulumi.ResourceOptions, resources: Sequence[pulumi.Resource]) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(depends_on=list(resources)))


def own_role_policy(
    logical: str, role: aws.iam.Role, name: str, statements: Sequence[Any], options: pulumi.ResourceOptions
) -> aws.iam.RolePolicy:
    """An inline policy of a role; its statements may hold outputs."""
    document = pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": list(statements)})
    return aws.iam.RolePolicy(logical, name=name, role=role.name, policy=document, opts=options)


def assumed_by(service: str) -> dict[str, Any]:
    """The trust policy of a role that one service takes."""
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}],
    }


def write_own_log(args: ReleaseArgs) -> dict[str, Any]:
    """Write to the function's own log group in its own Region."""
    group = f"arn:aws:logs:{args.region}:{args.account}:log-group:/aws/lambda/{args.physical}:*"
    return {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": group}
