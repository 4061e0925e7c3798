"""ARC through boto3: the configuration API of every port, the data plane of the five endpoints."""

import json
import time
from dataclasses import dataclass

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from sandbox.cloud.process import Endpoints
from tests.sandbox.cloud_client import Client, Cloud, refused, until

CONFIG = "route53-recovery-control-config"
REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2"]


@dataclass(frozen=True)
class Made:
    """A cluster with a panel and the two safety controls."""

    cluster: str
    panel: str
    force: str
    pin: str
    endpoints: dict[str, str]

    def data(self, region: str = "eu-west-1", url: str | None = None) -> Client:
        return boto3.client(
            "route53-recovery-cluster",
            region_name=region,
            endpoint_url=url or self.endpoints[region],
            aws_access_key_id="sandbox",
            aws_secret_access_key="sandbox",
            config=Config(retries={"total_max_attempts": 1}),
        )


@pytest.fixture(scope="module")
def made(aws: Cloud) -> Made:
    config = aws.client(CONFIG, SECONDARY)
    cluster = config.create_cluster(ClusterName="shared", Tags={"stack": "local"})["Cluster"]
    assert cluster["Status"] == "PENDING"
    assert "ClusterEndpoints" not in cluster
    arn = cluster["ClusterArn"]
    until(lambda: config.describe_cluster(ClusterArn=arn)["Cluster"]["Status"] == "DEPLOYED")
    endpoints = config.describe_cluster(ClusterArn=arn)["Cluster"]["ClusterEndpoints"]
    panel = config.create_control_panel(ClusterArn=arn, ControlPanelName="local")["ControlPanel"]["ControlPanelArn"]
    force, pin = (
        config.create_routing_control(ClusterArn=arn, ControlPanelArn=panel, RoutingControlName=name)["RoutingControl"][
            "RoutingControlArn"
        ]
        for name in ("local-force-secondary", "local-pin-primary")
    )
    return Made(arn, panel, force, pin, {one["Region"]: one["Endpoint"] for one in endpoints})


def test_five_endpoints_on_ports_of_their_own(made: Made, cloud: Endpoints) -> None:
    assert list(made.endpoints) == REGIONS
    ports = {url.removeprefix("http://127.0.0.1:").split("/")[0] for url in made.endpoints.values()}
    assert len(ports) == 5
    assert not ports & {url.rpartition(":")[2] for url in cloud.urls.values()}


def test_the_configuration_api_is_one_for_all_regions(aws: Cloud, made: Made) -> None:
    for region in (PRIMARY, SECONDARY):
        panels = aws.client(CONFIG, region).list_control_panels(ClusterArn=made.cluster)["ControlPanels"]
        assert {(one["Name"], one["DefaultControlPanel"]) for one in panels} == {
            ("DefaultControlPanel", True),
            ("local", False),
        }
    assert aws.client(CONFIG).list_tags_for_resource(ResourceArn=made.cluster)["Tags"] == {"stack": "local"}
    aws.client(CONFIG).tag_resource(ResourceArn=made.cluster, Tags={"more": "yes"})
    aws.client(CONFIG).untag_resource(ResourceArn=made.cluster, TagKeys=["stack"])
    assert aws.client(CONFIG).list_tags_for_resource(ResourceArn=made.cluster)["Tags"] == {"more": "yes"}


def test_every_endpoint_sees_a_change_at_once(made: Made) -> None:
    made.data("us-east-1").update_routing_control_state(RoutingControlArn=made.pin, RoutingControlState="On")
    for region in REGIONS:
        state = made.data(region).get_routing_control_state(RoutingControlArn=made.pin)
        assert (state["RoutingControlName"], state["RoutingControlState"]) == ("local-pin-primary", "On")
    made.data().update_routing_control_state(RoutingControlArn=made.pin, RoutingControlState="Off")
    listed = made.data().list_routing_controls(ControlPanelArn=made.panel)["RoutingControls"]
    assert {one["RoutingControlName"]: one["RoutingControlState"] for one in listed} == {
        "local-force-secondary": "Off",
        "local-pin-primary": "Off",
    }


def test_a_safety_rule_forbids_names_itself_and_can_be_overridden(aws: Cloud, made: Made) -> None:
    config, data = aws.client(CONFIG), made.data()
    rule = config.create_safety_rule(
        AssertionRule={
            "Name": "not-both",
            "ControlPanelArn": made.panel,
            "AssertedControls": [made.force, made.pin],
            "RuleConfig": {"Type": "AND", "Threshold": 2, "Inverted": True},
            "WaitPeriodMs": 0,
        }
    )["AssertionRule"]["SafetyRuleArn"]
    both = [
        {"RoutingControlArn": made.force, "RoutingControlState": "On"},
        {"RoutingControlArn": made.pin, "RoutingControlState": "On"},
    ]
    with pytest.raises(ClientError) as caught:
        data.update_routing_control_states(UpdateRoutingControlStateEntries=both)
    assert caught.value.response["Error"]["Code"] == "ConflictException"
    assert rule in caught.value.response["Error"]["Message"]
    assert caught.value.response["resourceId"] == rule
    data.update_routing_control_states(UpdateRoutingControlStateEntries=both, SafetyRulesToOverride=[rule])
    off = [{**entry, "RoutingControlState": "Off"} for entry in both]
    data.update_routing_control_states(UpdateRoutingControlStateEntries=off)
    listed = config.list_safety_rules(ControlPanelArn=made.panel)["SafetyRules"]
    assert [one["ASSERTION"]["Name"] for one in listed] == ["not-both"]
    changed = config.update_safety_rule(
        AssertionRuleUpdate={"SafetyRuleArn": rule, "Name": "renamed", "WaitPeriodMs": 7000}
    )["AssertionRule"]
    assert (changed["Name"], changed["WaitPeriodMs"]) == ("renamed", 7000)
    with refused("ConflictException", rule):
        config.delete_routing_control(RoutingControlArn=made.force)
    config.delete_safety_rule(SafetyRuleArn=rule)
    with refused("ResourceNotFoundException"):
        config.describe_safety_rule(SafetyRuleArn=rule)


def test_an_answer_does_not_wait_for_an_acknowledgement(made: Made) -> None:
    """The fastest of ten calls: with Nagle's algorithm on, every one takes more than 40 ms."""
    data, taken = made.data(), []
    for _ in range(10):
        start = time.perf_counter()
        data.get_routing_control_state(RoutingControlArn=made.pin)
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.03


def test_an_endpoint_serves_its_own_cluster_only(made: Made) -> None:
    url = made.endpoints["us-west-2"].rpartition("/")[0] + "/another"
    with refused("ResourceNotFoundException"):
        made.data("us-west-2", url).list_routing_controls()


def test_a_region_has_no_data_plane(aws: Cloud, made: Made) -> None:
    with refused("ValidationException", "endpoints"):
        made.data("us-west-2", aws.endpoints.urls[SECONDARY]).list_routing_controls()


def test_a_repeated_call_makes_nothing_new(aws: Cloud, made: Made) -> None:
    config = aws.client(CONFIG)
    arns = {
        config.create_routing_control(ClusterArn=made.cluster, RoutingControlName="flag", ClientToken="same-token")[
            "RoutingControl"
        ]["RoutingControlArn"]
        for _ in range(2)
    }
    assert len(arns) == 1
    config.delete_routing_control(RoutingControlArn=arns.pop())


def test_what_is_in_use_is_not_deleted(aws: Cloud, made: Made) -> None:
    with refused("ConflictException"):
        aws.client(CONFIG).delete_control_panel(ControlPanelArn=made.panel)
    with refused("ConflictException"):
        aws.client(CONFIG).delete_cluster(ClusterArn=made.cluster)


def test_the_ports_are_announced(cloud: Endpoints, made: Made, aws: Cloud) -> None:
    assert [one["region"] for one in cloud.network["arc"]] == REGIONS
    for one in cloud.network["arc"]:
        assert made.endpoints[one["region"]].startswith(one["endpoint"] + "/"), json.dumps(cloud.network)
