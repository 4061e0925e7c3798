"""Route 53 health checks as pure functions: from single requests to one status.

Sources, all in the Route 53 developer guide and API reference: dns-failover-determining-health-of-endpoints.html
(thresholds, more than 18 % of checkers, string matching, timeouts), health-checks-creating-values.html (inverted,
disabled, calculated, new checks), API_HealthCheckConfig.html (fields), ARC guide routing-control.html (control On =
healthy). Times are in seconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

CHECKERS = 16
"""Checkers that ask one endpoint when no Regions are chosen (facts of 2026: 3 of 16 are more than 18 %)."""
HEALTHY_SHARE = 0.18
SEARCHED_BYTES = 5120
CONNECT_TIMEOUT = 4.0
ANSWER_TIMEOUT = 2.0
BODY_TIMEOUT = 2.0
ENDPOINT_TYPES = frozenset({"HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"})


@dataclass(frozen=True, kw_only=True)
class Check:
    """One health check. Fields carry the names of HealthCheckConfig in short form."""

    id: str
    type: str
    host: str = ""
    port: int = 443
    path: str = "/"
    search: str = ""
    interval: float = 30
    threshold: int = 3
    inverted: bool = False
    disabled: bool = False
    children: tuple[str, ...] = ()
    health_threshold: int = 0
    control: str = ""

    @property
    def has_endpoint(self) -> bool:
        """Whether checkers send requests for it."""
        return self.type in ENDPOINT_TYPES


def from_config(check_id: str, config: Mapping[str, Any]) -> Check:
    """A check from Route 53's HealthCheckConfig."""
    secure = str(config["Type"]).startswith("HTTPS")
    return Check(
        id=check_id,
        type=config["Type"],
        host=config.get("FullyQualifiedDomainName") or config.get("IPAddress") or "",
        port=int(config.get("Port") or (443 if secure else 80)),
        path=config.get("ResourcePath") or "/",
        search=config.get("SearchString") or "",
        interval=float(config.get("RequestInterval") or 30),
        threshold=int(config.get("FailureThreshold") or 3),
        inverted=bool(config.get("Inverted")),
        disabled=bool(config.get("Disabled")),
        children=tuple(config.get("ChildHealthChecks") or ()),
        health_threshold=int(config.get("HealthThreshold") or 0),
        control=config.get("RoutingControlArn") or "",
    )


@dataclass
class Checker:
    """What one checker thinks of one endpoint: it changes its mind after *threshold* equal results in a row.

    Starts healthy: a check without data counts as healthy (and so an inverted one as unhealthy).
    """

    healthy: bool = True
    streak: int = 0
    asked: int = 0

    def saw(self, success: bool, threshold: int) -> bool:
        """Take one result; returns whether the mind was changed."""
        self.asked += 1
        self.streak = 0 if success == self.healthy else self.streak + 1
        if self.streak < threshold:
            return False
        self.healthy, self.streak = success, 0
        return True


@dataclass(frozen=True, kw_only=True)
class Observations:
    """What statuses are made of: checks by ID, the checkers' votes by check ID, controls that are On by ARN."""

    checks: Mapping[str, Check]
    votes: Mapping[str, Sequence[bool]] = field(default_factory=dict)
    controls: Mapping[str, bool] = field(default_factory=dict)


def succeeded(check: Check, status: int, body: bytes) -> bool:
    """Whether a checker's HTTP request was a success: 2xx or 3xx, and the string within the first 5,120 bytes."""
    if not 200 <= status < 400:
        return False
    return "STR_MATCH" not in check.type or check.search.encode() in body[:SEARCHED_BYTES]


def endpoint_healthy(votes: Iterable[bool]) -> bool:
    """Healthy when more than 18 % of the checkers say so; without votes there is no data: healthy."""
    said = list(votes)
    return not said or sum(said) > HEALTHY_SHARE * len(said)


def healthy(check_id: str, seen: Observations) -> bool:
    """The status that Route 53 would give this check.

    A disabled check is healthy, whatever it sees; inverting still turns that around ("If you want to stop
    routing traffic to a resource, change the value of Inverted"). Raises KeyError for an unknown check and
    ValueError for a CALCULATED check within a CALCULATED one.
    """
    check = seen.checks[check_id]
    return (check.disabled or _raw(check, seen)) != check.inverted


def statuses(seen: Observations) -> dict[str, bool]:
    """The status of every check by ID."""
    return {check_id: healthy(check_id, seen) for check_id in seen.checks}


def _raw(check: Check, seen: Observations) -> bool:
    match check.type:
        case "CALCULATED":
            return sum(_child(check, child, seen) for child in check.children) >= check.health_threshold
        case "RECOVERY_CONTROL":
            return seen.controls.get(check.control, False)
        case _:
            return endpoint_healthy(seen.votes.get(check.id, ()))


def _child(parent: Check, child: str, seen: Observations) -> bool:
    """A child's part in a calculated check; what has been deleted counts as nothing."""
    if child not in seen.checks:
        return False
    if seen.checks[child].type == "CALCULATED":
        raise ValueError(f"health check {parent.id} is CALCULATED and cannot have the CALCULATED child {child}")
    return healthy(child, seen)
