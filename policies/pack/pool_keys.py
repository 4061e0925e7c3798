"""Which keys of a stack belong to a user pool, and to whom each must be confined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts, holds_unknown
from .key_policy import Scope
from .references import identities, named
from .types import KEY_ALIASES, KEY_PAIR, KEYS, POOL


@dataclass(frozen=True, kw_only=True)
class Owner:
    """What a stack says about its pool: by the KeyPair component, or by its configuration."""

    account: Any
    regions: Any
    pool_id: Any
    deploy_roles: Any

    def scope(self, region: str | Mark, key_arn: Any = UNKNOWN) -> Scope | Mark:
        """The confinement of the key in a Region, UNKNOWN while any part of it is; the key's ARN may be unknown."""
        parts = (self.account, self.regions, self.pool_id, self.deploy_roles, region)
        if holds_unknown(parts) or not isinstance(self.account, str) or not isinstance(region, str):
            return UNKNOWN
        if not isinstance(self.regions, Mapping) or not self.regions:
            return UNKNOWN
        return Scope(
            account=self.account,
            region=region,
            regions=tuple(str(name) for name in self.regions.values()),
            pool_id=self.pool_id if isinstance(self.pool_id, str) and self.pool_id else None,
            deploy_roles=tuple(map(str, self.deploy_roles)) if isinstance(self.deploy_roles, list) else (),
            key_arn=key_arn if isinstance(key_arn, str) else None,
        )


def of_component(component: Resource) -> Owner:
    """What the KeyPair component published."""
    return Owner(
        account=component.get("accountId"),
        regions=component.get("regions"),
        pool_id=component.get("poolId"),
        deploy_roles=component.get("deployRoles"),
    )


def of_configuration(stack: StackFacts) -> Owner:
    """What the stack file says, for a key that no component speaks for."""
    pool = stack.setting("pool")
    return Owner(
        account=stack.setting("account"),
        regions=stack.setting("regions"),
        pool_id=pool.get("id", MISSING) if isinstance(pool, Mapping) else pool,
        deploy_roles=stack.setting("deployRoles"),
    )


def pool_keys(stack: StackFacts) -> Iterator[tuple[Resource, Owner]]:
    """Keys inside a KeyPair and keys that a pool names; other keys of the stack are not ours to judge."""
    components = stack.of_type(KEY_PAIR)
    named = {key.urn for pool in stack.of_type(POOL) for key in keys_of(stack, pool)}
    fallback = of_component(components[0]) if components else of_configuration(stack)
    for key in stack.of_type(*KEYS):
        pair = next((parent for parent in stack.ancestors(key) if parent.type == KEY_PAIR), None)
        if pair:
            yield key, of_component(pair)
        elif key.urn in named or KEY_PAIR in key.lineage:
            yield key, fallback


def keys_of(stack: StackFacts, pool: Resource) -> list[Resource]:
    """The stack's keys that a pool names: by where the value comes from, or by the ARN itself."""
    arn = pool.get("keyConfiguration.kmsKeyArn")
    urns = set(pool.property_dependencies.get("keyConfiguration", ()))
    every = stack.of_type(*KEYS)
    return [key for key in every if key.urn in urns or (isinstance(arn, str) and key.get("arn") == arn)]


def key_named(stack: StackFacts, holder: Resource) -> Resource | str | Mark:
    """The key that a separate policy, a grant or an alias names: by ARN, ID or alias, or by where the value comes from.

    Related keys share one ID, and an alias may recur in each Region: such a text names what stands in the holder's own.
    Source: docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
    """
    alias = holder.type in KEY_ALIASES
    path, types = ("targetKeyId", tuple(KEYS)) if alias else ("keyId", (*KEYS, *KEY_ALIASES))
    found, text = named(stack, holder, path, types), holder.get(path)
    if isinstance(found, Resource) and isinstance(text, str) and not text.startswith("arn:"):
        region = stack.region(holder)
        here = [one for one in stack.of_type(*types) if text in identities(one) and stack.region(one) == region]
        found = here[0] if here else UNKNOWN
    elif isinstance(found, str):  # what was made of a key's ID is the key's, however it is spelled
        sources = [one for one in stack.sources(holder, path) if one.type in types]
        found = sources[0] if sources else found
    return key_named(stack, found) if isinstance(found, Resource) and found.type in KEY_ALIASES else found
