"""The round's three metrics, for the alarms in the table's Region."""

from collections.abc import Mapping
from typing import Any

import clients

NAMESPACE = "cognito-dr"


def data(stack: str, values: Mapping[str, int]) -> list[dict[str, Any]]:
    """One datum a metric."""
    dimensions = [{"Name": "Stack", "Value": stack}]
    return [
        {"MetricName": name, "Dimensions": dimensions, "Value": float(value), "Unit": "Count"}
        for name, value in values.items()
    ]


class Metrics:
    """Needs cloudwatch:PutMetricData for this namespace only."""

    def __init__(self, stack: str, region: str, client: Any = None) -> None:
        self._stack, self._region, self._kept = stack, region, client

    def put(self, values: Mapping[str, int]) -> None:
        """Send them in one call."""
        if self._kept is None:
            self._kept = clients.make("cloudwatch", self._region)
        self._kept.put_metric_data(Namespace=NAMESPACE, MetricData=data(self._stack, values))
