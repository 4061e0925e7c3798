"""Hosted zones and records in the plugins."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pulumi_aws as aws
import pytest
from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers.server import one_line
from sandbox.providers.values import plain_map
from tests.sandbox.cloud_client import Cloud, refused
from tests.sandbox.plugin import Plugin, sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")
WEST = "us-west-2"


@dataclass(frozen=True)
class Zone:
    """A hosted zone that is emptied when it goes."""

    id: str
    name: str


def zones() -> Plugin:
    return Plugin("aws", "aws:route53/zone:Zone", region=WEST)


def records() -> Plugin:
    return Plugin("aws", "aws:route53/record:Record", region=WEST)


@pytest.fixture
def zone(reachable: None) -> Iterator[Zone]:
    name, plugin = f"z{uuid.uuid4().hex[:8]}.example", zones()
    resource_id, state = plugin.create({"name": name, "forceDestroy": True})
    yield Zone(resource_id, name)
    plugin.delete(resource_id, state)


def test_a_zone_as_the_sdk_asks_for_it_lives_without_drift() -> None:
    inputs = sdk_inputs(lambda: aws.route53.Zone("z", name="Login.Example", comment="one", force_destroy=False))
    plugin = zones()
    resource_id, state = plugin.settles(inputs)
    assert (state["zoneId"], len(state["nameServers"])) == (resource_id, 4)
    assert state["nameServers"] == sorted(state["nameServers"])
    assert state["primaryNameServer"] in state["nameServers"]
    changed = inputs | {"comment": "two", "forceDestroy": True, "enableAcceleratedRecovery": True}
    state = plugin.update(resource_id, inputs, changed, state)
    plugin.unchanged(resource_id, changed, state)
    assert plugin.diff(inputs, inputs | {"name": "other.example"}) == ["name"]
    plugin.ends(resource_id, changed, state)


def test_a_zone_with_records_goes_only_by_force(aws: Cloud) -> None:
    plugin, inputs = zones(), {"name": "full.example"}
    zone_id, state = plugin.create(inputs)
    names = {"zoneId": zone_id, "name": "a", "type": "A"}
    records().create(names | {"ttl": 60, "records": ["192.0.2.7"]})
    alias = {"name": "a.full.example", "zoneId": zone_id, "evaluateTargetHealth": False}
    records().create(names | {"name": "", "aliases": [alias]})
    with refused("HostedZoneNotEmpty"):
        plugin.delete(zone_id, state)
    plugin.ends(zone_id, inputs, state | {"forceDestroy": True})


def test_weighted_records_as_the_sdk_asks_for_them_live_without_drift(zone: Zone, check: str) -> None:
    ids = []
    for region, weight in (("us-east-1", 100), ("us-west-2", 0)):
        inputs = sdk_inputs(
            lambda region=region, weight=weight: aws.route53.Record(
                "r",
                zone_id=zone.id,
                name=f"serving.{zone.name}",
                type="CNAME",
                ttl=60,
                records=[f"cognito-idp.{region}.amazonaws.com"],
                set_identifier=region,
                weighted_routing_policies=[{"weight": weight}],
                health_check_id=check,
            )
        )
        resource_id, state = records().settles(inputs)
        assert (state["fqdn"], state["weightedRoutingPolicies"]) == (f"serving.{zone.name}", [{"weight": weight}])
        ids.append((resource_id, inputs, state))
    assert [one for one, _, _ in ids] == [
        f"{zone.id}_serving.{zone.name}_CNAME_us-east-1",
        f"{zone.id}_serving.{zone.name}_CNAME_us-west-2",
    ]
    for resource_id, inputs, state in ids:
        imported = plain_map(records().read(resource_id, {}, {}).inputs or {})
        assert imported == inputs
        shorter = inputs | {"ttl": 30}
        state = records().update(resource_id, inputs, shorter, state)
        records().unchanged(resource_id, shorter, state)
        records().ends(resource_id, shorter, state)


def test_an_alias_record_as_the_sdk_asks_for_it_lives_without_drift(zone: Zone) -> None:
    target = {"zoneId": zone.id, "name": "target", "type": "A", "ttl": 60, "records": ["192.0.2.1", "192.0.2.2"]}
    records().settles(target)
    inputs = sdk_inputs(
        lambda: aws.route53.Record(
            "r",
            zone_id=zone.id,
            name=zone.name,
            type="A",
            aliases=[{"name": f"Target.{zone.name}.", "zone_id": zone.id, "evaluate_target_health": False}],
        )
    )
    resource_id, state = records().settles(inputs)
    records().ends(resource_id, inputs, state)


def test_a_refresh_shows_what_others_changed_in_a_record(zone: Zone, aws: Cloud) -> None:
    inputs = {"zoneId": zone.id, "name": "one", "type": "TXT", "ttl": 60, "records": ["a b"]}
    resource_id, state = records().settles(inputs)
    changed = {
        "Name": f"one.{zone.name}",
        "Type": "TXT",
        "TTL": 300,
        "ResourceRecords": [{"Value": '"a b"'}, {"Value": '"c"'}],
    }
    aws.client("route53").change_resource_record_sets(
        HostedZoneId=zone.id, ChangeBatch={"Changes": [{"Action": "UPSERT", "ResourceRecordSet": changed}]}
    )
    seen = plain_map(records().read(resource_id, inputs, state).inputs or {})
    assert (seen["ttl"], seen["records"]) == (300, ["a b", "c"])


def test_a_record_that_exists_is_taken_over_only_when_said(zone: Zone) -> None:
    inputs = {"zoneId": zone.id, "name": zone.name, "type": "NS", "ttl": 60, "records": ["ns1.other.example"]}
    with pytest.raises(Exception, match="already exists") as raised:
        records().create(inputs)
    assert one_line(raised.value).startswith("AWS refuses this: ")
    assert records().create(inputs | {"allowOverwrite": True})[1]["ttl"] == 60


def test_a_record_with_another_type_is_the_same_resource(zone: Zone) -> None:
    inputs = {"zoneId": zone.id, "name": "moves", "type": "CNAME", "ttl": 60, "records": ["b.example"]}
    resource_id, state = records().create(inputs)
    other = inputs | {"type": "A", "records": ["192.0.2.4"]}
    assert records().diff(inputs, other) == []
    state = records().update(resource_id, inputs, other, state)
    assert records().read(resource_id, inputs, inputs).resource_id == ""
    records().unchanged(resource_id, other, state)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"type": "CNMAE"}, "type: AWS refuses this at create: 'CNMAE' is none of"),
        ({"aliases": []}, "records: exactly one of"),
        ({"ttl": None}, "ttl: `ttl` goes with `records`"),
        ({"setIdentifier": "x"}, "setIdentifier: `setIdentifier` goes with"),
        ({"setIdentifier": "x", "weightedRoutingPolicies": [{"weight": 256}]}, "at most 255 is allowed"),
        ({"latencyRoutingPolicies": []}, "latencyRoutingPolicies: unknown property"),
        ({"records": UNKNOWN, "zoneId": UNKNOWN}, None),
        ({"records": [UNKNOWN]}, None),
    ],
)
def test_a_record_that_aws_refuses_is_refused_at_check(change: dict[str, Any], refusal: str | None) -> None:
    inputs = {"zoneId": "Z1", "name": "a", "type": "A", "ttl": 60, "records": ["192.0.2.1"]}
    found = records().check(inputs | change)
    assert any(refusal in line for line in found) if refusal else found == []
