"""The failover path's part of the manifest: names, health checks, controls and where the verdict is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ZoneFacts:
    """The public hosted zone; `created` when the stack made it, so that delegating it is a human act."""

    zone_id: str
    zone_name: str
    name_servers: tuple[str, ...]
    created: bool


@dataclass(frozen=True, kw_only=True)
class DomainFacts:
    """The three host names that clients use: managed login, the API, and the Region hint for SDK callers."""

    auth: str
    api: str
    serving: str


@dataclass(frozen=True, kw_only=True)
class ControlFacts:
    """The routing controls `force` and `pin` and the safety rule that both are never on; values are ARNs."""

    panel_arn: str
    force: str
    pin: str
    safety_rule_arn: str
    safety_rule_name: str


@dataclass(frozen=True, kw_only=True)
class ClusterEndpoint:
    """One of an ARC cluster's five data-plane endpoints and the Region its requests are signed for."""

    region: str
    endpoint: str


@dataclass(frozen=True, kw_only=True)
class TableFacts:
    """The DynamoDB table that holds the verdict and, without a cluster, the override."""

    name: str
    arn: str
    region: str


@dataclass(frozen=True, kw_only=True)
class FailoverFacts:
    """How the stack switches. `checks` are health check IDs by role; `controls` is None with override `item`.

    `latch_after`, `record_ttl` and `interval` are seconds; `threshold` counts checks.
    """

    serving_check: str
    override: str
    latch_after: int
    record_ttl: int
    interval: int
    threshold: int
    checks: Mapping[str, str]
    controls: ControlFacts | None
    cluster_endpoints: tuple[ClusterEndpoint, ...]
    table: TableFacts
    probers: tuple[str, ...]
    verdict_function: str


@dataclass(frozen=True, kw_only=True)
class CanaryFacts:
    """The user whose refresh token the prober redeems: where its secret is, never what it is."""

    secret_arn: str
    secret_region: str
    username: str
    client_id: str


@dataclass(frozen=True, kw_only=True)
class AlarmFacts:
    """A CloudWatch alarm."""

    name: str
    region: str


@dataclass(frozen=True, kw_only=True)
class CopyFacts:
    """The versioned object that holds this manifest outside the primary Region."""

    bucket: str
    key: str
    region: str
