"""The pool's replica and its regional settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.providers.errors import NotFoundError
from sandbox.providers.native.kind import Model, NativeKind, given
from sandbox.providers.native.user_pool import SENT
from sandbox.providers.not_found import gone_is_not_found
from sandbox.providers.waiting import wait

REGIONAL = ("LambdaConfig", "EmailConfiguration", "SmsConfiguration", "UserPoolTags")


def replica(cognito: Any, pool_id: str, region: str) -> Model | None:
    """The secondary's entry in the list of replicas."""
    with gone_is_not_found(f"user pool {pool_id}"):
        found = cognito.list_user_pool_replicas(UserPoolId=pool_id)["UserPoolReplicas"]
    return next((r for r in found if r["RegionName"] == region and r["Role"] == "SECONDARY"), None)


class UserPoolReplica(NativeKind):
    """A replica, made and deleted through the primary's Region; the identifier is `POOL|REGION`."""

    token = "aws-native:cognito:UserPoolReplica"
    cloud_formation = "AWS::Cognito::UserPoolReplica"

    def create_model(self, model: Model) -> str:
        """CreateUserPoolReplica, until it is no longer CREATING."""
        pool, region = model["UserPoolId"], model["RegionName"]
        tags = {"UserPoolTags": model["UserPoolTagsAtCreate"]} if model.get("UserPoolTagsAtCreate") else {}
        self.cognito.create_user_pool_replica(UserPoolId=pool, RegionName=region, **tags)
        wait(f"replica of {pool} in {region}", lambda: self._status(pool, region) in ("ACTIVE", "INACTIVE"))
        return f"{pool}|{region}"

    def _status(self, pool: str, region: str) -> str | None:
        found = replica(self.cognito, pool, region)
        return found["Status"] if found else None

    def read_model(self, resource_id: str) -> Model:
        """It has no status here: that is the attachment's."""
        pool, region = resource_id.split("|")
        if replica(self.cognito, pool, region) is None:
            raise NotFoundError(f"pool {pool} has no replica in {region}")
        return {"UserPoolId": pool, "RegionName": region}

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Only an INACTIVE one; it cannot deactivate itself."""
        pool, region = resource_id.split("|")
        with gone_is_not_found(f"replica of {pool} in {region}"):
            self.cognito.delete_user_pool_replica(UserPoolId=pool, RegionName=region)
        wait(f"deletion of the replica of {pool}", lambda: self._status(pool, region) is None)


class RegionalAttachment(NativeKind):
    """The secondary's own settings and whether it serves; without `status` it is INACTIVE."""

    token = "aws-native:cognito:UserPoolRegionalConfigurationAttachment"
    cloud_formation = "AWS::Cognito::UserPoolRegionalConfigurationAttachment"

    def create_model(self, model: Model) -> str:
        """Lay the settings over a replica that is there."""
        self.apply(model["UserPoolId"], model, frozenset(model))
        return model["UserPoolId"]

    def read_model(self, resource_id: str) -> Model:
        """The regional part of DescribeUserPool in the secondary."""
        found = replica(self.cognito, resource_id, self.region)
        if found is None:
            raise NotFoundError(f"pool {resource_id} has no replica in {self.region}")
        pool = self.cognito.describe_user_pool(UserPoolId=resource_id)["UserPool"]
        own = {key: pool[key] for key in REGIONAL if pool.get(key)}
        return {"UserPoolId": resource_id, "Status": found["Status"], **own}

    def apply(self, resource_id: str, model: Model, changed: frozenset[str]) -> None:
        """UpdateUserPool in the secondary takes the global settings as they are, beside the regional ones."""
        pool = self.cognito.describe_user_pool(UserPoolId=resource_id)["UserPool"]
        settings = {key: pool[key] for key in SENT if key not in REGIONAL and pool.get(key) not in (None, {}, [], "")}
        settings.get("AdminCreateUserConfig", {}).pop("UnusedAccountValidityDays", None)
        regional = {"LambdaConfig": {}} | given(model, REGIONAL)
        self.cognito.update_user_pool(UserPoolId=resource_id, PoolName=pool["Name"], **settings, **regional)
        self._serve(resource_id, model.get("Status", "INACTIVE"))

    def _serve(self, pool: str, status: str) -> None:
        found = replica(self.cognito, pool, self.region)
        if found and found["Status"] != status:
            self.cognito.update_user_pool_replica(UserPoolId=pool, RegionName=self.region, Status=status)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Stop serving, then take the settings away."""
        if replica(self.cognito, resource_id, self.region) is None:
            raise NotFoundError(f"pool {resource_id} has no replica in {self.region}")
        self.apply(resource_id, {"UserPoolId": resource_id}, frozenset())
