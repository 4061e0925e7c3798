"""Which pools of a stack have a replica, and where."""

from __future__ import annotations

from .facts import Resource, StackFacts
from .types import POOL, REPLICA


def replicas_of(stack: StackFacts, pool: Resource) -> list[Resource]:
    """The replicas of a pool: all but those that are known to be another's."""
    return [replica for replica in stack.of_type(REPLICA) if not _of_another(stack, replica, pool)]


def _of_another(stack: StackFacts, replica: Resource, pool: Resource) -> bool:
    named, own = replica.get("userPoolId"), pool.get("userPoolId")
    if isinstance(named, str) and isinstance(own, str):
        return named != own
    sources = [one for one in stack.sources(replica, "userPoolId") if one.type == POOL]
    return bool(sources) and pool not in sources
