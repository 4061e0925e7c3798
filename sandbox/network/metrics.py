"""Route 53's metric HealthCheckStatus: 1 or 0 for every check that has data, in us-east-1 only.

Source: developer guide, monitoring-health-checks.html. A check without data has no metric; while us-east-1 fails,
nothing is published, as its CloudWatch is gone too.
"""

from ministack.core.responses import get_account_id, request_scope
from ministack.services import cloudwatch

from sandbox.network.checks import Check
from sandbox.network.clock import Clock
from sandbox.network.faults import Faults
from sandbox.network.statuses import Statuses

REGION = "us-east-1"
NAMESPACE = "AWS/Route53"
PERIOD = 5.0
"""Real seconds between two data points; AWS keeps one a minute, and a minute of ours holds some."""
LONGEST = 30.0
"""Seconds of the clock between two data points at most, so that every minute holds one, however compressed."""


class Metrics:
    """Publishes the statuses of all checks."""

    def __init__(self, clock: Clock, statuses: Statuses, faults: Faults) -> None:
        self._clock = clock
        self._statuses = statuses
        self._faults = faults

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self.publish()
            await self._clock.sleep(min(LONGEST, PERIOD * self._clock.factor))

    def publish(self) -> None:
        """One data point for each check that has data."""
        if self._faults.mode(REGION) is not None:
            return
        found = self._statuses.refresh()
        with request_scope(get_account_id(), REGION):
            for check_id, check in self._statuses.checks().items():
                if self._has_data(check):
                    dimensions = {"HealthCheckId": check_id}
                    cloudwatch.record_metric(NAMESPACE, "HealthCheckStatus", float(found[check_id]), "None", dimensions)

    def _has_data(self, check: Check) -> bool:
        """A calculated check knows nothing before its children do."""
        return all(map(self._statuses.settled, check.children or (check.id,)))
