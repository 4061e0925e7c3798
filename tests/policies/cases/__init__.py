"""The cases of each rule of the failover, one file a rule."""

from tests.policies.cases import (
    controls,
    domain_routing,
    health_check_speed,
    issuer,
    ownership,
    probe,
    regional_certificate,
    replica,
    weighted_records,
)

ALL_CASES = [
    controls.CASES,
    domain_routing.CASES,
    health_check_speed.CASES,
    issuer.CASES,
    ownership.CASES,
    probe.CASES,
    regional_certificate.CASES,
    replica.CASES,
    weighted_records.CASES,
]
