"""Route 53 through boto3: health checks whole and judged, zones with name servers of their own, records."""

import uuid
from typing import Any

import pytest

from tests.sandbox.cloud_client import Client, Cloud, refused, until

HTTPS = {
    "Type": "HTTPS_STR_MATCH",
    "FullyQualifiedDomainName": "verdict.example",
    "Port": 443,
    "ResourcePath": "/secret",
    "SearchString": "PRIMARY_DOWN",
    "RequestInterval": 10,
    "FailureThreshold": 3,
    "MeasureLatency": True,
    "EnableSNI": True,
    "Inverted": True,
    "Disabled": False,
    "Regions": ["us-east-1", "us-west-2", "eu-west-1"],
}


@pytest.fixture
def route53(aws: Cloud) -> Client:
    return aws.client("route53")


def check(route53: Client, **config: Any) -> str:
    made = route53.create_health_check(CallerReference=uuid.uuid4().hex, HealthCheckConfig=config)
    return made["HealthCheck"]["Id"]


def config_of(route53: Client, check_id: str) -> dict[str, Any]:
    return route53.get_health_check(HealthCheckId=check_id)["HealthCheck"]["HealthCheckConfig"]


def zone(route53: Client, name: str) -> str:
    made = route53.create_hosted_zone(Name=name, CallerReference=uuid.uuid4().hex)
    return made["HostedZone"]["Id"].rpartition("/")[2]


def change(route53: Client, zone_id: str, record: dict[str, Any], action: str = "CREATE") -> None:
    batch = {"Changes": [{"Action": action, "ResourceRecordSet": record}]}
    route53.change_resource_record_sets(HostedZoneId=zone_id, ChangeBatch=batch)


def weighted(name: str, check_id: str) -> dict[str, Any]:
    return {
        "Name": name,
        "Type": "CNAME",
        "SetIdentifier": "east",
        "Weight": 100,
        "TTL": 60,
        "ResourceRecords": [{"Value": "target.example"}],
        "HealthCheckId": check_id,
    }


def test_a_check_comes_back_whole(route53: Client) -> None:
    assert config_of(route53, check(route53, **HTTPS)) == HTTPS


def test_a_check_gets_the_defaults(route53: Client) -> None:
    found = config_of(route53, check(route53, Type="HTTPS", FullyQualifiedDomainName="a.example"))
    assert found == {
        "Type": "HTTPS",
        "FullyQualifiedDomainName": "a.example",
        "Port": 443,
        "RequestInterval": 30,
        "FailureThreshold": 3,
        "MeasureLatency": False,
        "EnableSNI": True,
        "Inverted": False,
        "Disabled": False,
    }


def test_a_calculated_check_keeps_its_children(route53: Client) -> None:
    children = [check(route53, **HTTPS) for _ in range(2)]
    calculated = check(route53, Type="CALCULATED", ChildHealthChecks=children, HealthThreshold=1, Inverted=True)
    found = config_of(route53, calculated)
    assert (found["ChildHealthChecks"], found["HealthThreshold"], found["Inverted"]) == (children, 1, True)
    with refused("HealthCheckInUse", calculated):
        route53.delete_health_check(HealthCheckId=children[0])
    with refused("InvalidInput", "cannot contain another one"):
        check(route53, Type="CALCULATED", ChildHealthChecks=[calculated], HealthThreshold=1)


@pytest.mark.parametrize(
    ("config", "text"),
    [
        ({"Type": "HTTPS_STR_MATCH", "FullyQualifiedDomainName": "a.example"}, "SearchString"),
        ({"Type": "HTTPS", "FullyQualifiedDomainName": "a.example", "SearchString": "x"}, "SearchString"),
        ({"Type": "HTTPS"}, "FullyQualifiedDomainName"),
        ({"Type": "HTTPS", "FullyQualifiedDomainName": "a.example", "RequestInterval": 20}, "10 or 30"),
        ({"Type": "TCP", "FullyQualifiedDomainName": "a.example"}, "Port"),
        ({**HTTPS, "Regions": ["us-east-1", "us-west-2", "us-west-2"]}, "three"),
        ({"Type": "CALCULATED", "ChildHealthChecks": ["none"], "HealthThreshold": 1}, "does not exist"),
        ({"Type": "CALCULATED", "HealthThreshold": 1, "RequestInterval": 10}, "RequestInterval"),
        ({"Type": "RECOVERY_CONTROL", "RoutingControlArn": "arn:none"}, "does not exist"),
        ({"Type": "CLOUDWATCH_METRIC"}, "AlarmIdentifier"),
    ],
)
def test_a_check_is_judged(route53: Client, config: dict[str, Any], text: str) -> None:
    with refused("InvalidInput", text):
        check(route53, **config)


def test_an_update_keeps_what_is_not_sent_and_counts_versions(route53: Client) -> None:
    check_id = check(route53, **HTTPS)
    route53.update_health_check(HealthCheckId=check_id, HealthCheckVersion=1, FailureThreshold=5, Inverted=False)
    assert config_of(route53, check_id) == {**HTTPS, "FailureThreshold": 5, "Inverted": False}
    with refused("HealthCheckVersionMismatch"):
        route53.update_health_check(HealthCheckId=check_id, HealthCheckVersion=1, FailureThreshold=6)
    route53.update_health_check(HealthCheckId=check_id, ResetElements=["Regions"])
    assert "Regions" not in config_of(route53, check_id)


def test_a_recovery_control_check_may_be_inverted(aws: Cloud, route53: Client) -> None:
    arc = aws.client("route53-recovery-control-config")
    cluster = arc.create_cluster(ClusterName="checks")["Cluster"]["ClusterArn"]
    until(lambda: arc.describe_cluster(ClusterArn=cluster)["Cluster"]["Status"] == "DEPLOYED")
    control = arc.create_routing_control(ClusterArn=cluster, RoutingControlName="force")["RoutingControl"]
    arn = control["RoutingControlArn"]
    check_id = check(route53, Type="RECOVERY_CONTROL", RoutingControlArn=arn, Inverted=True)
    assert config_of(route53, check_id)["Inverted"] is True
    found = arc.list_associated_route53_health_checks(RoutingControlArn=arn)
    assert found["HealthCheckIds"] == [check_id]
    arc.delete_routing_control(RoutingControlArn=arn)
    arc.delete_cluster(ClusterArn=cluster)


def test_the_status_is_asked_by_id(route53: Client) -> None:
    assert route53.get_health_check_status(HealthCheckId=check(route53, **HTTPS))["HealthCheckObservations"] is not None
    with refused("NoSuchHealthCheck"):
        route53.get_health_check_status(HealthCheckId=str(uuid.uuid4()))


def test_every_zone_has_four_name_servers_of_its_own(route53: Client) -> None:
    first, second = zone(route53, "same.example"), zone(route53, "same.example")
    servers = [route53.get_hosted_zone(Id=one)["DelegationSet"]["NameServers"] for one in (first, second)]
    assert [len(set(one)) for one in servers] == [4, 4]
    assert set(servers[0]) != set(servers[1])
    records = route53.list_resource_record_sets(HostedZoneId=first)["ResourceRecordSets"]
    held = next(one for one in records if one["Type"] == "NS")["ResourceRecords"]
    assert [one["Value"].rstrip(".") for one in held] == servers[0]


def test_accelerated_recovery_comes_up_and_holds_the_zone(route53: Client) -> None:
    zone_id = zone(route53, "fast.example")

    def status() -> str:
        return route53.get_hosted_zone(Id=zone_id)["HostedZone"]["Features"]["AcceleratedRecoveryStatus"]

    assert "Features" not in route53.get_hosted_zone(Id=zone_id)["HostedZone"]
    route53.update_hosted_zone_features(HostedZoneId=zone_id, EnableAcceleratedRecovery=True)
    assert status() == "ENABLING"
    until(lambda: status() == "ENABLED")
    with refused("InvalidInput", "disable it"):
        route53.delete_hosted_zone(Id=zone_id)
    route53.update_hosted_zone_features(HostedZoneId=zone_id, EnableAcceleratedRecovery=False)
    until(lambda: status() == "DISABLED")
    route53.delete_hosted_zone(Id=zone_id)


def test_a_record_needs_its_check_and_keeps_it(route53: Client) -> None:
    zone_id = zone(route53, "records.example")
    with refused("NoSuchHealthCheck"):
        change(route53, zone_id, weighted("serving.records.example", str(uuid.uuid4())))
    check_id = check(route53, **HTTPS)
    record = weighted("serving.records.example", check_id)
    change(route53, zone_id, record)
    with refused("HealthCheckInUse", "serving.records.example"):
        route53.delete_health_check(HealthCheckId=check_id)
    change(route53, zone_id, record, "DELETE")
    route53.delete_health_check(HealthCheckId=check_id)
    with refused("NoSuchHealthCheck"):
        route53.get_health_check(HealthCheckId=check_id)


def test_an_alias_needs_a_target(route53: Client) -> None:
    zone_id = zone(route53, "alias.example")

    def alias(target: str, target_zone: str) -> dict[str, Any]:
        where = {"HostedZoneId": target_zone, "DNSName": target, "EvaluateTargetHealth": False}
        return {"Name": "api.alias.example", "Type": "A", "AliasTarget": where}

    for target, target_zone in (
        ("d111111abcdef8.cloudfront.net", "Z2FDTNDATAQYW2"),
        ("d-none.execute-api.us-east-1.amazonaws.com", "Z1UJRXOUMOOFQ8"),
        ("other.alias.example", zone_id),
        ("elsewhere.example", "ZNONE"),
    ):
        with refused("InvalidChangeBatch", target):
            change(route53, zone_id, alias(target, target_zone))
    plain = {"Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.9"}]}
    change(route53, zone_id, {"Name": "other.alias.example", **plain})
    change(route53, zone_id, alias("other.alias.example", zone_id))


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"Name": "x.elsewhere.example", "Type": "A", "TTL": 60}, "not permitted in zone"),
        ({"Name": "x.shapes.example", "Type": "A"}, "TTL"),
        ({"Name": "x.shapes.example", "Type": "A", "TTL": 60, "Weight": 1}, "SetIdentifier"),
        ({"Name": "shapes.example", "Type": "CNAME", "TTL": 60}, "apex"),
    ],
)
def test_a_record_is_judged(route53: Client, record: dict[str, Any], text: str) -> None:
    zone_id = zone(route53, "shapes.example")
    value = "target.example" if record["Type"] == "CNAME" else "192.0.2.9"
    with refused("InvalidChangeBatch", text):
        change(route53, zone_id, {**record, "ResourceRecords": [{"Value": value}]})
