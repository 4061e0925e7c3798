"""The cases of each rule of the failover, one file a rule."""

from tests.policies.cases import domain_routing, health_check_speed, probe, regional_certificate, weighted_records

ALL_CASES = [
    domain_routing.CASES,
    health_check_speed.CASES,
    probe.CASES,
    regional_certificate.CASES,
    weighted_records.CASES,
]
