"""Key policies made by chance from good ones."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from pack.key_policy import Scope

from components.key_policy import key_policy
from tests.policies.key_policy.changes import ANY_POOL, KINDS
from tests.policies.key_policy.documents import (
    ACCOUNT,
    DEPLOYER,
    EAST,
    POOL_ID,
    SCOPE,
    WEST,
    Policy,
    documented,
)

BASES: list[tuple[Policy, Scope]] = [
    (documented(), SCOPE),
    (documented(region=WEST), replace(SCOPE, region=WEST)),
    (documented(arns=ANY_POOL), replace(SCOPE, pool_id=None)),
    (
        key_policy(account=ACCOUNT, region=EAST, regions=(EAST, WEST), pool_id=POOL_ID, deploy_roles=[DEPLOYER]),
        SCOPE,
    ),
]


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A policy, the scope that it is to keep, and how it was made."""

    policy: Policy
    scope: Scope
    kinds: tuple[str, ...]


def mutants(seed: int, count: int) -> Iterator[Mutant]:
    """So many distinct policies of none to four changes. Raises RuntimeError when chance does not suffice."""
    chance = Random(seed)  # noqa: S311 - examples, no secret
    seen: set[str] = set()
    for _ in range(count * 4):
        if len(seen) == count:
            return
        made = _mutant(chance)
        text = json.dumps([made.policy, made.scope.region, made.scope.pool_id])
        if text not in seen:
            seen.add(text)
            yield made
    raise RuntimeError(f"only {len(seen)} distinct policies")


def _mutant(chance: Random) -> Mutant:
    base, scope = chance.choice(BASES)
    policy = copy.deepcopy(base)
    kinds = tuple(chance.choice(list(KINDS)) for _ in range(chance.choice([0, 1, 1, 1, 2, 2, 3, 4])))
    for kind in kinds:
        KINDS[kind](chance, policy)
    return Mutant(policy=policy, scope=scope, kinds=kinds)
