"""Route 53's metric HealthCheckStatus: 1 or 0 for every check that has data, in us-east-1 only.

Source: developer guide, monitoring-health-checks.html. A check without data has no metric; while us-east-1 fails,
nothing is published, as its CloudWatch is gone too.
"""

import asyncio

from ministack.core.responses import get_account_id, request_scope
from ministack.services import cloudwatch

from sandbox.network.checks import Check
from sandbox.network.faults import Faults
from sandbox.network.statuses import Statuses

REGION = "us-east-1"
PERIOD = 5.0
"""Real seconds between two data points; AWS keeps one a minute, and a minute of ours holds some."""


class Metrics:
    """Publishes the statuses of all checks."""

    def __init__(self, statuses: Statuses, faults: Faults) -> None:
        self._statuses = statuses
        self._faults = faults

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self.publish()
            await asyncio.sleep(PERIOD)

    def publish(self) -> None:
        """One data point for each check that has data."""
        if self._faults.mode(REGION) is not None:
            return
        found = self._statuses.refresh()
        with request_scope(get_account_id(), REGION):
            for check_id, check in self._statuses.checks().items():
                if self._has_data(check):
                    dimensions = {"HealthCheckId": check_id}
                    cloudwatch.record_metric(
                        "AWS/Route53", "HealthCheckStatus", float(found[check_id]), "None", dimensions
                    )

    def _has_data(self, check: Check) -> bool:
        """A calculated check knows nothing before its children do."""
        return all(map(self._statuses.settled, check.children or (check.id,)))
