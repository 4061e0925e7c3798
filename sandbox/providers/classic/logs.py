"""CloudWatch log groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.providers.errors import NotFoundError
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found


class LogGroup(Kind):
    """A log group; its ID is its name, its ARN has no `:*`."""

    token = "aws:cloudwatch/logGroup:LogGroup"
    optional = ("name", "retentionInDays", "kmsKeyId", "tags", "tagsAll", "region")
    create_only = ("name", "region")
    computed = ("arn",)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Then the retention, which is a call of its own."""
        self.clients.client("logs").create_log_group(logGroupName=inputs["name"])
        return inputs["name"], self.update(inputs["name"], {}, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """Zero days of retention means for ever."""
        groups = self.clients.client("logs").describe_log_groups(logGroupNamePrefix=resource_id)["logGroups"]
        found = next((group for group in groups if group["logGroupName"] == resource_id), None)
        if found is None:
            raise NotFoundError(f"log group {resource_id} does not exist in {self.region}")
        days = found.get("retentionInDays", 0)
        return {"name": resource_id, "arn": found["arn"].removesuffix(":*"), "retentionInDays": days}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Set or lift the retention."""
        logs = self.clients.client("logs")
        if days := new.get("retentionInDays"):
            logs.put_retention_policy(logGroupName=resource_id, retentionInDays=days)
        elif old.get("retentionInDays"):
            logs.delete_retention_policy(logGroupName=resource_id)
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """With all that was logged."""
        with gone_is_not_found(f"log group {resource_id}"):
            self.clients.client("logs").delete_log_group(logGroupName=resource_id)
