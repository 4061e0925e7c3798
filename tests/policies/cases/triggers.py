"""`trigger-parity`."""

from __future__ import annotations

from pack.facts import UNKNOWN

from tests.policies.maker import ACCOUNT, EAST, WEST
from tests.policies.mutations import Cases, prop, without, without_type

FUNCTION = "aws:lambda/function"

CASES = Cases(
    rule="trigger-parity",
    violations=[
        prop(f"f-{WEST}", FUNCTION, memorySize=128.0),
        prop(f"f-{WEST}", FUNCTION, timeout=5.0),
        prop(f"f-{EAST}", FUNCTION, runtime="python3.13"),
        prop(f"f-{WEST}", FUNCTION, environment={"variables": {"CLAIMS": "{}", "MORE": "x"}}),
        prop(f"f-{WEST}", FUNCTION, role=f"arn:aws:iam::{ACCOUNT}:role/f-{EAST}"),
        without(f"f-{WEST}"),
        prop("regional", lambdaConfig={"preTokenGeneration": "a", "postAuthentication": "b"}),
        prop("regional", lambdaConfig=None),
        prop(f"f-{WEST}", FUNCTION, runtime=None),
        prop(f"triggers-{WEST}", region=EAST),
        without(f"triggers-{WEST}", f"f-{WEST}"),
    ],
    near_misses=[
        prop(f"f-{WEST}", FUNCTION, tags={"a": "b"}),
        prop(f"f-{WEST}", FUNCTION, layers=[]),
        prop("regional", lambdaConfig={"preTokenGeneration": "a", "postAuthentication": None}),
    ],
    unknown=[
        prop(f"triggers-{WEST}", fingerprints=UNKNOWN),
        prop(f"f-{WEST}", FUNCTION, role=UNKNOWN),
        prop(f"f-{WEST}", FUNCTION, name=UNKNOWN),
        prop(f"triggers-{WEST}", region=UNKNOWN),
        prop("regional", lambdaConfig=UNKNOWN),
    ],
    malformed=[
        prop(f"f-{WEST}", FUNCTION, memorySize="much"),
        prop(f"f-{WEST}", FUNCTION, environment=[]),
        prop(f"triggers-{WEST}", fingerprints=[]),
        prop("regional", lambdaConfig=[7.0]),
    ],
    absent=without_type("RegionalTriggers", "UserPool", "Attachment"),
)
