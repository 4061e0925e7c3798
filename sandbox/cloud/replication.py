"""Replication of a pool from its primary to its secondary Region, change by change, after a lag.

Each Region has its own record of a pool. An operation in the primary is followed by a snapshot of only
the parts it touched; the snapshot is put into the secondary's record when the lag is over. Nothing runs
in the background: changes that are due are applied before the next request is served.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import cognito

from sandbox.cloud import pools
from sandbox.cloud.touched import PARTS, SETTINGS, Part

REGIONAL = frozenset(
    [
        "Id",
        "Arn",
        "LambdaConfig",
        "EmailConfiguration",
        "SmsConfiguration",
        "SmsMfaConfiguration",
        "UserPoolTags",
        "CreationDate",
        "Domain",
        "CustomDomain",
        "_managed_login_versions",
        "_custom_domain_config",
        "_domain_routing",
    ]
)
"""Keys of a pool's record that every Region has for itself."""

REGIONAL_OF_USER = frozenset({"_origin_jtis", "_auth_events"})
"""Keys of a user's record that belong to the Region in which the user signed in."""

Value = Any  # the emulator's records are untyped
GONE = object()
"""The value of a part that was deleted."""


@dataclass(frozen=True)
class Change:
    """The value that one part of a pool had when it was written."""

    account: str
    pool_id: str
    region: str
    part: Part
    value: Value
    written: float


class Log:
    """The changes on their way, oldest first. Changing the lag also moves those already on their way."""

    def __init__(self, lag: float) -> None:
        self.lag = lag
        self._waiting: deque[Change] = deque()
        self._lock = threading.Lock()

    def write(self, account: str, pool_id: str, source: str, target: str, parts: frozenset[Part]) -> None:
        """Send what *parts* of the pool are now in Region *source* on the way to *target*."""
        pool = cognito._user_pools.get_scoped(account, source, pool_id)
        with self._lock:
            for part in parts:
                value = GONE if pool is None else _snapshot(pool, part)
                self._waiting.append(Change(account, pool_id, target, part, value, time.monotonic()))

    def apply(self) -> None:
        """Put every change that is due into its Region's record. Called before every request."""
        if not self._waiting:
            return
        due = time.monotonic() - self.lag
        with self._lock:
            while self._waiting and self._waiting[0].written <= due:
                change = self._waiting.popleft()
                pool = cognito._user_pools.get_scoped(change.account, change.region, change.pool_id)
                if pool is not None:
                    _put(pool, change.part, change.value)

    def copy_pool(self, account: str, pool_id: str, region: str, tags: dict[str, str]) -> None:
        """Make the record of a new replica: all that is not regional, copied."""
        source = cognito._user_pools.get_scoped(account, pools.home(pool_id), pool_id)
        if source is None:
            return
        with self._lock:
            pool = {key: _copied(value) for key, value in source.items() if key not in REGIONAL}
            for user in pool["_users"].values():
                for key in REGIONAL_OF_USER:
                    user.pop(key, None)
            with request_scope(account, region):
                arn = pools.arn(pool_id, region)
            pool |= {
                "Id": pool_id,
                "Arn": arn,
                "CreationDate": source["CreationDate"],
                "LambdaConfig": {},
                "EmailConfiguration": {},
                "SmsConfiguration": {},
                "UserPoolTags": tags,
                "Domain": None,
                "CustomDomain": None,
            }
            cognito._user_pools.set_scoped(account, region, pool_id, pool)

    def forget(self, account: str, pool_id: str, region: str) -> None:
        """Remove a replica's record and what is on its way to it."""
        with self._lock:
            cognito._user_pools.pop_scoped(account, region, pool_id, None)
            self._waiting = deque(c for c in self._waiting if (c.pool_id, c.region) != (pool_id, region))


def _copied(value: Value) -> Value:
    """A deep copy that bears threads which add keys meanwhile (copy.deepcopy does not)."""
    match value:
        case dict():
            return {key: _copied(item) for key, item in list(value.items())}
        case list():
            return [_copied(item) for item in list(value)]
        case _:
            return value


def _snapshot(pool: pools.Pool, part: Part) -> Value:
    kind, name = part
    if kind == SETTINGS:
        return {key: _copied(value) for key, value in list(pool.items()) if key not in REGIONAL and key not in PARTS}
    value = pool.get(kind, {}).get(name, GONE)
    if value is GONE or kind != "_users":
        return value if value is GONE else _copied(value)
    return {key: _copied(item) for key, item in list(value.items()) if key not in REGIONAL_OF_USER}


def _put(pool: pools.Pool, part: Part, value: Value) -> None:
    kind, name = part
    if kind == SETTINGS:
        if value is not GONE:
            pool.update(value)
        return
    held = pool.setdefault(kind, {})
    if value is GONE:
        held.pop(name, None)
    elif kind == "_users":
        own = {key: item for key, item in held.get(name, {}).items() if key in REGIONAL_OF_USER}
        held[name] = {**value, **own}
    else:
        held[name] = value
