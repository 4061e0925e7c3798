"""Certificates that their zone validates.

Source: docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from components.providers import RegionalProviders, child_of
from components.zone import Zone

VALIDATION_TTL = 300


def validated_certificates(
    parent: pulumi.Resource, name: str, domain: str, zone: Zone, providers: Sequence[RegionalProviders]
) -> dict[str, pulumi.Output[str]]:
    """The ARN of an issued certificate for `domain` in each Region, by Region.

    ACM asks one account for the same validation record in every Region, so there is one record for all of them: two
    resources for one record would delete it from under each other.
    """
    certificates = {
        one.region: aws.acm.Certificate(
            f"{name}-certificate-{one.region}",
            domain_name=domain,
            validation_method="DNS",
            opts=child_of(parent, one.classic),
        )
        for one in providers
    }
    first = certificates[providers[0].region].domain_validation_options
    record = aws.route53.Record(
        f"{name}-validation",
        zone_id=zone.id,
        name=first.apply(lambda options: str(options[0].resource_record_name)),
        type=first.apply(lambda options: str(options[0].resource_record_type)),
        records=[first.apply(lambda options: str(options[0].resource_record_value))],
        ttl=VALIDATION_TTL,
        opts=child_of(parent, providers[0].classic),
    )
    issued: dict[str, Any] = {}
    for one in providers:
        validation = aws.acm.CertificateValidation(
            f"{name}-issued-{one.region}",
            certificate_arn=certificates[one.region].arn,
            validation_record_fqdns=[record.fqdn],
            opts=child_of(parent, one.classic),
        )
        issued[one.region] = validation.certificate_arn
    return issued
