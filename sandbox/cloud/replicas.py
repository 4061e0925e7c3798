"""The life cycle of a replica: CREATING, INACTIVE, ACTIVE, INACTIVE, DELETING, gone.

Source: the API reference of Create-, Update-, Delete- and ListUserPoolReplicas and the developer guide,
user-pool-multi-region.html. Status is control-plane state, seen in both Regions at once.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ministack.core.responses import error_response_json, get_account_id, get_region, json_response
from ministack.services import cognito, kms

from sandbox.cloud import pools, replication
from sandbox.cloud.assumptions import REGIONS, Assumptions

Response = tuple[int, dict[str, str], bytes]


@dataclass
class Replica:
    """The one replica of a pool."""

    account: str
    pool_id: str
    region: str
    tags: dict[str, str]
    status: str
    since: float


class Replicas:
    """All replicas of this cloud and the four operations on them."""

    def __init__(self, assumptions: Assumptions, log: replication.Log) -> None:
        self._assumptions = assumptions
        self._log = log
        self._all: dict[tuple[str, str], Replica] = {}
        self._lock = threading.Lock()
        self.routed_to: Callable[[str, str], str | None] = lambda _pool_id, _region: None
        """The domain that routes to a pool's replica in a Region; set by those who know domains."""
        self.operations = {
            "CreateUserPoolReplica": self.create,
            "ListUserPoolReplicas": self.list,
            "UpdateUserPoolReplica": self.update,
            "DeleteUserPoolReplica": self.delete,
        }

    def of(self, pool_id: str) -> Replica | None:
        """The replica of a pool of the calling account, or None."""
        return self._all.get((get_account_id(), pool_id))

    def settle(self) -> None:
        """Finish creations and deletions whose time has come. Called before every request."""
        if not self._all:
            return
        now = time.monotonic()
        with self._lock:
            for key, replica in list(self._all.items()):
                age = now - replica.since
                if replica.status == "CREATING" and age >= self._assumptions.replica_creation:
                    self._log.copy_pool(replica.account, replica.pool_id, replica.region, replica.tags)
                    replica.status = "INACTIVE"
                elif replica.status == "DELETING" and age >= self._assumptions.replica_deletion:
                    self._log.forget(replica.account, replica.pool_id, replica.region)
                    del self._all[key]

    def create(self, data: dict[str, Any]) -> Response:
        """CreateUserPoolReplica: in the primary, one replica, Essentials or Plus, key in both Regions."""
        pool_id, region = data["UserPoolId"], data.get("RegionName", "")
        pool = pools.record(pool_id) or {}
        if cognito._user_pool_tier(pool) == "LITE":
            return error_response_json(
                "FeatureUnavailableInTierException",
                "Multi-Region replication is not available in the LITE pricing tier.",
                400,
            )
        if region == get_region() or region not in REGIONS:
            return _invalid(f"{region!r} is not a Region that can hold a replica of this user pool.")
        with self._lock:
            if self.of(pool_id):
                return error_response_json("LimitExceededException", "The user pool already has a replica.", 400)
            if problem := _key_problem(pool, region):
                return _invalid(problem)
            tags = dict(data.get("UserPoolTags") or {})
            replica = Replica(get_account_id(), pool_id, region, tags, "CREATING", time.monotonic())
            self._all[get_account_id(), pool_id] = replica
        return json_response({"UserPoolReplica": _shown(pool_id, region, "CREATING", "SECONDARY")})

    def list(self, data: dict[str, Any]) -> Response:
        """ListUserPoolReplicas: the primary first."""
        pool_id = data["UserPoolId"]
        shown = [_shown(pool_id, pools.home(pool_id), "ACTIVE", "PRIMARY")]
        if replica := self.of(pool_id):
            shown.append(_shown(pool_id, replica.region, replica.status, "SECONDARY"))
        return json_response({"UserPoolReplicas": shown})

    def update(self, data: dict[str, Any]) -> Response:
        """UpdateUserPoolReplica: ACTIVE or INACTIVE, from both Regions."""
        status = data.get("Status")
        if status not in ("ACTIVE", "INACTIVE"):
            return _invalid(f"Status {status!r} is not one of: ACTIVE, INACTIVE.")
        return self._change(data, status, ("ACTIVE", "INACTIVE"))

    def delete(self, data: dict[str, Any]) -> Response:
        """DeleteUserPoolReplica: only an INACTIVE one, only from the primary Region, and not while routed to."""
        domain = self.routed_to(data["UserPoolId"], data.get("RegionName", ""))
        if domain and self._assumptions.routed_replica_is_kept:
            return _invalid(f"The routing of domain {domain} names this replica: remove the routing first.")
        return self._change(data, "DELETING", ("INACTIVE",))

    def _change(self, data: dict[str, Any], status: str, allowed: tuple[str, ...]) -> Response:
        pool_id, region = data["UserPoolId"], data.get("RegionName", "")
        with self._lock:
            replica = self.of(pool_id)
            if replica is None or replica.region != region:
                return error_response_json(
                    "ResourceNotFoundException", f"The user pool has no replica in {region}.", 400
                )
            if replica.status not in allowed:
                return _invalid(f"The replica is {replica.status}; it must be {' or '.join(allowed)}.")
            replica.status, replica.since = status, time.monotonic()
        return json_response({"UserPoolReplica": _shown(pool_id, region, status, "SECONDARY")})


def _invalid(message: str) -> Response:
    return error_response_json("InvalidParameterException", message, 400)


def _shown(pool_id: str, region: str, status: str, role: str) -> dict[str, str]:
    return {
        "RegionName": region,
        "Status": status,
        "Role": role,
        "UserPoolArn": pools.arn(pool_id, region),
    }


def _key_problem(pool: pools.Pool, region: str) -> str | None:
    """Why the pool's key does not allow a replica in *region*; None when it does."""
    key_arn = (pool.get("KeyConfiguration") or {}).get("KmsKeyArn", "")
    key_id = key_arn.rpartition("/")[2]
    if not key_id.startswith("mrk-"):
        return "The user pool must be encrypted with a customer managed multi-Region KMS key."
    key = kms._keys.get_scoped(get_account_id(), region, key_id)
    if key is None or key.get("KeyState") != "Enabled":
        return f"The user pool's KMS key {key_id} has no enabled replica key in {region}."
    return None
