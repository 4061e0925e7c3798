"""What ARC's configuration consists of: clusters, control panels, routing controls, safety rules."""

from dataclasses import dataclass
from typing import Literal

ENDPOINT_REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2")
"""The Regions of a cluster's five endpoints."""

MAJORITY = len(ENDPOINT_REGIONS) // 2 + 1
MAX_CLUSTERS = 2
MAX_PANELS = 50
MAX_CONTROLS_OF_PANEL = 100
MAX_CONTROLS_OF_CLUSTER = 300
MAX_RULES_OF_PANEL = 20
MAX_ENTRIES = 10
"""Routing controls in one UpdateRoutingControlStates. All quotas: ARC developer guide, "Quotas"."""

DEFAULT_WAIT_MS = 5000
DEFAULT_PANEL = "DefaultControlPanel"

State = Literal["On", "Off"]
RuleType = Literal["ATLEAST", "AND", "OR"]
NetworkType = Literal["IPV4", "DUALSTACK"]


@dataclass
class Cluster:
    """Five endpoints that hold the states of routing controls."""

    arn: str
    name: str
    network_type: NetworkType
    created: float
    """In the clock's seconds."""


@dataclass
class Panel:
    """A control panel: routing controls and the rules between them."""

    arn: str
    name: str
    cluster: str
    default: bool = False


@dataclass
class Control:
    """A routing control: On or Off, new ones Off."""

    arn: str
    name: str
    panel: str
    state: State = "Off"
    changed: float | None = None
    """When the state last changed, in the clock's seconds; None while it never has."""


@dataclass
class Rule:
    """A safety rule.

    Without *gates* it is an assertion rule: of *targets*, the required number must be On after a change of
    any of them. With *gates* it is a gating rule: *targets* can be changed only while of *gates* the
    required number is On.
    """

    arn: str
    name: str
    panel: str
    type: RuleType
    threshold: int
    inverted: bool
    targets: tuple[str, ...]
    gates: tuple[str, ...] = ()
    wait_ms: int = DEFAULT_WAIT_MS
    """After a change of a target, updates of all targets are refused for so many milliseconds."""

    @property
    def judged(self) -> tuple[str, ...]:
        """The controls whose states are counted."""
        return self.gates or self.targets
