"""The manifest survives its own reading, and says what is wrong with another."""

import json
from dataclasses import replace
from typing import Any

import pytest

from manifest import (
    AlarmFacts,
    ApplicationFacts,
    CanaryFacts,
    ClientFacts,
    ClusterEndpoint,
    ControlFacts,
    CopyFacts,
    DomainFacts,
    FailoverFacts,
    Manifest,
    ManifestError,
    PoolFacts,
    Regions,
    TableFacts,
    TriggerFacts,
    ZoneFacts,
)

FOUNDED = Manifest(
    name="identity",
    phase="foundation",
    account="111122223333",
    pool=PoolFacts(id="us-east-1_a", arns={"us-east-1": "arn:a", "us-west-2": "arn:b"}),
    regions=Regions(primary="us-east-1", secondary="us-west-2"),
    issuer="https://issuer",
    jwks_uri="https://issuer/.well-known/jwks.json",
    applications={
        "callback_urls": ApplicationFacts(
            callback_urls=("https://a/",), logout_urls=(), clients={"web": ClientFacts(id="c", kind="web")}
        )
    },
    keys={"us-east-1": "arn:k"},
    triggers={},
)

FAILOVER = FailoverFacts(
    serving_check="calculated",
    override="routing_control",
    latch_after=60,
    record_ttl=60,
    interval=10,
    threshold=3,
    checks={"force_a": "id-1", "serving": "id-2"},
    controls=ControlFacts(
        panel_arn="arn:p", force="arn:f", pin="arn:n", safety_rule_arn="arn:s", safety_rule_name="not-both"
    ),
    cluster_endpoints=(ClusterEndpoint(region="us-east-1", endpoint="https://one/v1"),),
    table=TableFacts(name="identity-failover", arn="arn:t", region="us-west-2"),
    probers=("us-west-2",),
    verdict_function="identity-verdict",
)

LIVE = replace(
    FOUNDED,
    phase="live",
    triggers={"us-east-1": {"pre": TriggerFacts(alias_arn="arn:l", version="1", fingerprint="f")}},
    prefix_domains={"us-east-1": "https://identity.auth.us-east-1.amazoncognito.com"},
    dns=ZoneFacts(zone_id="Z1", zone_name="example.com", name_servers=("ns-1.", "ns-2."), created=True),
    domains=DomainFacts(auth="auth.example.com", api="api.example.com", serving="serving.example.com"),
    failover=FAILOVER,
    canary=CanaryFacts(secret_arn="arn:c", secret_region="us-west-2", username="canary", client_id="drill"),
    alarms={"latchEngaged": AlarmFacts(name="identity-latch-engaged", region="us-west-2")},
    copy=CopyFacts(bucket="b", key="manifest.json", region="us-west-2"),
)


@pytest.mark.parametrize("manifest", [FOUNDED, LIVE], ids=["foundation", "live"])
def test_what_is_written_is_read_back(manifest: Manifest) -> None:
    assert Manifest.from_dict(json.loads(json.dumps(manifest.to_dict()))) == manifest


def test_keys_are_camel_case_and_keys_of_mappings_stay() -> None:
    data = LIVE.to_dict()
    assert data["schemaVersion"] == 2
    assert data["dns"] == {
        "zoneId": "Z1",
        "zoneName": "example.com",
        "nameServers": ["ns-1.", "ns-2."],
        "created": True,
    }
    assert data["failover"]["checks"] == {"force_a": "id-1", "serving": "id-2"}
    assert data["failover"]["controls"]["safetyRuleName"] == "not-both"
    assert list(data["applications"]) == ["callback_urls"]


def test_what_a_phase_has_not_reached_is_null_or_empty() -> None:
    data = FOUNDED.to_dict()
    assert [data[key] for key in ("dns", "domains", "failover", "canary", "copy")] == [None] * 5
    assert [data[key] for key in ("prefixDomains", "alarms")] == [{}, {}]


def test_the_older_version_is_refused_with_the_way_out() -> None:
    with pytest.raises(ManifestError, match=r"schemaVersion is 1: this program reads version 2. Run `pulumi up`"):
        Manifest.from_dict(FOUNDED.to_dict() | {"schemaVersion": 1})


def test_a_newer_version_is_refused_with_the_way_out() -> None:
    with pytest.raises(ManifestError, match="schemaVersion is 3: .* Use the release of cognito-dr"):
        Manifest.from_dict(FOUNDED.to_dict() | {"schemaVersion": 3})


def test_a_missing_key_is_named() -> None:
    data = FOUNDED.to_dict()
    del data["issuer"]
    with pytest.raises(ManifestError, match="the manifest has no key 'issuer'"):
        Manifest.from_dict(data)


def test_a_missing_key_further_down_is_named_with_its_place() -> None:
    data = LIVE.to_dict()
    del data["failover"]["clusterEndpoints"][0]["region"]
    with pytest.raises(ManifestError, match=r"the manifest\.failover\.clusterEndpoints\[\] has no key 'region'"):
        Manifest.from_dict(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": 1}, "the manifest.name has a value of the wrong kind: int, not str"),
        ({"phase": "domains"}, "the manifest.phase is 'domains': this program knows foundation, replication"),
        ({"pool": 5}, "the manifest.pool has a value of the wrong kind: int, not dict"),
        ({"keys": {"us-east-1": None}}, "the manifest.keys.us-east-1 has a value of the wrong kind: NoneType, not str"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_its_place(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ManifestError, match=message):
        Manifest.from_dict(FOUNDED.to_dict() | change)


def test_whole_numbers_may_come_back_from_the_engine_as_floats() -> None:
    data = LIVE.to_dict()
    data["failover"]["latchAfter"] = 60.0
    assert Manifest.from_dict(data) == LIVE


@pytest.mark.parametrize("data", [None, [], "x", {}])
def test_anything_else_is_refused_with_a_message(data: object) -> None:
    with pytest.raises(ManifestError):
        Manifest.from_dict(data)
