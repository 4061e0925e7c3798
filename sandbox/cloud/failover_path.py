"""Installs what the failover path needs of the cloud: ARC, Route 53, certificates, domains, APIs, schedules."""

from collections.abc import Mapping

from sandbox.cloud import (
    certificates,
    http_apis,
    route53_checks,
    route53_operations,
    route53_zones,
    schedules,
    secret_values,
)
from sandbox.cloud.arc import service
from sandbox.cloud.arc.state import Arc
from sandbox.cloud.assumptions import Assumptions
from sandbox.cloud.domain_operations import Operations
from sandbox.cloud.replicas import Replicas


def install(assumptions: Assumptions, arc: Arc, arc_ports: Mapping[int, str], replicas: Replicas) -> None:
    """Replace it all. *arc_ports* are the Regions of ARC's five endpoints by port."""
    service.install(arc, arc_ports, route53_checks.of_control)
    route53_operations.install(assumptions, arc.peek)
    route53_zones.install(assumptions)
    certificates.install()
    http_apis.install()
    schedules.install()
    secret_values.install()
    Operations(assumptions, replicas).install()
