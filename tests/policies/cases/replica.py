"""`replica-complete`."""

from dataclasses import replace

from pack.facts import UNKNOWN, Provider, StackFacts

from tests.policies.cases.key_pair import replica_key
from tests.policies.good_stack import changed, good_stack
from tests.policies.maker import EAST, POOL, WEST, resource
from tests.policies.mutations import Cases, added, both, in_region, prop, without, without_type

NOWHERE = Provider(name="aws", region=UNKNOWN)


def homeless(stack: StackFacts) -> StackFacts:
    """The pool in a Region that is not known."""
    return changed(stack, "pool", lambda one: replace(one, provider=NOWHERE), "aws-native")


SECOND = resource("aws-native:cognito:UserPoolReplica", "second", None, userPoolId=POOL, regionName="eu-west-1")
ANOTHER = resource(
    "aws-native:cognito:UserPoolRegionalConfigurationAttachment",
    "another",
    None,
    WEST,
    userPoolId=POOL,
    status="ACTIVE",
    lambdaConfig={"preTokenGeneration": "arn"},
)
ANOTHER = replace(ANOTHER, dependencies=[next(r.urn for r in good_stack().resources if r.name == "copy")])
CASES = Cases(
    rule="replica-complete",
    violations=[
        both(without_type("UserPoolDomain"), prop("copy", regionName=EAST)),
        both(without_type("UserPoolDomain"), prop("copy", regionName=None)),
        in_region("copy", WEST),
        prop("regional", status="INACTIVE"),
        prop("regional", status=None),
        in_region("regional", EAST),
        without("regional"),
        lambda stack: changed(stack, "regional", lambda one: replace(one, dependencies=())),
        added(SECOND),
        added(ANOTHER),
    ],
    near_misses=[
        both(
            prop("copy", regionName="eu-west-1"),
            in_region("regional", "eu-west-1"),
            replica_key("key-eu", "eu-west-1"),
            prop(
                "domain",
                routing={"failover": {"secondaryRegion": "eu-west-1", "primaryRoute53HealthCheckId": "id-serving"}},
            ),
        ),
        prop("regional", emailConfiguration={"from": "a@example.com"}),
    ],
    unknown=[
        prop("regional", status=UNKNOWN),
    ],
    malformed=[
        both(homeless, prop("prod", primaryRegion="eu-west-1")),
        prop("copy", regionName=[WEST]),
        prop("copy", regionName=7.0),
        prop("regional", status=["ACTIVE"]),
        prop("regional", status={}),
    ],
    absent=without_type("UserPoolReplica", "PoolReplica", "RegionalConfigurationAttachment"),
)
