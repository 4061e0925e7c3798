"""The names that we lead ourselves: `api.` to the API of the Region that serves, `serving.` to tell SDK callers which.

Weighted 100 and 0 with a check on both: Route 53 answers with the second record only while the first is unhealthy.
Health is data plane; nobody has to change a record for users to move.
Source: docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.certificates import validated_certificates
from components.prober import cognito_host
from components.providers import RegionalProviders, child_of
from components.sample_api import SampleApi
from components.serving_check import ServingCheck
from components.zone import Zone
from settings import Domains, Settings


@dataclass(frozen=True, kw_only=True)
class FrontDoorArgs:
    """`samples` are the sample APIs by Region, empty where the stack file names targets of its own."""

    settings: Settings
    domains: Domains
    zone: Zone
    check: ServingCheck
    samples: Mapping[str, SampleApi]
    providers: dict[str, RegionalProviders]


class FrontDoor(pulumi.ComponentResource):
    """Four records on one health check and its complement."""

    def __init__(self, name: str, args: FrontDoorArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:FrontDoor", name, None, opts)
        self.args = args
        settings, check = args.settings, args.check
        targets = self._api_targets(name)
        for region, weight, health in (
            (settings.regions.primary, 100, check.serving.id),
            (settings.regions.secondary, 0, check.secondary.id),
        ):
            common = {
                "zone_id": args.zone.id,
                "set_identifier": region,
                "weighted_routing_policies": [{"weight": weight}],
                "health_check_id": health,
                "opts": child_of(self, args.providers[settings.regions.secondary].classic),
            }
            serving = {"ttl": settings.failover.record_ttl, "records": [cognito_host(region)]}
            self._record(f"{settings.name}-serving-{region}", args.domains.serving, "CNAME", common | serving)
            alias = {"aliases": [{**targets[region], "evaluate_target_health": False}]}
            self._record(f"{settings.name}-api-{region}", args.domains.api, "A", common | alias)
        self.register_outputs(
            {
                "api": args.domains.api,
                "serving": args.domains.serving,
                "ttl": settings.failover.record_ttl,
                "servingCheckId": check.serving.id,
                "secondaryCheckId": check.secondary.id,
            }
        )

    @staticmethod
    def _record(logical: str, name: str, kind: str, about: dict[str, Any]) -> None:
        aws.route53.Record(logical, name=name, type=kind, **about)

    def _api_targets(self, name: str) -> dict[str, dict[str, pulumi.Input[str]]]:
        """The alias target of each Region."""
        settings = self.args.settings
        if settings.api and settings.api.targets:
            return {
                region: {"name": target.domain_name, "zone_id": target.zone_id}
                for region, target in settings.api.targets.items()
            }
        regions: Sequence[str] = settings.regions.both
        providers = [self.args.providers[region] for region in regions]
        certificates = validated_certificates(self, f"{name}-api", self.args.domains.api, self.args.zone, providers)
        return {region: self._regional_domain(name, region, certificates[region]) for region in regions}

    def _regional_domain(self, name: str, region: str, certificate: pulumi.Input[str]) -> dict[str, pulumi.Input[str]]:
        """The API's domain in one Region, with a certificate of that Region."""
        options, sample = child_of(self, self.args.providers[region].classic), self.args.samples[region]
        domain = aws.apigatewayv2.DomainName(
            f"{name}-api-domain-{region}",
            domain_name=self.args.domains.api,
            domain_name_configuration={
                "certificate_arn": certificate,
                "endpoint_type": "REGIONAL",
                "security_policy": "TLS_1_2",
            },
            opts=options,
        )
        aws.apigatewayv2.ApiMapping(
            f"{name}-api-mapping-{region}",
            api_id=sample.api.id,
            domain_name=domain.id,
            stage=sample.stage.name,
            opts=options,
        )
        configuration = domain.domain_name_configuration
        return {
            "name": configuration.apply(lambda found: str(found.target_domain_name)),
            "zone_id": configuration.apply(lambda found: str(found.hosted_zone_id)),
        }
