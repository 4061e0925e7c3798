"""An API in one Region that tells who calls it: what stands behind `api.` in staging and in the sandbox."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.providers import RegionalProviders, child_of
from components.release import ReleaseArgs, release
from settings import Settings

RATE, BURST = 100, 200


@dataclass(frozen=True, kw_only=True)
class SampleApiArgs:
    """`audience` are the IDs of the app clients whose access tokens are taken."""

    settings: Settings
    providers: RegionalProviders
    issuer: str
    audience: Sequence[pulumi.Input[str]]


class SampleApi(pulumi.ComponentResource):
    """An HTTP API whose one route wants a token of the pool, whichever Region issued it."""

    def __init__(self, name: str, args: SampleApiArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:SampleApi", name, None, opts)
        region, options = args.providers.region, child_of(self, args.providers.classic)
        physical = f"{args.settings.name}-whoami"
        about = ReleaseArgs(
            folder="whoami",
            physical=physical,
            region=region,
            account=args.settings.account,
            memory=256,
            timeout=3,
            log_retention_days=args.settings.triggers.log_retention_days,
            environment={},
            smoke_event=json.dumps({"requestContext": {"authorizer": {"jwt": {"claims": {}}}}}),
        )
        released = release(f"{physical}-{region}", about, options)
        self.api = aws.apigatewayv2.Api(f"{name}-api", name=physical, protocol_type="HTTP", opts=options)
        authorizer = aws.apigatewayv2.Authorizer(
            f"{name}-authorizer",
            name="pool",
            api_id=self.api.id,
            authorizer_type="JWT",
            identity_sources=["$request.header.Authorization"],
            jwt_configuration={"issuer": args.issuer, "audiences": list(args.audience)},
            opts=options,
        )
        self._route(name, released.alias, authorizer, options)
        aws.lambda_.Permission(
            f"{name}-permission",
            statement_id="api",
            function=released.function.name,
            qualifier=released.alias.name,
            action="lambda:InvokeFunction",
            principal="apigateway.amazonaws.com",
            source_arn=pulumi.Output.concat(self.api.execution_arn, "/*/*"),
            opts=options,
        )
        self.register_outputs({"region": region, "issuer": args.issuer, "apiEndpoint": self.api.api_endpoint})

    def _route(
        self,
        name: str,
        alias: aws.lambda_.Alias,
        authorizer: aws.apigatewayv2.Authorizer,
        options: pulumi.ResourceOptions,
    ) -> None:
        integration = aws.apigatewayv2.Integration(
            f"{name}-integration",
            api_id=self.api.id,
            integration_type="AWS_PROXY",
            integration_uri=alias.invoke_arn,
            payload_format_version="2.0",
            opts=options,
        )
        aws.apigatewayv2.Route(
            f"{name}-route",
            api_id=self.api.id,
            route_key="GET /whoami",
            target=pulumi.Output.concat("integrations/", integration.id),
            authorization_type="JWT",
            authorizer_id=authorizer.id,
            opts=options,
        )
        self.stage = aws.apigatewayv2.Stage(
            f"{name}-stage",
            api_id=self.api.id,
            name="$default",
            auto_deploy=True,
            default_route_settings={"throttling_rate_limit": RATE, "throttling_burst_limit": BURST},
            opts=options,
        )
