"""Good stacks of another shape: other modes of the override, earlier phases, the bridge's unknown sets."""

from __future__ import annotations

from dataclasses import replace

from pack.facts import UNKNOWN, Resource, StackFacts

from tests.policies.first_preview import first_preview
from tests.policies.good_stack import good_stack
from tests.policies.maker import WEST
from tests.policies.mutations import both, prop, without, without_type

REPLICATION = ("AuthDomain", "UserPoolDomain", "FrontDoor", "route53/record", "SampleApi", "authorizer", "domainName")
FOUNDATION: tuple[str, ...] = (
    *REPLICATION,
    "PoolReplica",
    "Attachment",
    "RegionalTriggers",
    "lambda",
    "Probe",
    "apigatewayv2/api",
    "healthCheck",
    "ServingCheck",
    "route53recoverycontrol",
    "RoutingControls",
    "Alarm",
)


def by_verdict(stack: StackFacts) -> StackFacts:
    """Mode `verdict`: force and pin are folded into the word that both checks read."""
    calculated = ("check-force-a", "check-force-b", "check-pin", "check-serving", "check-secondary")
    probe = next(one for one in stack.resources if one.name == "check-probe")
    props = {**probe.props, "invertHealthcheck": False, "id": "id-secondary"}
    below = next(one.urn for one in stack.resources if one.name == "serving-check")
    complement = replace(probe, name="check-secondary", urn=f"{probe.urn}-secondary", props=props, parent=below)
    routing = {"failover": {"secondaryRegion": WEST, "primaryRoute53HealthCheckId": "id-probe"}}
    moved = both(
        without(*calculated),
        prop("serving-check", mode="verdict", servingCheckId="id-probe"),
        prop("domain", routing=routing),
        *(prop(record, healthCheckId="id-probe") for record in ("record-serving-us-east-1", "record-api-us-east-1")),
    )(stack)
    return replace(moved, resources=[*moved.resources, complement])


def by_item(stack: StackFacts) -> StackFacts:
    """Override `item`: no cluster, so no routing controls at all."""
    return both(by_verdict, without_type("recoverycontrol", "RoutingControls"), prop("prod", clusterEndpoints=None))(
        stack
    )


def in_phase(phase: str) -> StackFacts:
    """The stack before its domains, or before its replica."""
    gone = FOUNDATION if phase == "foundation" else REPLICATION if phase == "replication" else ()
    pool = prop("pool", "aws-native", lambdaConfig=None if phase == "foundation" else {"preTokenGeneration": "arn"})
    return both(without_type(*gone), prop("prod", phase=phase), pool)(good_stack())


def bridged_preview(stack: StackFacts) -> StackFacts:
    """A first preview by the bridged provider: a set with an unknown item is unknown as a whole."""

    def whole(one: Resource) -> Resource:
        sets = ("childHealthchecks", "assertedControls")
        props = {key: UNKNOWN if key in sets else value for key, value in one.props.items()}
        return replace(one, props=props)

    hidden = first_preview(stack)
    return replace(hidden, resources=[whole(one) for one in hidden.resources])
