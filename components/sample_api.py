"""An API in one Region that tells who calls it: what stands behind `api.` in staging and in the sandbox."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.http_api import HttpApiArgs, http_api
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
        served = http_api(
            name,
            HttpApiArgs(physical=physical, released=released, permission=f"{name}-permission", rate=RATE, burst=BURST),
            options,
        )
        self.api, self.stage = served.api, served.stage
        authorizer = aws.apigatewayv2.Authorizer(
            f"{name}-authorizer",
            name="pool",
            api_id=self.api.id,
            authorizer_type="JWT",
            identity_sources=["$request.header.Authorization"],
            jwt_configuration={"issuer": args.issuer, "audiences": list(args.audience)},
            opts=options,
        )
        aws.apigatewayv2.Route(
            f"{name}-route",
            api_id=self.api.id,
            route_key="GET /whoami",
            target=served.target,
            authorization_type="JWT",
            authorizer_id=authorizer.id,
            opts=options,
        )
        self.register_outputs({"region": region, "issuer": args.issuer, "apiEndpoint": self.api.api_endpoint})
