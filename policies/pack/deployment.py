"""Whether the stack's pool exists already: then nothing about it has an excuse to be unknown."""

from __future__ import annotations

from .facts import MISSING, StackFacts
from .types import POOL


def deployed(stack: StackFacts) -> bool:
    """A pool with its ID; where no pool is in sight, because one resource is judged alone, the setting `pool.id`.

    A pool that is made or replaced by this update has no ID in its preview, whatever the settings say.
    """
    if pools := stack.of_type(POOL):
        return any(isinstance(pool.get("userPoolId"), str) for pool in pools)
    pool = stack.setting("pool") if len(stack.resources) == 1 else MISSING
    return isinstance(pool, dict) and isinstance(pool.get("id"), str)
