"""Force and pin: what may be switched when (pure), and the switchboard that a stack obeys.

With override `routing_control` the controls are the authority; where the verdict endpoint folds force and pin in, the
table's override item mirrors them. With override `item` the item is the authority and there are no controls.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from manifest import ControlFacts, FailoverFacts, Manifest
from recovery.arc import Cluster, NoMajorityError, SafetyRuleError, State
from recovery.errors import RecoveryError
from recovery.verdicts import Table, Verdict

Action = Literal["force-secondary", "pin-primary", "release"]
BY = "cognito-dr"
OTHER_WAYS = (
    "Try again in a few seconds (AWS keeps at least three of the five up), or use another network. The health check "
    "itself needs no cluster: a failing primary is left without it"
)


@dataclass(frozen=True, kw_only=True)
class Switches:
    """The two overrides; both on is what the safety rule forbids."""

    force: bool
    pin: bool


def wanted(action: Action) -> Switches:
    """What an action leads to, from every state."""
    return Switches(force=action == "force-secondary", pin=action == "pin-primary")


def both_on(action: Action, now: Switches, rule: str) -> str | None:
    """Why an action is refused: the other switch is on, and the safety rule forbids both."""
    other = {"force-secondary": ("pin-primary", now.pin), "pin-primary": ("force-secondary", now.force)}.get(action)
    if other is None or not other[1]:
        return None
    return (
        f"{action} is refused: {other[0]} is On, and the safety rule {rule} forbids both at once. "
        "Run `override release` first"
    )


def primary_in_doubt(action: Action, now: Switches, verdict: Verdict | str | None, at: float) -> str | None:
    """Why a release would send users to a primary that is not known to be well; None when it is.

    Only a release of `force` sends anybody to the primary. A verdict that is a text is why there is none; `at` is in
    epoch seconds.
    """
    if action != "release" or not now.force:
        return None
    if verdict is None:
        return "there is no verdict about the primary yet"
    if isinstance(verdict, str):
        return f"the verdict about the primary cannot be read ({verdict})"
    if not verdict.fresh(at):
        return f"the last verdict is {verdict.age(at):.0f} s old, the word in force is {verdict.word}"
    if verdict.verdict != "UP":
        return f"the verdict about the primary is {verdict.verdict} ({verdict.reason or 'no reason given'})"
    return None


WAIT_SECONDS = 5.5
"""The safety rule's wait period of 5 s, and a little."""


class Switchboard:
    """Reads and sets the two switches in the mode of the stack, without any control plane. `wait` is in seconds."""

    def __init__(
        self,
        manifest: Manifest,
        table: Table | None = None,
        cluster: Cluster | None = None,
        wait: float = WAIT_SECONDS,
    ) -> None:
        self.wait = wait
        self.failover = failover_of(manifest)
        self.table = table or Table(self.failover.table)
        self.controls = self.failover.controls
        self.cluster = cluster or (Cluster(self.failover.cluster_endpoints) if self.controls else None)
        self.rule = self.controls.safety_rule_name if self.controls else f"{manifest.name}-not-force-and-pin"
        self.mirrored = self.controls is not None and self.failover.serving_check == "verdict"

    @property
    def keeps_reason(self) -> bool:
        """Whether there is an item beside the switches; routing controls have no place for a reason."""
        return self.controls is None or self.mirrored

    def read(self) -> Switches:
        """What is in force now. Raises RecoveryError when that cannot be told."""
        if self.cluster is None or self.controls is None:
            found = self.table.override()
            return Switches(force=found is not None and found.force, pin=found is not None and found.pin)
        try:
            states = self.cluster.states((self.controls.force, self.controls.pin))
        except NoMajorityError as error:
            raise RecoveryError(f"{error}. {OTHER_WAYS}") from None
        return switches_of(self.controls, states)

    def apply(self, action: Action, reason: str) -> str:
        """Do it in one transaction; says where. Raises RecoveryError when it was refused."""
        if self.cluster is None or self.controls is None:
            self._write_item(wanted(action), reason, guarded=True)
            return f"table {self.table.facts.name} in {self.table.facts.region}"
        try:
            region = self._update(self.cluster, entries(self.controls, action))
        except NoMajorityError as error:
            raise RecoveryError(f"{error}. {OTHER_WAYS}") from None
        except SafetyRuleError as error:
            raise RecoveryError(f"safety rule {self.rule}: {error}") from None
        if self.mirrored:
            self._write_item(wanted(action), reason, guarded=False)
        return f"cluster endpoint {region}"

    def _update(self, cluster: Cluster, changes: dict[str, State]) -> str:
        """The change, asked for again once: after another change the rule's wait period has to pass.

        Source: docs.aws.amazon.com/r53recovery/latest/dg/routing-control.safety-rules.html
        """
        try:
            return cluster.update(changes)
        except SafetyRuleError:
            time.sleep(self.wait)
            return cluster.update(changes)

    def _write_item(self, switches: Switches, reason: str, *, guarded: bool) -> None:
        written = self.table.set_override(
            force=switches.force, pin=switches.pin, by=BY, reason=reason, at=time.time(), guarded=guarded
        )
        if not written:
            raise RecoveryError(
                f"refused: the other switch was turned on meanwhile, and {self.rule} forbids both at once. "
                "Run `override status`, then `override release`"
            )


def failover_of(manifest: Manifest) -> FailoverFacts:
    """The failover path. Raises RecoveryError before it is rolled out."""
    if manifest.failover is None:
        raise RecoveryError(
            f"stack {manifest.name} has no failover path in phase {manifest.phase}: roll out phase replication first"
        )
    return manifest.failover


def entries(controls: ControlFacts, action: Action) -> dict[str, State]:
    """What the plural call changes. The other control is left out, so that the safety rule sees it as it is."""
    match action:
        case "force-secondary":
            return {controls.force: "On"}
        case "pin-primary":
            return {controls.pin: "On"}
        case "release":
            return {controls.force: "Off", controls.pin: "Off"}


def switches_of(controls: ControlFacts, states: dict[str, State]) -> Switches:
    """The switches that two states mean."""
    return Switches(force=states[controls.force] == "On", pin=states[controls.pin] == "On")
