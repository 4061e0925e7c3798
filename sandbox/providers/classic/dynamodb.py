"""DynamoDB tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.kind import Properties
from sandbox.providers.not_found import gone_is_not_found
from sandbox.providers.waiting import wait


class Table(Shaped):
    """A table; its ID is its name. Without `billingMode` it has provisioned capacity."""

    token = "aws:dynamodb/table:Table"
    required = ("name", "hashKey", "attributes")
    optional = (
        *("rangeKey", "billingMode", "readCapacity", "writeCapacity", "tableClass", "deletionProtectionEnabled"),
        *("pointInTimeRecovery", "ttl", "region"),
    )
    create_only = ("name", "hashKey", "rangeKey", "region")
    computed = ("arn",)
    unordered = ("attributes",)
    service, call = "dynamodb", ("CreateTable",)
    names: ClassVar = {"name": "TableName"}
    defaults: ClassVar = {"billingMode": "PROVISIONED", "tableClass": "STANDARD"}
    apart = (
        "attributes",
        "hashKey",
        "rangeKey",
        "pointInTimeRecovery",
        "readCapacity",
        "region",
        "ttl",
        "writeCapacity",
    )

    def failures(self, inputs: Properties) -> Iterator[tuple[str, str]]:
        """Attributes are just those of the keys: the real provider says so at the preview."""
        yield from super().failures(inputs)
        declared = inputs.get("attributes")
        if isinstance(declared, list) and UNKNOWN not in declared:
            names = {attribute.get("name") for attribute in declared}
            keys = {inputs[key] for key in ("hashKey", "rangeKey") if key in inputs}
            if UNKNOWN not in names | keys and names != keys:
                yield "attributes", f"must be just the keys {', '.join(sorted(keys))}: all other attributes are free"

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateTable, until it is ACTIVE; then backups and time to live."""
        client, name = self.clients.client("dynamodb"), inputs["name"]
        client.create_table(
            AttributeDefinitions=[
                {"AttributeName": a["name"], "AttributeType": a["type"]} for a in inputs["attributes"]
            ],
            KeySchema=_key_schema(inputs),
            **self.words({"billingMode": "PROVISIONED"} | inputs),
            **_throughput(inputs),
        )
        wait(f"table {name}", lambda: client.describe_table(TableName=name)["Table"]["TableStatus"] == "ACTIVE")
        self._settle(name, {}, inputs)
        return name, self.read(name, inputs)

    def _settle(self, name: str, old: Properties, new: Properties) -> None:
        client = self.clients.client("dynamodb")
        if old.get("pointInTimeRecovery") != new.get("pointInTimeRecovery"):
            enabled = (new.get("pointInTimeRecovery") or {}).get("enabled", False)
            client.update_continuous_backups(
                TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": enabled}
            )
        if old.get("ttl") != new.get("ttl"):
            ttl = new.get("ttl") or {**old["ttl"], "enabled": False}
            words = {"Enabled": ttl.get("enabled", False), "AttributeName": ttl["attributeName"]}
            client.update_time_to_live(TableName=name, TimeToLiveSpecification=words)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """With backups and time to live, which are calls of their own."""
        client = self.clients.client("dynamodb")
        with gone_is_not_found(f"table {resource_id}"):
            found = client.describe_table(TableName=resource_id)["Table"]
        keys = {key["KeyType"]: key["AttributeName"] for key in found["KeySchema"]}
        backups = client.describe_continuous_backups(TableName=resource_id)["ContinuousBackupsDescription"]
        recovery = backups.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus")
        ttl = client.describe_time_to_live(TableName=resource_id)["TimeToLiveDescription"]
        return {
            "arn": found["TableArn"],
            "name": resource_id,
            "hashKey": keys["HASH"],
            "rangeKey": keys.get("RANGE"),
            "attributes": [
                {"name": a["AttributeName"], "type": a["AttributeType"]} for a in found["AttributeDefinitions"]
            ],
            "billingMode": found.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED"),
            "tableClass": found.get("TableClassSummary", {}).get("TableClass", "STANDARD"),
            "deletionProtectionEnabled": found.get("DeletionProtectionEnabled", False),
            "pointInTimeRecovery": {"enabled": recovery == "ENABLED"},
            "ttl": {
                "enabled": ttl.get("TimeToLiveStatus") in ("ENABLED", "ENABLING"),
                "attributeName": ttl.get("AttributeName", ""),
            },
            **_capacity(found),
        }

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """UpdateTable with what changed, then backups and time to live."""
        client = self.clients.client("dynamodb")
        fixed = ("name", "attributes")
        changed = self.changes(old, new)
        words = self.words({key: value for key, value in changed.items() if key not in fixed})
        if changed.keys() & {"billingMode", "readCapacity", "writeCapacity"}:
            words |= _throughput(new)
        if words:
            client.update_table(TableName=resource_id, **words)
        self._settle(resource_id, old, new)
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """DynamoDB refuses while the table is protected."""
        with gone_is_not_found(f"table {resource_id}"):
            self.clients.client("dynamodb").delete_table(TableName=resource_id)


def _key_schema(inputs: Properties) -> list[dict[str, str]]:
    kinds = {"hashKey": "HASH", "rangeKey": "RANGE"}
    return [{"AttributeName": inputs[key], "KeyType": kind} for key, kind in kinds.items() if key in inputs]


def _throughput(inputs: Properties) -> dict[str, Any]:
    if inputs.get("billingMode", "PROVISIONED") != "PROVISIONED":
        return {}
    words = {"ReadCapacityUnits": inputs.get("readCapacity", 1), "WriteCapacityUnits": inputs.get("writeCapacity", 1)}
    return {"ProvisionedThroughput": words}


def _capacity(found: Mapping[str, Any]) -> Properties:
    units = found.get("ProvisionedThroughput", {})
    return {"readCapacity": units.get("ReadCapacityUnits", 0), "writeCapacity": units.get("WriteCapacityUnits", 0)}
