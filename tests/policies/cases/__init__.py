"""The cases of each rule: a file each."""

from tests.policies.cases import (
    certificate,
    claims,
    controls,
    domain_routing,
    health_check_speed,
    issuer,
    key_pair,
    mfa,
    ownership,
    placing,
    pool_keys,
    probe,
    redirects,
    regional_certificate,
    replica,
    triggers,
    weighted_records,
)
from tests.policies.mutations import Cases, Mutation

ALL_CASES: list[Cases] = [
    certificate.CASES,
    claims.CASES,
    controls.CASES,
    domain_routing.CASES,
    health_check_speed.CASES,
    issuer.CASES,
    key_pair.CASES,
    mfa.CASES,
    ownership.CASES,
    placing.CASES,
    pool_keys.CASES,
    probe.CASES,
    redirects.CASES,
    regional_certificate.CASES,
    replica.CASES,
    triggers.CASES,
    weighted_records.CASES,
]
MUTANTS: list[tuple[str, Mutation]] = [
    *((cases.rule, mutation) for cases in ALL_CASES for mutation in cases.violations),
]
UNKNOWNS: list[tuple[str, Mutation]] = [
    *((cases.rule, mutation) for cases in ALL_CASES for mutation in cases.unknown),
]
NEAR_MISSES: list[Mutation] = [
    *(mutation for cases in ALL_CASES for mutation in cases.near_misses),
]
