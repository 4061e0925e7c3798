"""The DynamoDB table in the secondary Region: reads are consistent, writes of shared items conditional."""

from collections.abc import Mapping
from typing import Any

import clients
from item import OVERRIDE, Item


def to_attributes(item: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """An item as DynamoDB's attribute values: text, whole numbers and booleans are all we have."""
    return {key: _attribute(value) for key, value in item.items()}


def _attribute(value: object) -> dict[str, Any]:
    match value:
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case str():
            return {"S": value}
    raise TypeError(f"an item holds text, whole numbers and booleans, not {type(value).__name__}")


def from_attributes(attributes: Mapping[str, Mapping[str, Any]]) -> Item:
    """The item of DynamoDB's attribute values; other kinds of values are left out."""
    item: Item = {}
    for key, value in attributes.items():
        if "N" in value:
            item[key] = int(float(value["N"]))
        elif "S" in value or "BOOL" in value:
            item[key] = value.get("S", value.get("BOOL"))
    return item


class Table:
    """Needs dynamodb:GetItem and dynamodb:PutItem only."""

    def __init__(self, name: str, region: str, client: Any = None) -> None:
        self.name, self._region, self._kept = name, region, client

    @property
    def _client(self) -> Any:
        if self._kept is None:
            self._kept = clients.make("dynamodb", self._region)
        return self._kept

    def get(self, key: str) -> Item | None:
        """One item, or None."""
        found = self._client.get_item(TableName=self.name, Key={"id": {"S": key}}, ConsistentRead=True).get("Item")
        return from_attributes(found) if found else None

    def put(self, item: Item) -> None:
        """An item that only we write."""
        self._client.put_item(TableName=self.name, Item=to_attributes(item))

    def replace(self, item: Item, old: Item | None) -> bool:
        """Write `item` if `old` is still what lies there; False when somebody was faster.

        The override has no version: it also comes from people. Its two switches are compared instead.
        """
        compared = ("force", "pin") if item["id"] == OVERRIDE else ("version",)
        expected = {name: old[name] for name in compared if name in old} if old else {}
        tests = [f"#{name} = :{name}" if name in expected else f"attribute_not_exists(#{name})" for name in compared]
        condition: dict[str, Any] = {"ConditionExpression": " AND ".join(tests)}
        condition["ExpressionAttributeNames"] = {f"#{name}": name for name in compared}
        if expected:
            values = to_attributes({f":{name}": value for name, value in expected.items()})
            condition["ExpressionAttributeValues"] = values
        try:
            self._client.put_item(TableName=self.name, Item=to_attributes(item), **condition)
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True
