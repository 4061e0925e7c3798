"""`explicit-provider-region`."""

from __future__ import annotations

from pack.facts import UNKNOWN

from tests.policies.maker import EAST, WEST
from tests.policies.mutations import Cases, both, prop, without_provider, without_type

CASES = Cases(
    rule="explicit-provider-region",
    violations=[
        without_provider("web"),
        without_provider("key-east"),
    ],
    near_misses=[
        both(without_provider("web"), prop("web", region=EAST)),
    ],
    unknown=[
        both(without_provider("web"), prop("web", region=UNKNOWN)),
    ],
    malformed=[
        both(without_provider("web"), prop("web", region=[WEST])),
        both(without_provider("web"), prop("web", region={})),
        both(without_provider("web"), prop("web", region=7.0)),
    ],
    absent=without_type("aws:", "aws-native:"),
)
