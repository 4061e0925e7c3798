"""Whether Route 53's health checks have settled, and on what.

GetHealthCheckStatus shows what checkers saw, and AWS gives it for endpoints only (API reference); a check's status is
the metric HealthCheckStatus in us-east-1 (developer guide, monitoring-health-checks.html).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from manifest import FailoverFacts
from recovery import aws
from recovery.verification.check import Check, CheckFailedError

METRICS_REGION = "us-east-1"
"""Route 53 publishes nowhere else."""
ENDPOINT_TYPES = frozenset({"HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"})
WANTED = {"serving": True, "secondary": False, "primaryUp": True}
"""What healthy or unhealthy has to be before a domain may follow it: the primary serves."""
HEALTHY_SHARE = 0.18
"""More than this share of checkers makes an endpoint healthy (dns-failover-determining-health-of-endpoints.html)."""


def health_checks(facts: FailoverFacts) -> Iterator[Check]:
    """A line for each check: endpoints have been asked, and the three that decide say what they should."""
    look = HealthLook()
    for role, check_id in facts.checks.items():
        wanted = WANTED.get(role)
        word = "has settled" if wanted is None else f"is {'healthy' if wanted else 'unhealthy'}"
        yield Check(
            group="health-checks",
            phase="replication",
            line=f"health check {role} {word}",
            act=lambda role=role, check_id=check_id: look.judge(check_id, WANTED.get(role)),
            settles=True,
        )


class HealthLook:
    """Reads one check at a time."""

    def __init__(self, route53: Any = None, cloudwatch: Any = None) -> None:
        self._route53 = route53 or aws.client("route53", METRICS_REGION)
        self._cloudwatch = cloudwatch or aws.client("cloudwatch", METRICS_REGION)

    def judge(self, check_id: str, wanted: bool | None) -> None:
        """Raises CheckFailedError while the check has no data, or says the opposite."""
        config = self._route53.get_health_check(HealthCheckId=check_id)["HealthCheck"]["HealthCheckConfig"]
        if config.get("Disabled"):
            raise CheckFailedError(f"{check_id} is disabled, and Route 53 counts it as healthy: run `pulumi up` again")
        endpoint = config["Type"] in ENDPOINT_TYPES
        seen = self._observations(check_id)
        if endpoint and not _all_asked(seen):
            raise CheckFailedError(f"only {sum(map(decided, seen))} of {len(seen)} checkers have asked {check_id}")
        if wanted is None:
            return
        found = self._status(check_id, wanted)
        if found is None and not config.get("Inverted") and any(map(decided, seen)):
            found = share(seen) > HEALTHY_SHARE
        if found is None:
            raise CheckFailedError(f"{check_id} has no data yet in CloudWatch ({METRICS_REGION}, HealthCheckStatus)")
        if found != wanted:
            raise CheckFailedError(f"{check_id} is {'healthy' if found else 'unhealthy'}: see `override status`")

    def _observations(self, check_id: str) -> Sequence[Mapping[str, Any]]:
        """Empty for a check without endpoint: AWS refuses the question."""
        try:
            return self._route53.get_health_check_status(HealthCheckId=check_id)["HealthCheckObservations"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "InvalidInput":
                return ()
            raise

    def _status(self, check_id: str, wanted: bool) -> bool | None:
        """The last minute's status; a minute that was not as wanted all through is not yet as wanted."""
        statistic, now = ("Minimum" if wanted else "Maximum"), datetime.now(UTC)
        points = self._cloudwatch.get_metric_statistics(
            Namespace="AWS/Route53",
            MetricName="HealthCheckStatus",
            Dimensions=[{"Name": "HealthCheckId", "Value": check_id}],
            StartTime=now - timedelta(minutes=5),
            EndTime=now + timedelta(minutes=1),
            Period=60,
            Statistics=[statistic],
        )["Datapoints"]
        if not points:
            return None
        return max(points, key=lambda point: point["Timestamp"])[statistic] >= 1


def decided(observation: Mapping[str, Any]) -> bool:
    """Whether a checker has asked and has an opinion."""
    return str(observation.get("StatusReport", {}).get("Status", "")).startswith(("Success", "Failure"))


def share(observations: Sequence[Mapping[str, Any]]) -> float:
    """The share of successes among the checkers with an opinion."""
    asked = [each for each in observations if decided(each)]
    good = [each for each in asked if str(each["StatusReport"]["Status"]).startswith("Success")]
    return len(good) / len(asked) if asked else 0.0


def _all_asked(observations: Sequence[Mapping[str, Any]]) -> bool:
    return bool(observations) and all(map(decided, observations))
