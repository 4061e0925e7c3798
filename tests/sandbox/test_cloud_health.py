"""Health checks, the names that follow them, the metric and the alarms."""

import datetime
import time
from collections.abc import Callable, Mapping

import boto3
import pytest

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from tests.sandbox.cloud_client import Cloud, until
from tests.sandbox.network_client import Outside
from tests.sandbox.network_world import FAST, check, made_zone, pool_page


def weighted(name: str, region: str, weight: int, check_id: str) -> Mapping[str, object]:
    return {
        "Name": name,
        "Type": "CNAME",
        "TTL": 60,
        "SetIdentifier": region,
        "Weight": weight,
        "HealthCheckId": check_id,
        "ResourceRecords": [{"Value": f"cognito-idp.{region}.amazonaws.com"}],
    }


def serves(outside: Outside, name: str, region: str) -> Callable[[], bool]:
    return lambda: outside.values(name, "CNAME") == [f"cognito-idp.{region}.amazonaws.com."]


@pytest.mark.parametrize("mode", ["refuse", "hang", "error", "slow"])
def test_a_weighted_name_follows_an_outage_of_the_primary_and_comes_back(
    aws: Cloud, outside: Outside, mode: str
) -> None:
    config = pool_page(aws)
    primary = check(aws, **config)
    name = f"serving.{mode}.example"
    made_zone(
        aws,
        outside,
        f"{mode}.example",
        weighted(name, PRIMARY, 100, primary),
        weighted(name, SECONDARY, 0, check(aws, **{**config, "Inverted": True})),
    )
    outside.speed(FAST)
    until(lambda: outside.own("GET", "health")["checks"][primary]["settled"], 20)
    assert serves(outside, name, PRIMARY)()
    outside.fail(PRIMARY, mode=mode)
    until(serves(outside, name, SECONDARY), 20)
    outside.heal(PRIMARY)
    until(serves(outside, name, PRIMARY), 20)


def alarm(aws: Cloud, region: str, name: str, **about: object) -> Callable[[], str]:
    """A new alarm; returns what tells its state."""
    client = aws.client("cloudwatch", region)
    client.put_metric_alarm(AlarmName=name, **about)
    return lambda: client.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"]


def test_an_alarm_sees_its_own_dimension_and_misses_data(aws: Cloud) -> None:
    put = aws.client("cloudwatch", SECONDARY).put_metric_data
    about = {
        "Namespace": "n",
        "MetricName": "m",
        "Period": 10,
        "EvaluationPeriods": 1,
        "Statistic": "Maximum",
        "Threshold": 1,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    }
    own = alarm(aws, SECONDARY, "own", Dimensions=[{"Name": "Stack", "Value": "a"}], **about)
    other = alarm(aws, SECONDARY, "other", Dimensions=[{"Name": "Stack", "Value": "b"}], **about)
    assert own() == "INSUFFICIENT_DATA"
    moment = time.time() - 10  # the period that is whole
    datum = {"MetricName": "m", "Dimensions": [{"Name": "Stack", "Value": "a"}], "Value": 1, "Timestamp": moment}
    put(Namespace="n", MetricData=[datum])
    until(lambda: own() == "ALARM", 5)
    assert other() == "INSUFFICIENT_DATA"


def test_the_status_of_a_check_is_a_metric_of_us_east_1_that_an_outage_stops(aws: Cloud, outside: Outside) -> None:
    check_id = check(aws, **pool_page(aws))
    dimensions = [{"Name": "HealthCheckId", "Value": check_id}]
    outside.speed(FAST)
    of_check = {
        "Namespace": "AWS/Route53",
        "MetricName": "HealthCheckStatus",
        "Dimensions": dimensions,
        "Period": 60,
        "EvaluationPeriods": 3,
        "Statistic": "Minimum",
        "Threshold": 1,
        "ComparisonOperator": "LessThanThreshold",
        "TreatMissingData": "breaching",
    }
    state = alarm(aws, PRIMARY, "up", **of_check)
    until(lambda: state() == "OK", 20)
    assert aws.client("cloudwatch", SECONDARY).list_metrics(Namespace="AWS/Route53")["Metrics"] == []
    outside.fail(PRIMARY, mode="refuse")
    time.sleep(10)  # eight of its minutes, in which nothing arrives
    healed = datetime.datetime.now(datetime.UTC).replace(microsecond=0)

    def alarmed_after_healing() -> bool:  # CloudWatch there changed nothing meanwhile
        (found,) = aws.client("cloudwatch", PRIMARY).describe_alarms(AlarmNames=["up"])["MetricAlarms"]
        return found["StateValue"] == "ALARM" and found["StateUpdatedTimestamp"] >= healed

    outside.heal(PRIMARY)
    until(alarmed_after_healing, 10)
    until(lambda: state() == "OK", 20)


def test_a_routing_control_moves_a_calculated_check_and_its_name_at_once(aws: Cloud, outside: Outside) -> None:
    config = aws.client("route53-recovery-control-config", SECONDARY)
    cluster = config.create_cluster(ClusterName="health")["Cluster"]["ClusterArn"]
    until(lambda: config.describe_cluster(ClusterArn=cluster)["Cluster"]["Status"] == "DEPLOYED")
    force = config.create_routing_control(ClusterArn=cluster, RoutingControlName="force")["RoutingControl"]
    child = check(aws, Type="RECOVERY_CONTROL", RoutingControlArn=force["RoutingControlArn"], Inverted=True)
    both = {"Type": "CALCULATED", "ChildHealthChecks": [child], "HealthThreshold": 1}
    name = "serving.control.example"
    made_zone(
        aws,
        outside,
        "control.example",
        weighted(name, PRIMARY, 100, check(aws, **both)),
        weighted(name, SECONDARY, 0, check(aws, **both, Inverted=True)),
    )
    endpoint = config.describe_cluster(ClusterArn=cluster)["Cluster"]["ClusterEndpoints"][2]
    data = boto3.client(
        "route53-recovery-cluster",
        region_name=endpoint["Region"],
        endpoint_url=endpoint["Endpoint"],
        aws_access_key_id="sandbox",
        aws_secret_access_key="sandbox",
    )
    for state, region in (("Off", PRIMARY), ("On", SECONDARY), ("Off", PRIMARY)):
        data.update_routing_control_state(RoutingControlArn=force["RoutingControlArn"], RoutingControlState=state)
        assert serves(outside, name, region)()
    config.delete_routing_control(RoutingControlArn=force["RoutingControlArn"])
    config.delete_cluster(ClusterArn=cluster)
