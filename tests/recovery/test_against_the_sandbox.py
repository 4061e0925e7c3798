"""The command line against the emulated AWS: ARC with its safety rule, Cognito, the table, the secret."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from typer.testing import CliRunner

from manifest import CanaryFacts, ClusterEndpoint, ControlFacts, Manifest, PoolFacts
from recovery import sandbox_control
from recovery.app import app
from recovery.clients import Network, Seen, ServingClient
from recovery.errors import RecoveryError
from recovery.names import Resolver
from recovery.oauth import OauthClient
from recovery.surroundings import Surroundings
from recovery.web import UnreachableError, Web
from sandbox.cloud.process import Endpoints
from tests.recovery.command_line import run
from tests.recovery.sandboxed import prefix_domain, verdict_table
from tests.recovery.stacks import P, S, failover, live
from tests.sandbox.cloud_client import Cloud, until
from tests.sandbox.network_client import Outside
from tests.sandbox.network_world import check, key_set

RULE = "t-not-force-and-pin"


@dataclass
class Stack:
    """What the commands work on."""

    aws: Cloud
    manifest: Manifest
    folder: Path

    def run(self, *words: str) -> Any:
        return run(self.manifest, self.folder, *words)


@pytest.fixture(scope="module")
def made(endpoints: Endpoints) -> Manifest:
    """A pool with an active replica, a drill client, a cluster with its rule, a table and an empty secret."""
    aws = Cloud(endpoints)
    pool = aws.replicated()
    secret = aws.client("secretsmanager", S).create_secret(Name="t/canary")["ARN"]
    controls, five = cluster(aws)
    facts = replace(
        failover(),
        serving_check="verdict",
        override="routing_control",
        controls=controls,
        cluster_endpoints=five,
        table=replace(failover().table, arn=verdict_table(aws)),
    )
    stack = live(facts)
    return replace(
        stack,
        pool=PoolFacts(id=pool.id, arns={P: "", S: ""}),
        issuer=f"https://issuer-cognito-idp.{P}.amazonaws.com/{pool.id}",
        applications={
            "shop": replace(
                stack.applications["shop"],
                clients={"native": replace(stack.applications["shop"].clients["native"], id=pool.client)},
            )
        },
        canary=CanaryFacts(secret_arn=secret, secret_region=S, username="canary", client_id=pool.client),
    )


def cluster(aws: Cloud) -> tuple[ControlFacts, tuple[ClusterEndpoint, ...]]:
    """A cluster as the program makes it."""
    config = aws.client("route53-recovery-control-config", S)
    arn = config.create_cluster(ClusterName="t")["Cluster"]["ClusterArn"]
    until(lambda: config.describe_cluster(ClusterArn=arn)["Cluster"]["Status"] == "DEPLOYED")
    endpoints = config.describe_cluster(ClusterArn=arn)["Cluster"]["ClusterEndpoints"]
    panel = config.create_control_panel(ClusterArn=arn, ControlPanelName="t")["ControlPanel"]["ControlPanelArn"]
    force, pin = (
        config.create_routing_control(ClusterArn=arn, ControlPanelArn=panel, RoutingControlName=name)
        for name in ("t-force-secondary", "t-pin-primary")
    )
    arns = [each["RoutingControl"]["RoutingControlArn"] for each in (force, pin)]
    rule = config.create_safety_rule(
        AssertionRule={
            "Name": RULE,
            "ControlPanelArn": panel,
            "AssertedControls": arns,
            "RuleConfig": {"Type": "AND", "Threshold": 2, "Inverted": True},
            "WaitPeriodMs": 1000,
        }
    )["AssertionRule"]["SafetyRuleArn"]
    facts = ControlFacts(panel_arn=panel, force=arns[0], pin=arns[1], safety_rule_arn=rule, safety_rule_name=RULE)
    return facts, tuple(ClusterEndpoint(region=each["Region"], endpoint=each["Endpoint"]) for each in endpoints)


@pytest.fixture
def stack(made: Manifest, endpoints: Endpoints, reachable: None, tmp_path: Path) -> Stack:
    return Stack(Cloud(endpoints), made, tmp_path)


def state(stack: Stack, which: str) -> str:
    assert stack.manifest.failover is not None
    assert stack.manifest.failover.controls is not None
    endpoint = stack.manifest.failover.cluster_endpoints[2]
    with contextlib.closing(endpoint_client(endpoint)) as client:
        arn = getattr(stack.manifest.failover.controls, which)
        return client.get_routing_control_state(RoutingControlArn=arn)["RoutingControlState"]


def endpoint_client(endpoint: ClusterEndpoint) -> Any:
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
    return boto3.Session(**keys).client(
        "route53-recovery-cluster", region_name=endpoint.region, endpoint_url=endpoint.endpoint
    )


def test_force_mirror_refusals_and_release(stack: Stack) -> None:
    assert stack.run("override", "force-secondary", "--yes").exit_code == 0
    assert state(stack, "force") == "On"
    table = stack.aws.client("dynamodb", S)
    item = table.get_item(TableName="t-failover", Key={"id": {"S": "override"}})["Item"]
    assert (item["force"], item["pin"]) == ({"BOOL": True}, {"BOOL": False})

    both = stack.run("override", "pin-primary", "--yes")
    assert (both.exit_code, state(stack, "pin")) == (1, "Off")
    assert f"the safety rule {RULE} forbids both" in both.output

    doubtful = stack.run("override", "release", "--yes")
    assert doubtful.exit_code == 1
    assert "there is no verdict about the primary yet" in doubtful.output

    def released() -> bool:
        done = stack.run("override", "release", "--yes", "--despite-verdict")
        assert done.exit_code == 0 or (RULE in done.output and "wait period" in done.output), done.output
        return done.exit_code == 0

    until(released)
    assert state(stack, "force") == "Off"
    item = table.get_item(TableName="t-failover", Key={"id": {"S": "override"}})["Item"]
    assert item["force"] == {"BOOL": False}


def test_the_manifest_is_read_from_its_copy_while_the_primary_is_gone(stack: Stack, outside: Outside) -> None:
    bucket = f"copy-{secrets.token_hex(4)}"
    s3 = stack.aws.client("s3", S)
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": S})
    s3.put_object(Bucket=bucket, Key="manifest.json", Body=json.dumps(stack.manifest.to_dict()))
    outside.fail(P, mode="refuse")
    words = ["override", "status", "--region", S, "--copy"]
    done = CliRunner().invoke(app, [*words, f"s3://{bucket}/manifest.json"])
    assert done.exit_code == 0, done.output
    assert "force-secondary" in done.output
    assert "5 of 5" in done.output
    missing = CliRunner().invoke(app, [*words, f"s3://{bucket}/other.json"])
    assert missing.exit_code == 1
    assert "other.json cannot be read in us-west-2: NoSuchKey" in missing.output


def test_dead_endpoints_are_counted(stack: Stack, outside: Outside) -> None:
    outside.fail("endpoints", count=2)
    assert "3 of 5" in stack.run("override", "status").output
    outside.fail("endpoints", count=3)
    done = stack.run("override", "force-secondary", "--yes")
    assert done.exit_code == 1
    assert "3 of 5 cluster endpoints do not answer and 2 of 5 answer that they cannot" in done.output


def test_the_canary_signs_in_and_is_kept(stack: Stack) -> None:
    assert stack.manifest.canary is not None
    first = stack.run("canary")
    assert first.exit_code == 0, first.output
    client = stack.aws.client("secretsmanager", S)
    kept = json.loads(client.get_secret_value(SecretId=stack.manifest.canary.secret_arn)["SecretString"])
    assert kept["refreshToken"] not in first.output
    again = stack.run("canary")
    assert "nothing to do" in again.output
    rotated = stack.run("canary", "--rotate")
    assert "revoked the token" in rotated.output
    new = json.loads(client.get_secret_value(SecretId=stack.manifest.canary.secret_arn)["SecretString"])
    assert new["refreshToken"] != kept["refreshToken"]


def test_a_user_signs_in_through_both_regions(stack: Stack) -> None:
    stack.manifest = replace(stack.manifest, triggers={})
    done = stack.run("verify", "--only", "pool", "--only", "replica", "--only", "sign-in", "--only", "controls")
    assert done.exit_code == 0, done.output
    assert done.output.count("ok ") >= 12
    assert "at all five endpoints" in done.output


def with_checks(stack: Stack) -> Stack:
    """A probe of the pool's key set in the primary, and what is calculated from it."""
    probe = check(stack.aws, **key_set(stack.manifest.pool.id))
    calculated = {"Type": "CALCULATED", "ChildHealthChecks": [probe], "HealthThreshold": 1}
    checks = {
        "probe": probe,
        "serving": check(stack.aws, **calculated),
        "secondary": check(stack.aws, **calculated, Inverted=True),
    }
    assert stack.manifest.failover is not None
    return replace(stack, manifest=replace(stack.manifest, failover=replace(stack.manifest.failover, checks=checks)))


def test_health_checks_are_waited_for_until_they_have_settled(stack: Stack, outside: Outside) -> None:
    checked = with_checks(stack)
    outside.speed(20)
    done = checked.run("verify", "--only", "health-checks", "--settle", "30")
    assert done.exit_code == 0, done.output
    assert "ok     health check secondary is unhealthy" in done.output


def test_a_failing_primary_is_seen_in_the_checks(stack: Stack, outside: Outside) -> None:
    """Not while us-east-1 fails, whose control plane answers nobody then; just after it."""
    checked = with_checks(stack)
    outside.speed(20)
    assert checked.run("verify", "--only", "health-checks", "--settle", "30").exit_code == 0
    outside.fail(P, mode="refuse")
    gone = checked.run("verify", "--only", "health-checks", "--settle", "0")
    assert gone.exit_code == 1
    assert "Traceback" not in gone.output


def test_a_client_follows_the_record_through_the_proxy(stack: Stack, outside: Outside) -> None:
    domains = {region: prefix_domain(stack.aws, region, stack.manifest.pool.id) for region in (P, S)}
    zone = f"z{secrets.token_hex(4)}.example.com"
    route53 = stack.aws.client("route53")
    made = route53.create_hosted_zone(Name=zone, CallerReference=zone)

    def point(region: str) -> None:
        row = {"Name": f"serving.{zone}", "Type": "CNAME", "TTL": 1}
        row["ResourceRecords"] = [{"Value": f"cognito-idp.{region}.amazonaws.com"}]
        changes = [{"Action": "UPSERT", "ResourceRecordSet": row}]
        route53.change_resource_record_sets(HostedZoneId=made["HostedZone"]["Id"], ChangeBatch={"Changes": changes})

    outside.delegate(zone, made["DelegationSet"]["NameServers"])
    around = Surroundings.read(os.environ)
    network = Network(Web(around), Resolver(around.resolver))
    oauth = OauthClient(
        host="", client_id=client_id(stack), redirect_uri="https://drill.invalid/callback", scope="openid"
    )
    client = ServingClient(network, f"serving.{zone}", domains, oauth)
    for region in (P, S):
        point(region)
        assert asyncio.run(client.ask()) == Seen(good=True, region=region)
    outside.fail(P, mode="refuse")
    assert asyncio.run(client.ask()).region == S
    outside.heal(P)
    point(P)
    outside.fail(P, mode="refuse")
    with pytest.raises(UnreachableError):
        asyncio.run(client.ask())


def client_id(stack: Stack) -> str:
    assert stack.manifest.canary is not None
    return stack.manifest.canary.client_id


def test_the_control_tells_assumptions_and_takes_faults(stack: Stack) -> None:
    control = sandbox_control.find(stack.manifest)
    assert control is not None
    assert control.assumptions()["edge_switch_delay"] == 10.0
    assert control.speed() == 1.0
    control.fail(P, "error")
    assert control.faults() == {P: {"mode": "error"}}
    control.heal(P)
    assert control.faults() == {}
    with pytest.raises(RecoveryError, match="the sandbox refuses PUT .*explode"):
        control.fail(P, "explode")


def test_a_replica_that_is_not_active_is_found(stack: Stack) -> None:
    stack.aws.set_replica(stack.manifest.pool.id, "INACTIVE")
    done = stack.run("verify", "--settle", "0", "--only", "replica")
    assert done.exit_code == 1
    assert "its status is INACTIVE" in done.output
