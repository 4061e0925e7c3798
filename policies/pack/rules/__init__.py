"""One rule a file. Importing this package registers them all."""

from . import (
    certificate_in_us_east_1,
    claims_not_user_writable,
    domain_routing_uses_serving_check,
    explicit_provider_region,
    health_check_thresholds,
    issuer_fits_authorizers,
    key_policy_pool_scoped,
    pool_owned_and_protected,
    probe_independent_and_watched,
    redirect_uris_identical,
    regional_certificates,
    replica_complete,
    routing_controls_guarded,
    trigger_parity,
    weighted_records_checked,
)

__all__ = [
    "certificate_in_us_east_1",
    "claims_not_user_writable",
    "domain_routing_uses_serving_check",
    "explicit_provider_region",
    "health_check_thresholds",
    "issuer_fits_authorizers",
    "key_policy_pool_scoped",
    "pool_owned_and_protected",
    "probe_independent_and_watched",
    "redirect_uris_identical",
    "regional_certificates",
    "replica_complete",
    "routing_controls_guarded",
    "trigger_parity",
    "weighted_records_checked",
]
