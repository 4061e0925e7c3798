"""`pool-owned-and-protected`."""

from dataclasses import replace

from pack.facts import UNKNOWN

from tests.policies.good_stack import changed
from tests.policies.maker import resource
from tests.policies.mutations import Cases, Mutation, added, prop, without_type


def unprotected(name: str, kind: str = "") -> Mutation:
    """A mutation that takes a resource's protection off."""
    return lambda stack: changed(stack, name, lambda one: replace(one, protect=False), kind)


CASES = Cases(
    rule="pool-owned-and-protected",
    violations=[
        added(resource("aws:cognito/userPool:UserPool", "classic", None, name="prod")),
        unprotected("pool", "aws-native"),
        unprotected("copy"),
        unprotected("key-east"),
        unprotected("key-west"),
        unprotected("check-serving"),
        unprotected("check-probe"),
        unprotected("check-force-b"),
        prop("pool", "aws-native", deletionProtection="INACTIVE"),
        prop("pool", "aws-native", deletionProtection=None),
        prop("copy", userPoolTagsAtCreate={"environment": "prod"}),
    ],
    near_misses=[
        unprotected("web"),
        unprotected("check-primary-up"),
        prop("copy", userPoolTagsAtCreate={}),
        prop("regional", userPoolTags={"environment": "prod"}),
    ],
    unknown=[
        prop("pool", "aws-native", deletionProtection=UNKNOWN),
        prop("copy", userPoolTagsAtCreate=UNKNOWN),
    ],
    malformed=[
        prop("pool", "aws-native", deletionProtection=True),
        prop("pool", "aws-native", deletionProtection=["ACTIVE"]),
        prop("copy", userPoolTagsAtCreate=[["environment", "prod"]]),
    ],
    absent=without_type("UserPool", "kms", "healthCheck"),
)
