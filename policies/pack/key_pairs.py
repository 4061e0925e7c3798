"""The two keys of a pair: which is whose replica, and where the second must stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from .pool_keys import Owner, pool_keys
from .references import identities, named
from .regions import primary_region
from .types import KEYS, REPLICA

REPLICA_KEYS: Final = tuple(kind for kind in KEYS if ":Replica" in kind)
PRIMARY_KEYS: Final = tuple(kind for kind in KEYS if kind not in REPLICA_KEYS)
_ARN: Final = re.compile(r"arn:aws[a-z-]*:kms:(?P<region>[a-z0-9-]+):\d{12}:key/(?P<id>[A-Za-z0-9-]+)")


def key_arn(value: Any) -> tuple[str, str] | None:
    """The Region and the key ID of a key's ARN; None for an alias, an ID or anything else."""
    match = _ARN.fullmatch(value) if isinstance(value, str) else None
    return (match["region"], match["id"]) if match else None


def primary_of(stack: StackFacts, replica: Resource) -> Resource | str | Mark:
    """The key that a replica key replicates: of this stack, another's text, or a mark."""
    return named(stack, replica, "primaryKeyArn", PRIMARY_KEYS)


def second_region(stack: StackFacts, owner: Owner) -> Any:
    """Where the replica key must stand: the one replica's Region, else what the pair's owner says, else MISSING."""
    replicas = stack.of_type(REPLICA)
    found = replicas[0].get("regionName") if len(replicas) == 1 else MISSING
    if found is not MISSING and found != primary_region(stack):
        return found
    regions = owner.regions
    return regions.get("secondary", MISSING) if isinstance(regions, Mapping) else regions


def standing(stack: StackFacts, key: Resource, region: str | None) -> bool | Mark:
    """Whether a replica of this key stands in this Region, or in any but the key's own; UNKNOWN if it may."""
    maybe: bool = False
    for replica in stack.of_type(*REPLICA_KEYS):
        primary, place = primary_of(stack, replica), stack.region(replica)
        there = UNKNOWN if place is UNKNOWN else place == region if region else place != stack.region(key)
        if primary == key and there is True:
            return True
        maybe |= primary in (key, UNKNOWN) and there is not False and UNKNOWN in (primary, there)
    return UNKNOWN if maybe else False


def outside_replicas(stack: StackFacts) -> Iterator[tuple[Resource, Owner | None]]:
    """Replicas of the pool's keys that neither a pair nor a pool names: they decrypt whatever the pool's keys do.

    The owner is None while nobody knows which key it is a replica of. Related keys have one ID in all Regions.
    Source: docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
    """
    owners = {key.urn: owner for key, owner in pool_keys(stack)}
    names = {name: owner for urn, owner in owners.items() for name in identities(stack.by_urn[urn])}
    for replica in stack.of_type(*REPLICA_KEYS) if owners else []:
        if replica.urn in owners:
            continue
        match primary_of(stack, replica):
            case Resource(urn=urn) if urn in owners:
                yield replica, owners[urn]
            case str(arn) if (id := arn.rpartition("/")[2]) in names:
                yield replica, names[id]
            case Mark.UNKNOWN:
                yield replica, None
