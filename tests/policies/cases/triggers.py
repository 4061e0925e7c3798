"""`trigger-parity`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pack.facts import UNKNOWN

from tests.policies.good_stack import changed
from tests.policies.maker import ACCOUNT, EAST, WEST
from tests.policies.mutations import Cases, Mutation, both, coming_from, prop, without, without_type

FUNCTION = "aws:lambda/function"
NETWORK = {"subnetIds": ["subnet-a"], "securityGroupIds": ["sg-a"]}


def arn(region: str) -> str:
    """A trigger's alias in a Region."""
    return f"arn:aws:lambda:{region}:{ACCOUNT}:function:f:live"


def config(region: str, version: Any = "V2_0") -> dict[str, Any]:
    """A pool's or an attachment's triggers, with an event version."""
    versioned = {"lambdaArn": arn(region), "lambdaVersion": version}
    return {"preTokenGeneration": arn(region), "preTokenGenerationConfig": versioned}


def configured(away: Any, home: Any = None) -> Mutation:
    """The attachment with these triggers, the pool with its own or the others."""
    pool = prop("pool", "aws-native", lambdaConfig=home or config(EAST))
    return both(pool, prop("regional", lambdaConfig=away))


def sent(away: str, key: str = "") -> Mutation:
    """Both with a custom sender beside the trigger, and the attachment's key where this is."""
    ours = {"preTokenGeneration": arn(EAST), "customEmailSender": {"lambdaArn": arn(EAST), "lambdaVersion": "V1_0"}}
    theirs = {"preTokenGeneration": arn(WEST), "customEmailSender": {"lambdaArn": away, "lambdaVersion": "V1_0"}}
    keys = {"kmsKeyId": key or UNKNOWN}
    return configured({**theirs, **keys}, {**ours, "kmsKeyId": "arn:aws:kms:us-east-1:111122223333:key/k"})


def given(**dependencies: Any) -> Mutation:
    """Both functions before the provider knows what it computes; the program gives these properties alone."""

    def change(name: str) -> Mutation:
        told: Mapping[str, Any] = {"role": [], **dependencies}
        hidden = prop(name, FUNCTION, ephemeralStorage=UNKNOWN, tracingConfig=UNKNOWN)
        return both(hidden, lambda stack: changed(stack, name, lambda one: replace(one, property_dependencies=told)))

    return both(change(f"f-{EAST}"), change(f"f-{WEST}"))


def with_variables(region: str, **variables: str) -> Mutation:
    """A Region's function with other environment variables."""
    return prop(f"f-{region}", FUNCTION, environment={"variables": variables})


def published(*triggers: Any) -> Mutation:
    """What the component of the pool says that its triggers are."""
    return prop("pool", "index:UserPool", lambdaTriggers=[*triggers])


CASES = Cases(
    rule="trigger-parity",
    violations=[
        prop(f"f-{WEST}", FUNCTION, memorySize=128.0),
        prop(f"triggers-{WEST}", fingerprints={"f": {}}),
        both(prop(f"f-{EAST}", FUNCTION, layers=["a"]), prop(f"f-{WEST}", FUNCTION, layers="a")),
        both(with_variables(EAST, A="1", B="2"), with_variables(WEST, A="1", B="3")),
        both(prop("pool", "aws-native", lambdaConfig=UNKNOWN), published("preTokenGeneration", "postAuthentication")),
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
        prop(f"f-{WEST}", FUNCTION, ephemeralStorage={"size": 1024.0}),
        prop(f"f-{WEST}", FUNCTION, tracingConfig={"mode": "Active"}),
        prop(f"f-{WEST}", FUNCTION, vpcConfig=NETWORK),
        both(given(), prop(f"f-{WEST}", FUNCTION, ephemeralStorage={"size": 1024.0})),
        configured(config(WEST, "V1_0")),
        configured(config(WEST, None)),
        configured(config(WEST, "V1_0") | {"postAuthentication": UNKNOWN}, config(EAST) | {"postAuthentication": "b"}),
        configured(config(EAST)),
        configured(config(WEST), config(WEST)),
        configured({**config(WEST), "postAuthentication": arn(EAST)}, {**config(EAST), "postAuthentication": "b"}),
        sent(arn(EAST), "arn:aws:kms:us-west-2:111122223333:key/k"),
        coming_from("regional", "", "lambdaConfig", f"f-{EAST}"),
    ],
    near_misses=[
        both(prop("pool", "aws-native", lambdaConfig=None), prop("regional", lambdaConfig=None)),
        prop(f"f-{WEST}", FUNCTION, tags={"a": "b"}),
        prop(f"f-{WEST}", FUNCTION, layers=[]),
        prop("regional", lambdaConfig={"preTokenGeneration": "a", "postAuthentication": None}),
        prop(f"f-{WEST}", FUNCTION, ephemeralStorage={"size": 512.0}, tracingConfig={"mode": "PassThrough"}),
        prop(f"f-{WEST}", FUNCTION, vpcConfig={"subnetIds": [], "securityGroupIds": []}),
        both(
            prop(f"f-{EAST}", FUNCTION, vpcConfig=NETWORK),
            prop(f"f-{WEST}", FUNCTION, vpcConfig={"subnetIds": [UNKNOWN], "securityGroupIds": []}),
        ),
        configured(config(WEST)),
        sent(arn(WEST), "arn:aws:kms:us-east-1:111122223333:key/k"),
    ],
    unknown=[
        both(prop(f"f-{EAST}", FUNCTION, name=UNKNOWN), prop(f"f-{WEST}", FUNCTION, name=UNKNOWN)),
        both(prop("pool", "aws-native", lambdaConfig=UNKNOWN), published(UNKNOWN)),
        both(prop("pool", "aws-native", lambdaConfig=UNKNOWN), prop("pool", "index:UserPool", lambdaTriggers=None)),
        both(prop("regional", lambdaConfig=UNKNOWN), prop("replica", lambdaTriggers=None)),
        prop(f"triggers-{WEST}", fingerprints=UNKNOWN),
        prop(f"f-{WEST}", FUNCTION, role=UNKNOWN),
        prop(f"f-{WEST}", FUNCTION, name=UNKNOWN),
        prop(f"triggers-{WEST}", region=UNKNOWN),
        prop("regional", lambdaConfig=UNKNOWN),
        prop(f"f-{WEST}", FUNCTION, vpcConfig={"subnetIds": UNKNOWN}),
        given(ephemeralStorage=[]),
        given(tracingConfig=[]),
        prop(f"f-{WEST}", FUNCTION, ephemeralStorage=UNKNOWN),
        configured(config(WEST, UNKNOWN)),
        configured({**config(WEST), "preTokenGenerationConfig": UNKNOWN}),
        prop("regional", lambdaConfig={"preTokenGeneration": UNKNOWN}),
    ],
    malformed=[
        prop(f"f-{WEST}", FUNCTION, memorySize="much"),
        prop(f"f-{WEST}", FUNCTION, environment=[]),
        prop(f"triggers-{WEST}", fingerprints=[]),
        prop("regional", lambdaConfig=[7.0]),
        configured({**config(WEST), "preTokenGenerationConfig": arn(WEST)}),
        prop(f"f-{WEST}", FUNCTION, vpcConfig=[]),
    ],
    absent=without_type("RegionalTriggers", "UserPool", "Attachment"),
)
