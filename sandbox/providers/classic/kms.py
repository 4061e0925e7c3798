"""KMS keys, their replicas and aliases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.providers.errors import NotFoundError
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found

COMMON = ("description", "deletionWindowInDays", "policy", "tags", "tagsAll", "region")


class Key(Kind):
    """A key; a multi-Region primary has an ID that begins with `mrk-`."""

    token = "aws:kms/key:Key"
    optional = (*COMMON, "multiRegion", "enableKeyRotation", "isEnabled", "keyUsage", "customerMasterKeySpec")
    create_only = ("multiRegion", "keyUsage", "customerMasterKeySpec", "region")
    computed = ("arn", "keyId")
    json_text = ("policy",)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateKey, then rotation."""
        words: dict[str, Any] = {
            "Description": inputs.get("description", ""),
            "MultiRegion": inputs.get("multiRegion", False),
        }
        if "policy" in inputs:
            words["Policy"] = inputs["policy"]
        key = self.clients.client("kms").create_key(**words)["KeyMetadata"]
        self._rotate(key["KeyId"], bool(inputs.get("enableKeyRotation")))
        return key["KeyId"], self.read(key["KeyId"], inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """A key that waits for its deletion counts as gone, as the real provider has it."""
        kms = self.clients.client("kms")
        with gone_is_not_found(f"key {resource_id}"):
            key = kms.describe_key(KeyId=resource_id)["KeyMetadata"]
        if key["KeyState"].startswith("Pending"):
            raise NotFoundError(f"key {resource_id} is {key['KeyState']}")
        live: Properties = {
            "arn": key["Arn"],
            "keyId": key["KeyId"],
            "description": key["Description"],
            "policy": kms.get_key_policy(KeyId=resource_id, PolicyName="default")["Policy"],
        }
        return live | self._own(key)

    def _own(self, key: Mapping[str, Any]) -> Properties:
        kms = self.clients.client("kms")
        rotated = kms.get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"]
        return {"multiRegion": key["MultiRegion"], "enableKeyRotation": rotated, "isEnabled": key["Enabled"]}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Policy, description and rotation change in place."""
        kms = self.clients.client("kms")
        if old.get("policy") != new.get("policy") and "policy" in new:
            kms.put_key_policy(KeyId=resource_id, PolicyName="default", Policy=new["policy"])
        if old.get("description") != new.get("description"):
            kms.update_key_description(KeyId=resource_id, Description=new.get("description", ""))
        if old.get("enableKeyRotation") != new.get("enableKeyRotation"):
            self._rotate(resource_id, bool(new.get("enableKeyRotation")))
        return self.read(resource_id, new)

    def _rotate(self, key_id: str, on: bool) -> None:
        kms = self.clients.client("kms")
        if on:
            kms.enable_key_rotation(KeyId=key_id)
        elif kms.get_key_rotation_status(KeyId=key_id)["KeyRotationEnabled"]:
            kms.disable_key_rotation(KeyId=key_id)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Keys are never deleted at once: the deletion waits for the window."""
        with gone_is_not_found(f"key {resource_id}"):
            days = int(state.get("deletionWindowInDays", 30))
            self.clients.client("kms").schedule_key_deletion(KeyId=resource_id, PendingWindowInDays=days)


class ReplicaKey(Key):
    """The replica of a multi-Region key; ReplicateKey is sent to the primary's Region."""

    token = "aws:kms/replicaKey:ReplicaKey"
    required = ("primaryKeyArn",)
    optional = (*COMMON, "enabled")
    create_only = ("primaryKeyArn", "region")

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Through the primary's Region; the policy is the replica's own."""
        home = inputs["primaryKeyArn"].split(":")[3]
        words = {"Policy": inputs["policy"]} if "policy" in inputs else {}
        key = self.clients.client("kms", home).replicate_key(
            KeyId=inputs["primaryKeyArn"],
            ReplicaRegion=self.region,
            Description=inputs.get("description", ""),
            **words,
        )["ReplicaKeyMetadata"]
        return key["KeyId"], self.read(key["KeyId"], inputs)

    def _own(self, key: Mapping[str, Any]) -> Properties:
        primary = key.get("MultiRegionConfiguration", {}).get("PrimaryKey", {}).get("Arn")
        return {"enabled": key["Enabled"]} | ({"primaryKeyArn": primary} if primary else {})

    def _rotate(self, key_id: str, on: bool) -> None:
        """Rotation is the primary's affair."""


class Alias(Kind):
    """A name for a key in one Region."""

    token = "aws:kms/alias:Alias"
    required = ("targetKeyId",)
    optional = ("name", "namePrefix", "region")
    create_only = ("name", "namePrefix", "region")
    computed = ("arn", "targetKeyArn")

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """The ID is the alias's name."""
        self.clients.client("kms").create_alias(AliasName=inputs["name"], TargetKeyId=inputs["targetKeyId"])
        return inputs["name"], self.read(inputs["name"], inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """Found in the list of all aliases: KMS has no other way."""
        kms = self.clients.client("kms")
        pages = kms.get_paginator("list_aliases").paginate()
        found = next((a for page in pages for a in page["Aliases"] if a["AliasName"] == resource_id), None)
        if found is None:
            raise NotFoundError(f"alias {resource_id} does not exist in {self.region}")
        key = kms.describe_key(KeyId=found["TargetKeyId"])["KeyMetadata"]
        return {
            "name": resource_id,
            "arn": found["AliasArn"],
            "targetKeyId": found["TargetKeyId"],
            "targetKeyArn": key["Arn"],
        }

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Point the alias at another key."""
        self.clients.client("kms").update_alias(AliasName=resource_id, TargetKeyId=new["targetKeyId"])
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """The key stays."""
        with gone_is_not_found(f"alias {resource_id}"):
            self.clients.client("kms").delete_alias(AliasName=resource_id)
