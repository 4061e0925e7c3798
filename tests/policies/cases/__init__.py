"""The cases of each rule: one file for the login's, one file each for the failover's."""

from tests.policies.cases import (
    controls,
    domain_routing,
    health_check_speed,
    issuer,
    login,
    ownership,
    probe,
    regional_certificate,
    replica,
    weighted_records,
)
from tests.policies.mutations import Cases, Mutation

ALL_CASES: list[Cases] = [
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
MUTANTS: list[tuple[str, Mutation]] = [
    *login.VIOLATIONS,
    *((cases.rule, mutation) for cases in ALL_CASES for mutation in cases.violations),
]
UNKNOWNS: list[tuple[str, Mutation]] = [
    *login.UNKNOWN_VALUES,
    *((cases.rule, mutation) for cases in ALL_CASES for mutation in cases.unknown),
]
NEAR_MISSES: list[Mutation] = [
    *login.HARMLESS,
    *(mutation for cases in ALL_CASES for mutation in cases.near_misses),
]
