"""The health checks that the emulator holds, for those who evaluate them, and what they tell in return.

The operations of the API are in route53_operations.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ministack.services import route53

from sandbox.cloud.route53_config import Config


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What one checker reports."""

    region: str
    address: str
    """The checker's IP address."""
    status: str
    """"Success: …" or "Failure: …", as Route 53 words it."""
    checked: str
    """When, in ISO 8601 and UTC."""


@dataclass
class Hooks:
    """What other parts of the sandbox tell about checks; they fill it in when they are installed."""

    status: Callable[[str], Sequence[Observation]] = lambda _check_id: ()
    domains_of: Callable[[str], Sequence[str]] = lambda _check_id: ()


HOOKS = Hooks()


def set_status_source(source: Callable[[str], Sequence[Observation]]) -> None:
    """Let *source* answer GetHealthCheckStatus: the observations of a check by its ID."""
    HOOKS.status = source


def set_domains_of(source: Callable[[str], Sequence[str]]) -> None:
    """Let *source* tell which custom domains route by a check."""
    HOOKS.domains_of = source


def all_checks() -> dict[str, Config]:
    """The configuration of every health check by its ID, with defaults, under the API's names."""
    with route53._lock:
        return {check["id"]: dict(check["config"]) for check in list(route53._health_checks.values())}


def exists(check_id: str) -> bool:
    """Whether there is such a check."""
    return route53._health_checks.get(check_id) is not None


def type_of(check_id: str) -> str | None:
    """The type of a check, None when there is none."""
    check = route53._health_checks.get(check_id)
    return check["config"].get("Type") if check else None


def of_control(control_arn: str) -> list[str]:
    """The IDs of the checks that follow a routing control."""
    return [one for one, config in all_checks().items() if config.get("RoutingControlArn") == control_arn]


def user_of(check_id: str) -> str | None:
    """What uses a check: a calculated check, a record or a domain; None when nothing does."""
    for other, config in all_checks().items():
        if check_id in config.get("ChildHealthChecks", ()):
            return f"the calculated health check {other}"
    with route53._lock:
        for records in list(route53._records.values()):
            for record in records:
                if record.get("HealthCheckId") == check_id:
                    return f"the record {record['Name']} {record['Type']}"
    return next((f"the routing of the user pool domain {name}" for name in HOOKS.domains_of(check_id)), None)
