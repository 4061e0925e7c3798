"""An HTTP API in front of one released function."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.release import Release


@dataclass(frozen=True, kw_only=True)
class HttpApiArgs:
    """`rate` is in requests per second, `burst` at once; `timeout` in milliseconds, None for API Gateway's 30 s.

    `permission` is the permission's logical name, which is not of one form: to rename it would replace it.
    """

    physical: str
    released: Release
    permission: str
    rate: int
    burst: int
    timeout: int | None = None


@dataclass(frozen=True, kw_only=True)
class HttpApi:
    """Callers add the route; `target` is what it leads to."""

    api: aws.apigatewayv2.Api
    stage: aws.apigatewayv2.Stage
    target: pulumi.Output[str]


def http_api(name: str, args: HttpApiArgs, options: pulumi.ResourceOptions) -> HttpApi:
    """The API, its integration with the function's alias, the throttled default stage, and the right to invoke."""
    released = args.released
    api = aws.apigatewayv2.Api(f"{name}-api", name=args.physical, protocol_type="HTTP", opts=options)
    integration = aws.apigatewayv2.Integration(
        f"{name}-integration",
        api_id=api.id,
        integration_type="AWS_PROXY",
        integration_uri=released.alias.invoke_arn,
        payload_format_version="2.0",
        timeout_milliseconds=args.timeout,
        opts=options,
    )
    stage = aws.apigatewayv2.Stage(
        f"{name}-stage",
        api_id=api.id,
        name="$default",
        auto_deploy=True,
        default_route_settings={"throttling_rate_limit": args.rate, "throttling_burst_limit": args.burst},
        opts=options,
    )
    aws.lambda_.Permission(
        args.permission,
        statement_id="api",
        function=released.function.name,
        qualifier=released.alias.name,
        action="lambda:InvokeFunction",
        principal="apigateway.amazonaws.com",
        source_arn=pulumi.Output.concat(api.execution_arn, "/*/*"),
        opts=options,
    )
    return HttpApi(api=api, stage=stage, target=pulumi.Output.concat("integrations/", integration.id))
