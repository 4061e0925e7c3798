"""CloudWatch alarms on metrics, and the SNS topics that they tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.errors import NotFoundError
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found


class MetricAlarm(Shaped):
    """An alarm on one metric; its ID is its name. Putting it overwrites one of that name."""

    token = "aws:cloudwatch/metricAlarm:MetricAlarm"
    required = (
        *("name", "comparisonOperator", "evaluationPeriods", "metricName", "namespace"),
        *("period", "threshold"),
    )
    optional = (
        *("actionsEnabled", "alarmActions", "alarmDescription", "datapointsToAlarm", "dimensions"),
        *("extendedStatistic", "insufficientDataActions", "okActions", "region", "statistic"),
        *("treatMissingData", "unit"),
    )
    create_only = ("name", "region")
    computed = ("arn",)
    unordered = ("alarmActions", "insufficientDataActions", "okActions")
    names: ClassVar = {"name": "AlarmName"}
    apart = ("dimensions", "region")
    service, call = "cloudwatch", ("PutMetricAlarm",)

    def failures(self, inputs: Properties) -> Iterator[tuple[str, str]]:
        """Beside the model's refusals: one statistic, and no more data points than periods."""
        yield from super().failures(inputs)
        if ("statistic" in inputs) == ("extendedStatistic" in inputs):
            yield (
                "statistic",
                "AWS refuses this at create: exactly one of `statistic` and `extendedStatistic` is needed",
            )
        points, periods = inputs.get("datapointsToAlarm"), inputs.get("evaluationPeriods")
        if isinstance(points, int) and isinstance(periods, int) and points > periods:
            yield "datapointsToAlarm", f"AWS refuses this at create: {points} of {periods} evaluation periods"

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """PutMetricAlarm."""
        return inputs["name"], self.update(inputs["name"], {}, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """Dimensions come as a list."""
        found = self.clients.client("cloudwatch").describe_alarms(AlarmNames=[resource_id])["MetricAlarms"]
        if not found:
            raise NotFoundError(f"alarm {resource_id} does not exist in {self.region}")
        dimensions = {one["Name"]: one["Value"] for one in found[0].get("Dimensions", ())}
        return self.live(found[0]) | {"arn": found[0]["AlarmArn"], "dimensions": dimensions}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """The whole alarm: what it does not name is reset."""
        dimensions = [{"Name": key, "Value": value} for key, value in new.get("dimensions", {}).items()]
        self.clients.client("cloudwatch").put_metric_alarm(Dimensions=dimensions, **self.words(new))
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """CloudWatch says nothing about an alarm that is gone."""
        self.clients.client("cloudwatch").delete_alarms(AlarmNames=[resource_id])


class Topic(Kind):
    """A topic; its ID is its ARN."""

    token = "aws:sns/topic:Topic"
    required = ("name",)
    optional = ("displayName", "kmsMasterKeyId", "policy", "region")
    create_only = ("name", "region")
    computed = ("arn", "owner")
    json_text = ("policy",)
    attributes: ClassVar = {"displayName": "DisplayName", "kmsMasterKeyId": "KmsMasterKeyId", "policy": "Policy"}

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateTopic, then each attribute."""
        arn = self.clients.client("sns").create_topic(Name=inputs["name"])["TopicArn"]
        return arn, self.update(arn, {}, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """With the policy that SNS fills in."""
        with gone_is_not_found(f"topic {resource_id}"):
            found = self.clients.client("sns").get_topic_attributes(TopicArn=resource_id)["Attributes"]
        live = {key: found[api] for key, api in self.attributes.items() if found.get(api)}
        own = {"name": resource_id.rpartition(":")[2], "arn": resource_id, "owner": found["Owner"]}
        return own | live

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """SetTopicAttributes for each that changed; a dropped policy stays, as with the real provider."""
        for key, api in self.attributes.items():
            dropped_policy = key == "policy" and key not in new
            if old.get(key) != new.get(key) and not dropped_policy:
                words = {"AttributeName": api, "AttributeValue": new.get(key, "")}
                self.clients.client("sns").set_topic_attributes(TopicArn=resource_id, **words)
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """SNS says nothing about a topic that is gone."""
        with gone_is_not_found(f"topic {resource_id}"):
            self.clients.client("sns").delete_topic(TopicArn=resource_id)
