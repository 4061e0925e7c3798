"""Settings of the failover path: how fast the secondary takes over, and who may override it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from settings.values import Strict, between, held, matching, one_of

CHECKER_REGIONS = (
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "sa-east-1",
)
"""Where Route 53 has health checkers (API reference, HealthCheckConfig)."""

PROBE_TIMEOUT = held(
    lambda seconds: 0.5 <= seconds <= 1.5,
    "must be from 0.5 to 1.5, because two probes and the answer have to fit well into one interval. Set such a number "
    "of seconds.",
)
CLUSTER = matching(
    r"own|arn:aws:route53-recovery-control::[0-9]{12}:cluster/[0-9a-f-]+",
    "must be own or a cluster's ARN, because routing controls live in a cluster. A cluster costs about $1,825 a month; "
    "panels and controls cost nothing. Set own, or the ARN of a shared cluster.",
)


class ServingCheck(StrEnum):
    """What decides whether the primary may serve: a calculated health check, or the verdict alone."""

    CALCULATED = "calculated"
    VERDICT = "verdict"


class Override(StrEnum):
    """Where override and latch live: routing controls of ARC, or an item beside the verdict."""

    ROUTING_CONTROL = "routing_control"
    ITEM = "item"


class ClusterEndpoint(Strict):
    """One of the five data plane endpoints of a shared cluster."""

    region: str
    endpoint: Annotated[
        str, matching(r"https?://.+", "must be a URL, because the command line calls it. Copy it from DescribeCluster.")
    ]


class Probe(Strict):
    """The probers; `interval` (fixed) and `timeout` are in seconds."""

    interval: ClassVar[int] = 10  # six rounds a minute: the schedule starts one run a minute
    timeout: Annotated[float, PROBE_TIMEOUT] = 1.5
    probers: tuple[str, ...] = ()

    def regions(self, secondary: str) -> tuple[str, ...]:
        """Where probers run: in the secondary unless the stack file names others."""
        return self.probers or (secondary,)


class Failover(Strict):
    """How fast the secondary takes over. Times are in seconds."""

    interval: ClassVar[int] = 10  # Route 53 offers 10 and 30; with 30 a single lost request would fail over
    threshold: Annotated[
        int, between(1, 3, "detection, decision and record have 50 s together, of which three failures take 31")
    ] = 3
    record_ttl: Annotated[
        int, between(1, 60, "clients keep an answer that long after the switch, and 150 s is the goal for all of it")
    ] = 60
    latch_after: Annotated[
        int, between(45, 600, "it must be more than the detection takes, and a latch nobody waits for is none")
    ] = 60
    serving_check: Annotated[str, one_of(tuple(ServingCheck), "the program knows these two")] = ServingCheck.CALCULATED
    override: Annotated[str, one_of(tuple(Override), "the program knows these two")] = Override.ROUTING_CONTROL
    cluster: Annotated[str, CLUSTER] | None = None
    cluster_endpoints: tuple[ClusterEndpoint, ...] = ()
    checker_regions: tuple[
        Annotated[str, one_of(CHECKER_REGIONS, "Route 53 has health checkers in these Regions only")], ...
    ] = tuple(region for region in CHECKER_REGIONS if region != "us-east-1")
    probe: Probe = Field(default_factory=Probe)

    @property
    def calculated(self) -> bool:
        """Whether the serving check is a calculated one over probe and routing controls."""
        return self.serving_check == ServingCheck.CALCULATED

    @property
    def controlled(self) -> bool:
        """Whether override and latch are routing controls."""
        return self.override == Override.ROUTING_CONTROL

    @property
    def detection(self) -> int:
        """Longest time until the check turns unhealthy when requests fail at once, in seconds."""
        return self.interval * self.threshold
