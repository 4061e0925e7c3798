"""The one custom domain of the pool, which Cognito itself leads to the Region that serves.

Source: docs.aws.amazon.com/cognito/latest/developerguide/user-pool-multi-region.html
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_aws_native as aws_native

from components.certificates import validated_certificates
from components.providers import RegionalProviders, child_of
from components.serving_check import ServingCheck
from components.zone import Zone
from settings import Settings

CERTIFICATE_REGION = "us-east-1"
"""Cognito serves a custom domain through CloudFront, which reads certificates there only."""
CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
"""The hosted zone of every CloudFront distribution (Route 53 developer guide, alias records)."""


@dataclass(frozen=True, kw_only=True)
class AuthDomainArgs:
    """`after` are the replica's ACTIVE attachment and the check: routing may name what serves only."""

    settings: Settings
    domain: str
    pool_id: pulumi.Input[str]
    zone: Zone
    check: ServingCheck
    providers: dict[str, RegionalProviders]
    after: Sequence[pulumi.Resource]


class AuthDomain(pulumi.ComponentResource):
    """Certificate, domain with routing, alias record. The record never changes: both Regions are behind it."""

    def __init__(self, name: str, args: AuthDomainArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:AuthDomain", name, None, opts)
        settings = args.settings
        primary, secondary = settings.regions.both
        certificates = validated_certificates(self, name, args.domain, args.zone, [args.providers[CERTIFICATE_REGION]])
        native = child_of(self, args.providers[primary].native)
        self.domain = aws_native.cognito.UserPoolDomain(
            f"{name}-domain",
            user_pool_id=args.pool_id,
            domain=args.domain,
            managed_login_version=2,
            custom_domain_config={"certificate_arn": certificates[CERTIFICATE_REGION]},
            # Whole at every update: an omitted part may be reset.
            routing={
                "failover": {
                    "secondary_region": secondary,
                    "primary_route53_health_check_id": args.check.serving.id,
                }
            },
            opts=pulumi.ResourceOptions.merge(
                native, pulumi.ResourceOptions(depends_on=[*args.after, *args.zone.ready])
            ),
        )
        aws.route53.Record(
            name,
            zone_id=args.zone.id,
            name=args.domain,
            type="A",
            aliases=[
                {
                    "name": self.domain.cloud_front_distribution,
                    "zone_id": CLOUDFRONT_ZONE,
                    "evaluate_target_health": False,
                }
            ],
            opts=child_of(self, args.providers[secondary].classic),
        )
        self.register_outputs(
            {"domain": args.domain, "secondaryRegion": secondary, "servingCheckId": args.check.serving.id}
        )
