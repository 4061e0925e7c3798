"""The cases of each rule of the failover, one file a rule."""

from tests.policies.cases import domain_routing, regional_certificate, weighted_records

ALL_CASES = [domain_routing.CASES, regional_certificate.CASES, weighted_records.CASES]
