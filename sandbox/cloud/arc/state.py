"""ARC's data plane: routing control states behind five endpoints, changed in transactions that rules judge.

`Arc` is the whole of ARC for one account: this file holds the states, configuration.py what they belong to.
Time comes from the clock that is injected (seconds).

    arc = Arc(now=clock)
    cluster = arc.create_cluster("shared")
    panel = arc.create_panel(cluster.arn, "local")
    force = arc.create_control(cluster.arn, "local-force-secondary", panel.arn)
    arc.update({force.arn: "On"})                   # or a refusal from errors.py
    arc.set_dead(3)                                 # from now on EndpointTemporarilyUnavailableError
"""

from collections.abc import Collection, Mapping

from sandbox.cloud.arc.configuration import Configuration
from sandbox.cloud.arc.errors import (
    ConflictError,
    EndpointTemporarilyUnavailableError,
    ResourceNotFoundError,
    ServiceLimitExceededError,
    ValidationError,
)
from sandbox.cloud.arc.model import ENDPOINT_REGIONS, MAJORITY, MAX_ENTRIES, Control, Rule, State
from sandbox.cloud.arc.rules import problem


class Arc(Configuration):
    """Routing controls with their states, their rules and the five endpoints.

    The methods that take *endpoint* are those of the data plane: the Region of the endpoint that is asked,
    None for a caller that tries all of them. *cluster_arn* is the cluster whose endpoint it is, None for any.
    """

    _dead = 0

    @property
    def dead(self) -> tuple[str, ...]:
        """The Regions whose endpoints are dead."""
        return ENDPOINT_REGIONS[: self._dead]

    def set_dead(self, count: int) -> None:
        """Let the first *count* of the five endpoints be dead; 0 heals. Raises ValidationError outside 0 to 5."""
        if not 0 <= count <= len(ENDPOINT_REGIONS):
            raise ValidationError(f"{count} dead endpoints: a cluster has {len(ENDPOINT_REGIONS)}")
        self._dead = count

    def peek(self, control_arn: str) -> State | None:
        """The state as Route 53's recovery-control checks see it, whatever the endpoints do; None if gone."""
        control = self.controls.get(control_arn)
        return control.state if control else None

    def get(self, control_arn: str, endpoint: str | None = None, cluster_arn: str | None = None) -> Control:
        """GetRoutingControlState."""
        self._reachable(endpoint)
        with self.lock:
            return self._of_cluster(control_arn, cluster_arn)

    def list(
        self, panel_arn: str | None = None, endpoint: str | None = None, cluster_arn: str | None = None
    ) -> list[Control]:
        """ListRoutingControls of the data plane: of a panel, of a cluster, or all."""
        self._reachable(endpoint)
        with self.lock:
            panels = {panel.arn for panel in self.panels.values() if cluster_arn in (None, panel.cluster)}
            if panel_arn is not None:
                panels &= {self.panel(panel_arn).arn}
            return [control for control in self.controls.values() if control.panel in panels]

    def update(
        self,
        entries: Mapping[str, State],
        override: Collection[str] = (),
        endpoint: str | None = None,
        cluster_arn: str | None = None,
    ) -> None:
        """UpdateRoutingControlState(s): all of *entries* or none, judged on the result.

        *override* are the ARNs of safety rules that are not asked, their wait periods included.
        Raises ConflictError with the name and the ARN of the first rule that forbids it.
        """
        self._reachable(endpoint)
        with self.lock:
            self._check_entries(entries, cluster_arn)
            for rule_arn in override:
                self.rule(rule_arn)
            now = self.now()
            result: dict[str, State] = {arn: control.state for arn, control in self.controls.items()}
            result.update(entries)
            for rule in self.rules.values():
                if rule.arn not in override and (why := problem(rule, entries, self.controls, result, now)):
                    raise _forbidden(rule, why)
            for arn, state in entries.items():
                if self.controls[arn].state != state:
                    self.controls[arn].state, self.controls[arn].changed = state, now

    def _check_entries(self, entries: Mapping[str, State], cluster_arn: str | None) -> None:
        if not entries:
            raise ValidationError("UpdateRoutingControlStateEntries is empty")
        if len(entries) > MAX_ENTRIES:
            raise ServiceLimitExceededError(
                f"{len(entries)} routing controls in one update: at most {MAX_ENTRIES}",
                limitCode="UpdateRoutingControlStatesEntries",
                serviceCode="route53-recovery-cluster",
            )
        for state in entries.values():
            if state not in ("On", "Off"):
                raise ValidationError(f"RoutingControlState {state!r} is not one of: On, Off")
        if len({self.panel(self._of_cluster(arn, cluster_arn).panel).cluster for arn in entries}) > 1:
            raise ValidationError("the routing controls belong to different clusters")

    def _of_cluster(self, control_arn: str, cluster_arn: str | None) -> Control:
        """The control, if the cluster that is asked (None: any) holds it."""
        control = self.control(control_arn)
        if cluster_arn not in (None, self.panel(control.panel).cluster):
            raise ResourceNotFoundError(f"cluster {cluster_arn} has no routing control {control_arn}")
        return control

    def _reachable(self, endpoint: str | None) -> None:
        if endpoint is not None and endpoint not in ENDPOINT_REGIONS:
            raise ValidationError(f"a cluster has no endpoint in {endpoint}")
        if endpoint in self.dead:
            raise EndpointTemporarilyUnavailableError(f"The endpoint in {endpoint} is not available.")
        alive = len(ENDPOINT_REGIONS) - self._dead
        if alive < MAJORITY:
            raise EndpointTemporarilyUnavailableError(
                f"{alive} of {len(ENDPOINT_REGIONS)} endpoints are available, {MAJORITY} are needed."
            )


def _forbidden(rule: Rule, why: str) -> ConflictError:
    return ConflictError(
        f"The update is forbidden by safety rule {rule.name} ({rule.arn}): {why}.",
        resourceId=rule.arn,
        resourceType="AWS::Route53RecoveryControl::SafetyRule",
    )
