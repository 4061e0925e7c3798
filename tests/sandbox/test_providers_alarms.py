"""Alarms and topics in the plugins."""

from __future__ import annotations

import json
from typing import Any

import pulumi_aws
import pytest

from sandbox.providers.values import plain_map
from tests.sandbox.cloud_client import Cloud
from tests.sandbox.plugin import Plugin, sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")
WEST = "us-west-2"
ALARM = {
    "name": "local-latch-engaged",
    "comparisonOperator": "GreaterThanOrEqualToThreshold",
    "evaluationPeriods": 1,
    "metricName": "ForcedAway",
    "namespace": "cognito-dr",
    "period": 60,
    "statistic": "Maximum",
    "threshold": 1,
}


def alarms() -> Plugin:
    return Plugin("aws", "aws:cloudwatch/metricAlarm:MetricAlarm", region=WEST)


def test_an_alarm_as_the_sdk_asks_for_it_lives_without_drift(aws: Cloud) -> None:
    inputs = full_alarm()
    plugin = alarms()
    resource_id, state = plugin.settles(inputs)
    imported = plain_map(plugin.read(resource_id, {}, {}).inputs or {})
    assert imported == {key: value for key, value in inputs.items() if key != "region"} | {"actionsEnabled": True}
    bare = {key: value for key, value in inputs.items() if key not in ("alarmActions", "treatMissingData")}
    state = plugin.update(resource_id, inputs, bare | {"threshold": 2}, state)
    live = aws.client("cloudwatch", WEST).describe_alarms(AlarmNames=[resource_id])["MetricAlarms"][0]
    assert (live["AlarmActions"], live["TreatMissingData"], live["Threshold"]) == ([], "missing", 2)
    plugin.unchanged(resource_id, bare | {"threshold": 2}, state)
    assert plugin.diff(inputs, inputs | {"name": "other"}) == ["name"]
    plugin.ends(resource_id, bare, state)


def full_alarm() -> dict[str, Any]:
    topic = f"arn:aws:sns:{WEST}:000000000000:local-alarms"
    return sdk_inputs(
        lambda: pulumi_aws.cloudwatch.MetricAlarm(
            "a",
            name="local-verdict-unknown",
            alarm_description="The verdict is unknown",
            namespace="cognito-dr",
            metric_name="VerdictUnknown",
            dimensions={"Stack": "local"},
            statistic="Minimum",
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=1,
            period=60,
            evaluation_periods=3,
            datapoints_to_alarm=3,
            treat_missing_data="breaching",
            alarm_actions=[topic],
            ok_actions=[topic],
            region=WEST,
        )
    )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"statistic": "Max"}, "statistic: AWS refuses this at create: 'Max' is none of"),
        ({"comparisonOperator": ">="}, "comparisonOperator: AWS refuses this at create"),
        ({"extendedStatistic": "p99"}, "statistic: AWS refuses this at create: exactly one of"),
        ({"datapointsToAlarm": 2}, "datapointsToAlarm: AWS refuses this at create: 2 of 1"),
        ({"metricQueries": []}, "metricQueries: unknown property"),
    ],
)
def test_an_alarm_that_aws_refuses_is_refused_at_check(change: dict[str, Any], refusal: str) -> None:
    found = alarms().check(ALARM | change)
    assert any(refusal in line for line in found), found


def test_a_topic_as_the_sdk_asks_for_it_lives_without_drift() -> None:
    inputs = sdk_inputs(lambda: pulumi_aws.sns.Topic("t", name="local-alarms", display_name="alarms", region=WEST))
    plugin = Plugin("aws", "aws:sns/topic:Topic", region=WEST)
    resource_id, state = plugin.settles(inputs)
    assert (resource_id, state["owner"]) == (f"arn:aws:sns:{WEST}:000000000000:local-alarms", "000000000000")
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    changed = {"name": "local-alarms", "region": WEST, "policy": policy}
    state = plugin.update(resource_id, inputs, changed, state)
    assert "displayName" not in state
    plugin.unchanged(resource_id, changed, state)
    assert plugin.diff(inputs, inputs | {"name": "other"}) == ["name"]
    plugin.ends(resource_id, changed, state)
