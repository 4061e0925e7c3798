"""One provider owns the pool, and nothing of the failover can be destroyed by an oversight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..facts import MISSING, UNKNOWN, Resource, StackFacts
from ..findings import Finding, Judge
from ..health_checks import deciding_checks
from ..pool_keys import pool_keys
from ..registry import Severity, rule
from ..types import ATTACHMENT, CLASSIC_POOL, OURS, POOL, REPLICA

OWNED: Final = "one owner, aws-native, which knows the key, the issuer and replication"
KEPT: Final = "protected: `protect=True`"
UNTAGGED: Final = "no tags at creation; the attachment has the replica's tags"


@rule(
    id="pool-owned-and-protected",
    name="One provider owns the pool; pool, replica, keys and serving check are protected",
    severity=Severity.CRITICAL,
    framework="REL09-BP02",
    why="The classic provider knows no replication and sends an update without key and issuer, which may reset both. "
    "A deleted pool, replica or key takes the directory along, a replaced health check leaves the domain's routing "
    "without its ID, and a changed tag of creation replaces the replica.",
    mend="Manage the pool by aws-native alone; set `cognito-dr:protect` to true; tag the attachment.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html",
    options={
        "allowUnprotected": {
            "type": "boolean",
            "default": False,
            "description": "accept resources without protection, for stacks that are made to be thrown away.",
        }
    },
)
def pool_owned_and_protected(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Ownership and tags always count; protection unless the pack's configuration excuses the stack."""
    pools, replicas = stack.of_type(POOL), stack.of_type(REPLICA)
    beside = [*pools, *replicas, *stack.of_type(ATTACHMENT), *_ours(stack)]
    for classic in stack.of_type(CLASSIC_POOL) if beside else []:
        yield judge.violation(classic, "type", found=f"{classic.name} beside {beside[0].name}", expected=OWNED)
    for replica in replicas:
        yield from _untagged(replica, judge)
    if judge.options.get("allowUnprotected") is True:
        return
    keys = [key for key, _ in pool_keys(stack)]
    for kept in [*pools, *replicas, *keys, *deciding_checks(stack)]:
        if not kept.protect:
            yield judge.violation(kept, "protect", found="unprotected", expected=KEPT)
    for pool in pools:
        yield from _undeletable(pool, judge)


def _ours(stack: StackFacts) -> list[Resource]:
    """The components of a replicated login, whose pool only the Cloud Control provider knows how to replicate.

    Source: docs.aws.amazon.com/cognito/latest/developerguide/user-pool-multi-region.html
    """
    return [one for kind, some in stack.by_type.items() if kind.startswith(OURS) for one in some]


def _untagged(replica: Resource, judge: Judge) -> Iterator[Finding]:
    tags = replica.get("userPoolTagsAtCreate")
    if tags is UNKNOWN:
        yield judge.undecided(replica, "userPoolTagsAtCreate", expected=UNTAGGED)
    elif tags is not MISSING and tags != {}:
        yield judge.violation(replica, "userPoolTagsAtCreate", found="tags", expected=UNTAGGED)


def _undeletable(pool: Resource, judge: Judge) -> Iterator[Finding]:
    protection = pool.get("deletionProtection")
    if protection is UNKNOWN:
        yield judge.undecided(pool, "deletionProtection", expected="ACTIVE")
    elif protection != "ACTIVE":
        found = "none" if protection is MISSING else str(protection)
        yield judge.violation(pool, "deletionProtection", found=found, expected="ACTIVE")
