"""DynamoDB items that a program makes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers.errors import NotFoundError, ProviderError
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found


class TableItem(Kind):
    """One item; its ID is `table,hashValue[,rangeValue]`.

    Its update writes the item whole: attributes of others are a difference after a refresh, and go. A program
    that only founds an item says `ignore_changes=["item"]`.
    """

    token = "aws:dynamodb/tableItem:TableItem"
    required = ("tableName", "hashKey", "item")
    optional = ("rangeKey", "region")
    create_only = ("tableName", "hashKey", "rangeKey", "region")
    computed = ("hashKeyValue", "rangeKeyValue")
    json_text = ("item",)

    def failures(self, inputs: Properties) -> Iterator[tuple[str, str]]:
        """The item is a JSON object of attribute values, with its keys."""
        yield from super().failures(inputs)
        text = inputs.get("item", UNKNOWN)
        if text == UNKNOWN:
            return
        try:
            item = json.loads(text)
        except ValueError as error:
            yield "item", f"not JSON: {error}"
            return
        for key in (inputs[name] for name in ("hashKey", "rangeKey") if name in inputs):
            if key != UNKNOWN and key not in item:
                yield "item", f"has no attribute {key!r}, which is its key"

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """PutItem unless there is one: the real provider refuses to take over an item that exists."""
        client = self.clients.client("dynamodb")
        item = json.loads(inputs["item"])
        resource_id = ",".join([inputs["tableName"], *_key_values(inputs, item)])
        try:
            client.put_item(
                TableName=inputs["tableName"],
                Item=item,
                ConditionExpression="attribute_not_exists(#k)",
                ExpressionAttributeNames={"#k": inputs["hashKey"]},
            )
        except client.exceptions.ConditionalCheckFailedException as error:
            raise ProviderError(f"item {resource_id} exists already: delete it, or import it") from error
        return resource_id, self.read(resource_id, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """GetItem, consistent; the real provider cannot import an item either."""
        if not state:
            raise ProviderError(f"item {resource_id}: an item cannot be imported")
        item = json.loads(state["item"])
        client = self.clients.client("dynamodb")
        with gone_is_not_found(f"table {state['tableName']}"):
            found = client.get_item(TableName=state["tableName"], Key=_key(state, item), ConsistentRead=True)
        if "Item" not in found:
            raise NotFoundError(f"item {resource_id} does not exist")
        values = dict(zip(("hashKeyValue", "rangeKeyValue"), _key_values(state, found["Item"]), strict=False))
        kept = {key: state[key] for key in ("tableName", "hashKey", "rangeKey") if key in state}
        return {**kept, **values, "item": json.dumps(found["Item"], sort_keys=True)}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Write the item whole; an item with another key is another one: the old one goes."""
        client, table = self.clients.client("dynamodb"), new["tableName"]
        before, after = json.loads(old["item"]), json.loads(new["item"])
        client.put_item(TableName=table, Item=after)
        if _key(old, before) != _key(new, after):
            client.delete_item(TableName=table, Key=_key(old, before))
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """DeleteItem, whatever stands in it by now."""
        with gone_is_not_found(f"table {state['tableName']}"):
            client = self.clients.client("dynamodb")
            client.delete_item(TableName=state["tableName"], Key=_key(state, json.loads(state["item"])))


def _key(inputs: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    return {inputs[key]: item[inputs[key]] for key in ("hashKey", "rangeKey") if inputs.get(key)}


def _key_values(inputs: Mapping[str, Any], item: Mapping[str, Any]) -> list[str]:
    return [str(next(iter(value.values()))) for value in _key(inputs, item).values()]
