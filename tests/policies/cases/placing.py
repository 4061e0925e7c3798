"""`explicit-provider-region`."""

from __future__ import annotations

from dataclasses import replace

from pack.facts import MISSING, UNKNOWN, Mark, Provider

from tests.policies.good_stack import changed
from tests.policies.maker import EAST, WEST
from tests.policies.mutations import Cases, Mutation, both, prop, without_provider, without_type


def on(name: str, region: str | Mark = EAST) -> Mutation:
    """The client on another provider."""
    provider = Provider(name=name, region=region)
    return lambda stack: changed(stack, "web", lambda one: replace(one, provider=provider))


def orphan(name: str) -> Mutation:
    """A resource of which the engine names no provider."""
    return lambda stack: changed(stack, name, lambda one: replace(one, provider=None))


CASES = Cases(
    rule="explicit-provider-region",
    violations=[
        without_provider("web"),
        without_provider("key-east"),
        on("default"),
        on("default_7_51_1", WEST),
        on("aws-native-east", MISSING),
        on("aws-native-east", ""),
        both(without_provider("web"), prop("web", region="")),
        orphan("web"),
    ],
    near_misses=[
        both(without_provider("web"), prop("web", region=EAST)),
        both(on("aws-native-east", MISSING), prop("web", region=EAST)),
        both(orphan("web"), prop("web", region=EAST)),
        on("defaults-east"),
        on("default_east"),
        on("the-default"),
        on("aws-native-east", UNKNOWN),
    ],
    unknown=[
        both(without_provider("web"), prop("web", region=UNKNOWN)),
        both(on("aws-native-east", MISSING), prop("web", region=UNKNOWN)),
    ],
    malformed=[
        both(without_provider("web"), prop("web", region=[WEST])),
        both(without_provider("web"), prop("web", region={})),
        both(without_provider("web"), prop("web", region=7.0)),
    ],
    absent=without_type("aws:", "aws-native:"),
)
