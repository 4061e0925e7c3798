"""What the failover path needs of other services, through boto3: schedules, tables, secrets, buckets, alarms."""

import datetime
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from sandbox.cloud.schedules import planned
from tests.sandbox.cloud_client import ACCOUNT, Client, Cloud, refused, until

SOURCE = """
import os, boto3
def handler(event, context):
    item = {"id": {"S": os.environ["AWS_REGION"]}, "by": {"S": event["by"]}}
    boto3.client("dynamodb").put_item(TableName=event["table"], Item=item)
"""


def table(dynamodb: Client) -> str:
    name = f"table-{uuid.uuid4().hex[:8]}"
    dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.mark.parametrize("region", [PRIMARY, SECONDARY])
def test_a_schedule_calls_a_function_in_its_region(aws: Cloud, region: str) -> None:
    dynamodb, scheduler = aws.client("dynamodb", region), aws.client("scheduler", region)
    name = table(dynamodb)
    function = aws.function(f"tick-{uuid.uuid4().hex[:8]}", SOURCE, region)
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S")
    scheduler.create_schedule(
        Name=name,
        ScheduleExpression=f"at({now})",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": function,
            "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/none",
            "Input": f'{{"by": "schedule", "table": "{name}"}}',
        },
    )
    item = {"id": {"S": region}, "by": {"S": "schedule"}}
    until(lambda: dynamodb.scan(TableName=name)["Items"] == [item], deadline=10)
    other = PRIMARY if region == SECONDARY else SECONDARY
    with refused("ResourceNotFoundException"):
        aws.client("scheduler", other).get_schedule(Name=name)


@given(last=st.integers(0, 10_000), looks=st.lists(st.integers(1, 200), min_size=1))
def test_a_minutes_schedule_keeps_its_minutes(last: int, looks: list[int]) -> None:
    """However late the looks are, runs stay counted from the start: no drift, none in the future."""
    start, now = last, last
    for late in looks:
        now += late
        if now - last >= 60:
            last = int(planned(last, now, 60))
            assert (last - start) % 60 == 0
            assert now - 60 < last <= now


def test_a_conditional_write_is_refused_when_its_condition_fails(aws: Cloud) -> None:
    dynamodb = aws.client("dynamodb", SECONDARY)
    name = table(dynamodb)

    def put(version: int, seen: int | None) -> None:
        condition = "attribute_not_exists(id)" if seen is None else "#v = :seen"
        more = {
            "ExpressionAttributeNames": {"#v": "version"},
            "ExpressionAttributeValues": {":seen": {"N": str(seen)}},
        }
        dynamodb.put_item(
            TableName=name,
            Item={"id": {"S": "serving"}, "version": {"N": str(version)}},
            ConditionExpression=condition,
            **({} if seen is None else more),
        )

    put(1, None)
    with refused("ConditionalCheckFailedException"):
        put(1, None)
    put(2, 1)
    with refused("ConditionalCheckFailedException"):
        put(3, 1)
    found = dynamodb.get_item(TableName=name, Key={"id": {"S": "serving"}}, ConsistentRead=True)["Item"]
    assert found["version"] == {"N": "2"}


def test_a_secret_without_a_value_has_none(aws: Cloud) -> None:
    secrets = aws.client("secretsmanager", SECONDARY)
    name = f"local/{uuid.uuid4().hex}"
    assert "VersionId" not in secrets.create_secret(Name=name)
    assert secrets.describe_secret(SecretId=name)["Name"] == name
    with refused("ResourceNotFoundException", "staging label: AWSCURRENT"):
        secrets.get_secret_value(SecretId=name)
    secrets.put_secret_value(SecretId=name, SecretString="first")
    assert secrets.get_secret_value(SecretId=name)["SecretString"] == "first"
    secrets.put_secret_value(SecretId=name, SecretString="second")
    assert secrets.get_secret_value(SecretId=name)["SecretString"] == "second"
    with refused("ResourceNotFoundException"):
        aws.client("secretsmanager").describe_secret(SecretId=name)


def test_a_versioned_object_keeps_its_versions(aws: Cloud) -> None:
    s3 = aws.client("s3", SECONDARY)
    name = f"bucket-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": SECONDARY})
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=name, Key="manifest.json", Body=b"1")["VersionId"]
    s3.put_object(Bucket=name, Key="manifest.json", Body=b"2")
    assert s3.get_object(Bucket=name, Key="manifest.json")["Body"].read() == b"2"
    assert s3.get_object(Bucket=name, Key="manifest.json", VersionId=first)["Body"].read() == b"1"


def test_metrics_alarms_and_topics_belong_to_their_region(aws: Cloud) -> None:
    cloudwatch, name = aws.client("cloudwatch", SECONDARY), f"alarm-{uuid.uuid4().hex[:8]}"
    topic = aws.client("sns", SECONDARY).create_topic(Name=name)["TopicArn"]
    dimensions = [{"Name": "Stack", "Value": name}]
    datum = {"MetricName": "VerdictDown", "Value": 1.0, "Dimensions": dimensions}
    cloudwatch.put_metric_data(Namespace="cognito-dr", MetricData=[datum])
    cloudwatch.put_metric_alarm(
        AlarmName=name,
        Namespace="cognito-dr",
        MetricName="VerdictDown",
        Dimensions=dimensions,
        Statistic="Minimum",
        Period=60,
        EvaluationPeriods=3,
        DatapointsToAlarm=3,
        Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        TreatMissingData="breaching",
        AlarmActions=[topic],
    )
    alarm = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]
    assert (alarm["AlarmActions"], alarm["TreatMissingData"]) == ([topic], "breaching")
    assert aws.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"] == []
    now = datetime.datetime.now(datetime.UTC)
    points = cloudwatch.get_metric_statistics(
        Namespace="cognito-dr",
        MetricName="VerdictDown",
        Dimensions=dimensions,
        StartTime=now - datetime.timedelta(minutes=5),
        EndTime=now + datetime.timedelta(minutes=1),
        Period=60,
        Statistics=["Maximum"],
    )["Datapoints"]
    assert [point["Maximum"] for point in points] == [1.0]
