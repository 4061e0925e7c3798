"""The endpoint that Route 53's checkers read: a word, from an item, in milliseconds.

It never calls out and may do nothing but read two items, so that it cannot be slow for a reason of the primary's.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.http_api import HttpApiArgs, http_api
from components.providers import RegionalProviders, child_of
from components.release import ReleaseArgs, release
from settings import Settings

STALE_SECONDS = 60
CONCURRENCY = 10
RATE, BURST = 50, 100
"""Requests per second and at once: sixteen checkers on three checks ask five times a second."""
PATH_BYTES = 24


@dataclass(frozen=True, kw_only=True)
class VerdictEndpoint:
    """Host name and secret path, without its slash; `function` is the function's name."""

    host: pulumi.Output[str]
    path: pulumi.Output[str]
    function: str
    route: aws.apigatewayv2.Route


def verdict_endpoint(
    parent: pulumi.Resource, settings: Settings, providers: RegionalProviders, table: aws.dynamodb.Table
) -> VerdictEndpoint:
    """The function, an HTTP API with one route to it, and the route's path that nobody can guess."""
    physical = f"{settings.name}-verdict"
    name, options = f"{physical}-{providers.region}", child_of(parent, providers.classic)
    released = release(name, _release(settings, physical, providers.region, table), options)
    about = HttpApiArgs(
        physical=physical,
        released=released,
        permission=f"{name}-api-permission",
        rate=RATE,
        burst=BURST,
        timeout=2000,
    )
    served = http_api(name, about, options)
    path = secret_path(f"{name}-path", f"{settings.name}/verdict-path", settings, options)
    route = aws.apigatewayv2.Route(
        f"{name}-route",
        api_id=served.api.id,
        route_key=pulumi.Output.concat("GET /", path),
        target=served.target,
        opts=options,
    )
    host = served.api.api_endpoint.apply(lambda url: url.removeprefix("https://"))
    return VerdictEndpoint(host=host, path=path, function=physical, route=route)


def _release(settings: Settings, physical: str, region: str, table: aws.dynamodb.Table) -> ReleaseArgs:
    about = {"servingCheck": settings.failover.serving_check, "staleAfter": STALE_SECONDS}
    environment = pulumi.Output.json_dumps({"table": {"name": table.name}, **about})
    return ReleaseArgs(
        folder="verdict",
        physical=physical,
        region=region,
        account=settings.account,
        memory=1769,  # one full vCPU: a cold start has to fit into a checker's two seconds many times
        timeout=2,
        log_retention_days=settings.triggers.log_retention_days,
        environment={"VERDICT": environment},
        smoke_event=json.dumps({"rawPath": "/smoke-test"}),
        statements=[{"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": table.arn}],
        reserved_concurrency=CONCURRENCY,
    )


def secret_path(name: str, secret_name: str, settings: Settings, options: pulumi.ResourceOptions) -> pulumi.Output[str]:
    """A random text that is chosen once and kept in a secret: later runs keep what is there."""
    secret = aws.secretsmanager.Secret(
        name, name=secret_name, recovery_window_in_days=30 if settings.protect else 0, opts=options
    )
    version = aws.secretsmanager.SecretVersion(
        f"{name}-value",
        secret_id=secret.id,
        secret_string=pulumi.Output.secret(secrets.token_urlsafe(PATH_BYTES)),
        opts=pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(ignore_changes=["secretString"])),
    )
    return pulumi.Output.secret(version.secret_string.apply(str))
