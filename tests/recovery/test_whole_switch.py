"""failover-test as a person runs it, on a stack made by hand in the sandbox: names, edge, APIs, checks, faults."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from manifest import CanaryFacts, DomainFacts, Manifest, PoolFacts, ZoneFacts
from sandbox.cloud.process import Endpoints
from tests.recovery.command_line import run
from tests.recovery.sandboxed import prefix_domain, verdict_table
from tests.recovery.stacks import P, S, failover, live
from tests.sandbox.cloud_client import Cloud, Made
from tests.sandbox.network_client import Outside
from tests.sandbox.network_world import check, key_set
from tests.sandbox.test_cloud_api import api, issuer_of
from tests.sandbox.test_cloud_domains import Zone, certificate, routing

SPEED = 20.0
"""Route 53's seconds in one of ours: three checks of 10 s take 1.5 s, the edge's delay half a second."""
CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
TTL = 1


@dataclass
class Builder:
    """Makes the parts of a stack that a switch needs."""

    aws: Cloud
    zone: Zone
    pool: Made

    def drill_client(self) -> str:
        made = self.aws.cognito().create_user_pool_client(
            UserPoolId=self.pool.id,
            ClientName="drill",
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            AllowedOAuthFlows=["code"],
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthScopes=["openid"],
            CallbackURLs=["https://drill.invalid/callback"],
            SupportedIdentityProviders=["COGNITO"],
        )
        return made["UserPoolClient"]["ClientId"]

    def checks(self) -> dict[str, str]:
        """The primary's key set stands for the probe."""
        serving = check(self.aws, **key_set(self.pool.id))
        opposite = {"Type": "CALCULATED", "ChildHealthChecks": [serving], "HealthThreshold": 1, "Inverted": True}
        return {"serving": serving, "secondary": check(self.aws, **opposite)}

    def record(self, name: str, kind: str, **rest: Any) -> None:
        batch = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": {"Name": name, "Type": kind, **rest}}]}
        self.zone.route53.change_resource_record_sets(HostedZoneId=self.zone.id, ChangeBatch=batch)

    def serving(self, name: str, checks: dict[str, str]) -> None:
        for region, weight, role in ((P, 100, "serving"), (S, 0, "secondary")):
            values = [{"Value": f"cognito-idp.{region}.amazonaws.com"}]
            weighted = {"SetIdentifier": region, "Weight": weight, "HealthCheckId": checks[role]}
            self.record(name, "CNAME", TTL=TTL, ResourceRecords=values, **weighted)

    def api(self, name: str, checks: dict[str, str], client: str) -> None:
        issuer = issuer_of(self.pool, "issuer-cognito-idp")
        for region, weight, role in ((P, 100, "serving"), (S, 0, "secondary")):
            made, gateway = api(self.aws, region, issuer, client), self.aws.client("apigatewayv2", region)
            about = {"CertificateArn": certificate(self.aws, self.zone, name, region), "EndpointType": "REGIONAL"}
            shown = gateway.create_domain_name(DomainName=name, DomainNameConfigurations=[about])
            found = shown["DomainNameConfigurations"][0]
            gateway.create_api_mapping(ApiId=made.id, DomainName=name, Stage="$default")
            weighted = {"SetIdentifier": region, "Weight": weight, "HealthCheckId": checks[role]}
            values = [{"Value": found["ApiGatewayDomainName"]}]  # an alias would have the target's TTL of 60 s
            self.record(name, "CNAME", TTL=TTL, ResourceRecords=values, **weighted)

    def auth(self, name: str, check_id: str) -> None:
        made = self.aws.cognito().create_user_pool_domain(
            UserPoolId=self.pool.id,
            Domain=name,
            ManagedLoginVersion=2,
            CustomDomainConfig={"CertificateArn": certificate(self.aws, self.zone, name)},
            Routing=routing(check_id),
        )
        self.record(name, "A", AliasTarget=alias(CLOUDFRONT_ZONE, made["CloudFrontDomain"]))


def alias(zone: str, name: str) -> dict[str, Any]:
    return {"HostedZoneId": zone, "DNSName": name, "EvaluateTargetHealth": False}


@pytest.fixture(scope="module")
def manifest(endpoints: Endpoints) -> Manifest:
    aws = Cloud(endpoints)
    zone = Zone(aws)
    zone.put(zone.name, "A", "192.0.2.9")
    zone.delegate(aws)
    build = Builder(aws, zone, aws.replicated())
    client, checks = build.drill_client(), build.checks()
    names = DomainFacts(auth=f"auth.{zone.name}", api=f"api.{zone.name}", serving=f"serving.{zone.name}")
    build.serving(names.serving, checks)
    build.api(names.api, checks, client)
    build.auth(names.auth, checks["serving"])
    verdict_table(aws)
    servers = zone.route53.get_hosted_zone(Id=zone.id)["DelegationSet"]["NameServers"]
    return replace(
        live(replace(failover(), checks=checks, record_ttl=TTL)),
        pool=PoolFacts(id=build.pool.id, arns={P: "", S: ""}),
        prefix_domains={region: prefix_domain(aws, region, build.pool.id) for region in (P, S)},
        dns=ZoneFacts(zone_id=zone.id, zone_name=zone.name, name_servers=tuple(servers), created=True),
        domains=names,
        canary=CanaryFacts(secret_arn="-", secret_region=S, username="canary", client_id=client),
    )


class Prober(threading.Thread):
    """Writes the verdict that the faults of the sandbox deserve, and the latch when it is told to."""

    def __init__(self, aws: Cloud, outside: Outside) -> None:
        super().__init__(daemon=True)
        self.table = aws.client("dynamodb", S)
        self.outside = outside
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(0.2):
            word = "DOWN" if P in self.outside.own("GET", "faults")["faults"] else "UP"
            now = {"N": str(int(time.time() * 1000))}
            words = {"word": word, "verdict": word, "reason": "", "canary": "token"}
            item = {"id": {"S": "serving"}, "observedAt": now, "decidedAt": now}
            self.table.put_item(TableName="t-failover", Item=item | {key: {"S": each} for key, each in words.items()})


@pytest.fixture
def outside(outside: Outside, endpoints: Endpoints) -> Iterator[Outside]:
    """The network at a higher speed, and a prober in it."""
    prober = Prober(Cloud(endpoints), outside)
    outside.speed(SPEED)
    prober.start()
    yield outside
    prober.stopped.set()
    prober.join(5)


def test_names_certificates_and_domain_are_verified(manifest: Manifest, outside: Outside, tmp_path: Path) -> None:
    groups = ("delegation", "certificates", "serving", "auth-domain", "health-checks", "verdict")
    only = [word for group in groups for word in ("--only", group)]
    done = run(manifest, tmp_path, "verify", "--settle", "30", *only)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("mode", ["refuse", "hang"])
def test_one_switch_is_measured_for_every_client(
    manifest: Manifest, outside: Outside, tmp_path: Path, mode: str
) -> None:
    file = tmp_path / "record.json"
    done = run(manifest, tmp_path, "failover-test", "--mode", mode, "--json", str(file), "--deadline", "60")
    assert done.exit_code == 0, done.output
    found = json.loads(file.read_text())
    assert (found["held"], found["outcome"], found["mode"]) == (True, "switched", mode)
    switch = found["switch"]
    assert 0 < switch["decision"] < switch["record"] < 30
    assert all(switch["clients"][name]["to"] > 1 for name in ("auth", "api", "serving"))
    assert found["inFlight"]["restarted_flow"]
    assert found["inFlight"]["refresh_token"]
    assert found["assumptions"]["edgeSwitchDelay"] == 10.0
    assert found["assumptions"]["speed"] == SPEED
    assert outside.own("GET", "faults")["faults"] == {}
    users = Cloud(outside.endpoints).cognito().list_users(UserPoolId=manifest.pool.id)["Users"]
    assert not [user for user in users if user["Username"].startswith("failover-test-")]


def test_an_outage_that_ends_is_watched_until_traffic_has_returned(
    manifest: Manifest, outside: Outside, tmp_path: Path
) -> None:
    quick = replace(manifest, failover=replace(manifest.failover, interval=1) if manifest.failover else None)
    done = run(quick, tmp_path, "failover-test", "--mode", "error", "--outage", "8", "--expect", "returned")
    assert done.exit_code == 0, done.output
    assert "ok     outcome: returned" in done.output
