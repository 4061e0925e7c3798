"""The pool has one replica in another Region, active and with its regional settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ..facts import MISSING, UNKNOWN, Resource, StackFacts
from ..findings import Finding, Judge
from ..regions import primary_region
from ..registry import Severity, rule
from ..types import ATTACHMENT, REPLICA, REPLICA_COMPONENT

OTHER: Final = "a Region other than the primary"
THROUGH: Final = "the primary Region's provider, where Cognito makes and deletes replicas"
ACTIVE: Final = "ACTIVE; left out it would deactivate the replica"
BESIDE: Final = "one attachment for the one replica, in its Region"


@rule(
    id="replica-complete",
    name="There is one replica, in another Region, active and with its regional settings",
    severity=Severity.CRITICAL,
    framework="REL10-BP01",
    why="A new replica is INACTIVE and has neither triggers nor senders: a failover to it ends every login. "
    "Cognito allows one replica, and deletes only one that its attachment has deactivated before.",
    mend="Let PoolReplica make the replica through the primary's provider and, depending on it, the attachment "
    "with status ACTIVE through the secondary's. That both Regions name the same triggers is trigger-parity's.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-multi-region.html",
)
def replica_complete(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge what there is; a stack without any of the three has no replica yet."""
    replicas, attachments = stack.of_type(REPLICA), stack.of_type(ATTACHMENT)
    for extra in replicas[1:]:
        yield judge.violation(extra, "regionName", found=f"{len(replicas)} replicas", expected="one, Cognito's limit")
    for extra in attachments[1:]:
        yield judge.violation(extra, "userPoolId", found=f"{len(attachments)} attachments", expected=BESIDE)
    for holder in [*attachments, *stack.of_type(REPLICA_COMPONENT)] if not replicas else []:
        yield judge.violation(holder, "userPoolId", found="no replica", expected=BESIDE)
    for replica in replicas:
        yield from _replica(stack, replica, judge)
        if not attachments:
            yield judge.violation(replica, "regionName", found="no attachment", expected=BESIDE)
        for attachment in attachments:
            yield from _attachment(stack, attachment, replica, judge)


def _replica(stack: StackFacts, replica: Resource, judge: Judge) -> Iterator[Finding]:
    primary, region, maker = primary_region(stack), replica.get("regionName"), stack.region(replica)
    if region is MISSING or (isinstance(region, str) and region == primary):
        found = "none" if region is MISSING else f"{region}, the primary"
        yield judge.violation(replica, "regionName", found=found, expected=OTHER)
    elif not isinstance(region, str) or primary is UNKNOWN:
        yield judge.undecided(replica, "regionName", expected=OTHER)
    if UNKNOWN in (primary, maker):
        yield judge.undecided(replica, "provider", expected=THROUGH)
    elif maker != primary:
        yield judge.violation(replica, "provider", found=f"the provider of {maker}", expected=THROUGH)


def _attachment(stack: StackFacts, attachment: Resource, replica: Resource, judge: Judge) -> Iterator[Finding]:
    status: Any = attachment.get("status")
    if status is UNKNOWN:
        yield judge.undecided(attachment, "status", expected=ACTIVE)
    elif status != "ACTIVE":
        yield judge.violation(attachment, "status", found="none" if status is MISSING else str(status), expected=ACTIVE)
    region, home = stack.region(attachment), replica.get("regionName")
    if not isinstance(home, str) or region is UNKNOWN:
        yield judge.undecided(attachment, "provider", expected=BESIDE)
    elif region != home:
        yield judge.violation(attachment, "provider", found=f"the provider of {region}", expected=BESIDE)
    if replica.urn not in attachment.dependencies:
        found = "no dependency on the replica, so it may be destroyed after it"
        yield judge.violation(
            attachment, "dependsOn", found=found, expected="destroyed first: it deactivates the replica"
        )
