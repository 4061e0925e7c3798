"""DynamoDB tables and items in the plugins."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pulumi_aws as aws
import pytest

from sandbox.providers.errors import ProviderError
from sandbox.providers.server import one_line
from sandbox.providers.values import plain_map
from tests.sandbox.cloud_client import Cloud
from tests.sandbox.plugin import Plugin, sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")
WEST = "us-west-2"
TABLE = {
    "name": "local-failover",
    "hashKey": "id",
    "attributes": [{"name": "id", "type": "S"}],
    "billingMode": "PAY_PER_REQUEST",
}
ITEM = {
    "tableName": "local-failover",
    "hashKey": "id",
    "item": json.dumps({"id": {"S": "override"}, "force": {"BOOL": False}, "at": {"N": "0"}}),
}


@pytest.fixture
def table(reachable: None) -> Iterator[str]:
    plugin = Plugin("aws", "aws:dynamodb/table:Table", region=WEST)
    resource_id, state = plugin.create(TABLE)
    yield resource_id
    plugin.delete(resource_id, state)


def items() -> Plugin:
    return Plugin("aws", "aws:dynamodb/tableItem:TableItem", region=WEST)


def test_a_table_as_the_sdk_asks_for_it_lives_without_drift() -> None:
    inputs = sdk_inputs(
        lambda: aws.dynamodb.Table(
            "t",
            name="local-sdk",
            hash_key="id",
            billing_mode="PAY_PER_REQUEST",
            attributes=[{"name": "id", "type": "S"}],
            point_in_time_recovery={"enabled": True},
            ttl={"enabled": True, "attribute_name": "expires"},
            deletion_protection_enabled=True,
            region=WEST,
        )
    )
    plugin = Plugin("aws", "aws:dynamodb/table:Table")
    resource_id, state = plugin.settles(inputs)
    assert state["arn"].startswith(f"arn:aws:dynamodb:{WEST}:")
    with pytest.raises(Exception, match="protection") as raised:
        plugin.delete(resource_id, state)
    assert one_line(raised.value).startswith("AWS refuses this: ")
    open_to_deletion = inputs | {"deletionProtectionEnabled": False, "pointInTimeRecovery": {"enabled": False}}
    changed = plugin.update(resource_id, inputs, open_to_deletion, state)
    plugin.unchanged(resource_id, open_to_deletion, changed)
    plugin.ends(resource_id, open_to_deletion, changed)


def test_a_table_in_provisioned_mode_changes_to_on_demand_and_back() -> None:
    plugin = Plugin("aws", "aws:dynamodb/table:Table", region=WEST)
    provisioned = {key: value for key, value in TABLE.items() if key != "billingMode"} | {"name": "local-modes"}
    on_demand = provisioned | {"billingMode": "PAY_PER_REQUEST"}
    resource_id, state = plugin.settles(provisioned)
    assert state["billingMode"] == "PROVISIONED"
    state = plugin.update(resource_id, provisioned, on_demand, state)
    assert state["billingMode"] == "PAY_PER_REQUEST"
    state = plugin.update(resource_id, on_demand, provisioned, state)
    assert state["billingMode"] == "PROVISIONED"
    plugin.ends(resource_id, provisioned, state)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"billingMode": "ON_DEMAND"}, "billingMode: AWS refuses this at create: 'ON_DEMAND' is none of PROVISIONED"),
        ({"attributes": [{"name": "id", "type": "S"}, {"name": "x", "type": "S"}]}, "must be just the keys id"),
        ({"globalSecondaryIndexes": []}, "globalSecondaryIndexes: unknown property"),
    ],
)
def test_a_table_that_aws_refuses_is_refused_at_check(change: dict[str, Any], refusal: str) -> None:
    found = Plugin("aws", "aws:dynamodb/table:Table").check(TABLE | change)
    assert any(refusal in line for line in found), found


def test_a_table_is_replaced_when_its_key_changes() -> None:
    plugin = Plugin("aws", "aws:dynamodb/table:Table")
    assert plugin.diff(TABLE, TABLE | {"hashKey": "key"}) == ["hashKey"]
    assert plugin.diff(TABLE, TABLE | {"deletionProtectionEnabled": True}) == []


def test_an_item_as_the_sdk_asks_for_it_lives_without_drift(table: str) -> None:
    inputs = sdk_inputs(
        lambda: aws.dynamodb.TableItem("i", table_name=table, hash_key="id", item=ITEM["item"], region=WEST)
    )
    plugin = Plugin("aws", "aws:dynamodb/tableItem:TableItem")
    resource_id, state = plugin.create(inputs)
    assert (resource_id, state["hashKeyValue"]) == (f"{table},override", "override")
    plugin.unchanged(resource_id, inputs, state)
    plugin.ends(resource_id, inputs, state)


@pytest.mark.usefixtures("table")
def test_an_item_that_others_wrote_shows_after_a_refresh_and_an_update_takes_it_back(aws: Cloud) -> None:
    plugin, client = items(), aws.client("dynamodb", WEST)
    resource_id, state = plugin.create(ITEM)
    client.put_item(TableName=ITEM["tableName"], Item={"id": {"S": "override"}, "by": {"S": "someone"}})
    seen = plain_map(plugin.read(resource_id, ITEM, state).inputs or {})
    assert json.loads(seen["item"])["by"] == {"S": "someone"}
    assert client.get_item(TableName=ITEM["tableName"], Key={"id": {"S": "override"}})["Item"]["by"], "a refresh writes"
    plugin.update(resource_id, seen, ITEM, state)
    item = client.get_item(TableName=ITEM["tableName"], Key={"id": {"S": "override"}})["Item"]
    assert item == json.loads(ITEM["item"])


@pytest.mark.usefixtures("table")
def test_an_item_that_exists_is_not_taken_over() -> None:
    items().create(ITEM)
    with pytest.raises(ProviderError, match="item local-failover,override exists already"):
        items().create(ITEM)


@pytest.mark.usefixtures("table")
def test_an_item_with_another_key_moves_in_place(aws: Cloud) -> None:
    plugin = items()
    resource_id, state = plugin.create(ITEM)
    moved = ITEM | {"item": json.dumps({"id": {"S": "other"}})}
    assert plugin.update(resource_id, ITEM, moved, state)["hashKeyValue"] == "other"
    assert len(aws.client("dynamodb", WEST).scan(TableName=ITEM["tableName"])["Items"]) == 1


@pytest.mark.parametrize(
    ("text", "refusal"), [("{", "item: not JSON"), ('{"x": {"S": "y"}}', "item: has no attribute 'id'")]
)
def test_an_item_without_its_key_is_refused_at_check(text: str, refusal: str) -> None:
    assert any(refusal in line for line in items().check(ITEM | {"item": text}))
