"""The cases of each rule of the failover, one file a rule."""

from tests.policies.cases import domain_routing

ALL_CASES = [domain_routing.CASES]
