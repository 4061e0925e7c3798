"""ARC's state machine alone, with a clock of the test: transactions, safety rules, wait periods, endpoints."""

import json

import pytest

from sandbox.cloud.arc import errors
from sandbox.cloud.arc.data_plane import DataPlane
from sandbox.cloud.arc.model import Control, Rule
from sandbox.cloud.arc.state import Arc


class Clock:
    """A clock that stands until it is moved."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Setup:
    """A cluster, a panel, two controls, and the rule that they are never both On."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.arc = Arc(now=self.clock)
        self.cluster = self.arc.create_cluster("shared")
        self.panel = self.arc.create_panel(self.cluster.arn, "local")
        self.force = self.control("local-force-secondary")
        self.pin = self.control("local-pin-primary")

    def control(self, name: str) -> Control:
        return self.arc.create_control(self.cluster.arn, name, self.panel.arn)

    def never_both(self, wait_ms: int = 0) -> Rule:
        targets = (self.force.arn, self.pin.arn)
        return self.arc.create_rule(
            self.panel.arn, "not-both", "AND", targets, threshold=2, inverted=True, wait_ms=wait_ms
        )


@pytest.fixture
def setup() -> Setup:
    return Setup()


def test_a_new_control_is_off(setup: Setup) -> None:
    assert setup.arc.get(setup.force.arn).state == "Off"


def test_a_cluster_has_a_default_panel(setup: Setup) -> None:
    control = setup.arc.create_control(setup.cluster.arn, "elsewhere")
    assert setup.arc.panel(control.panel).default


def test_a_cluster_is_pending_until_its_deployment_is_over() -> None:
    clock = Clock()
    arc = Arc(now=clock, deployment=10)
    cluster = arc.create_cluster("slow")
    with pytest.raises(errors.ConflictError, match="PENDING"):
        arc.create_panel(cluster.arn, "early")
    clock.seconds += 10
    assert arc.create_panel(cluster.arn, "late").cluster == cluster.arn


def test_never_both_on(setup: Setup) -> None:
    rule = setup.never_both()
    setup.arc.update({setup.force.arn: "On"})
    with pytest.raises(errors.ConflictError) as caught:
        setup.arc.update({setup.pin.arn: "On"})
    assert rule.arn in caught.value.message
    assert "not-both" in caught.value.message
    assert caught.value.details["resourceId"] == rule.arn
    assert setup.arc.get(setup.pin.arn).state == "Off"


def test_a_transaction_is_judged_on_its_result(setup: Setup) -> None:
    setup.never_both()
    setup.arc.update({setup.force.arn: "On"})
    setup.arc.update({setup.pin.arn: "On", setup.force.arn: "Off"})
    assert [setup.arc.get(one.arn).state for one in (setup.force, setup.pin)] == ["Off", "On"]


def test_a_forbidden_transaction_changes_nothing(setup: Setup) -> None:
    setup.never_both()
    other = setup.control("other")
    with pytest.raises(errors.ConflictError):
        setup.arc.update({other.arn: "On", setup.force.arn: "On", setup.pin.arn: "On"})
    assert {control.state for control in setup.arc.list()} == {"Off"}


def test_the_wait_period_starts_with_a_change_of_any_target(setup: Setup) -> None:
    setup.never_both(wait_ms=5000)
    setup.arc.update({setup.force.arn: "On"})
    setup.clock.seconds += 4.999
    with pytest.raises(errors.ConflictError, match="wait period of 5000 ms"):
        setup.arc.update({setup.pin.arn: "Off"})
    setup.clock.seconds += 0.001
    setup.arc.update({setup.force.arn: "Off"})
    assert setup.arc.peek(setup.force.arn) == "Off"


def test_an_update_that_changes_nothing_starts_no_wait_period(setup: Setup) -> None:
    setup.never_both(wait_ms=5000)
    setup.arc.update({setup.force.arn: "Off"})
    setup.arc.update({setup.force.arn: "On"})
    assert setup.arc.peek(setup.force.arn) == "On"


def test_an_overridden_rule_is_not_asked(setup: Setup) -> None:
    rule = setup.never_both(wait_ms=5000)
    setup.arc.update({setup.force.arn: "On"})
    setup.arc.update({setup.pin.arn: "On"}, override=[rule.arn])
    assert setup.arc.peek(setup.pin.arn) == "On"


def test_overriding_one_rule_leaves_the_others(setup: Setup) -> None:
    first, second = setup.never_both(), setup.never_both()
    with pytest.raises(errors.ConflictError) as caught:
        setup.arc.update({setup.force.arn: "On", setup.pin.arn: "On"}, override=[first.arn])
    assert second.arn in caught.value.message


def test_a_rule_to_override_must_exist(setup: Setup) -> None:
    with pytest.raises(errors.ResourceNotFoundError):
        setup.arc.update({setup.pin.arn: "On"}, override=["arn:none"])


def test_a_gate_that_is_off_closes_its_targets(setup: Setup) -> None:
    gate = setup.control("ready")
    setup.arc.create_rule(setup.panel.arn, "gate", "OR", (setup.force.arn,), gates=(gate.arn,), wait_ms=0)
    with pytest.raises(errors.ConflictError, match="gating"):
        setup.arc.update({setup.force.arn: "On"})
    setup.arc.update({gate.arn: "On"})
    setup.arc.update({setup.force.arn: "On"})
    setup.arc.update({gate.arn: "Off"})
    with pytest.raises(errors.ConflictError):
        setup.arc.update({setup.force.arn: "Off"})


def test_two_dead_endpoints_leave_a_majority(setup: Setup) -> None:
    setup.arc.set_dead(2)
    with pytest.raises(errors.EndpointTemporarilyUnavailableError):
        setup.arc.get(setup.force.arn, endpoint="us-east-1")
    setup.arc.update({setup.force.arn: "On"}, endpoint="eu-west-1")
    assert setup.arc.get(setup.force.arn, endpoint="ap-southeast-2").state == "On"


@pytest.mark.parametrize("endpoint", ["ap-southeast-2", None])
def test_three_dead_endpoints_leave_none(setup: Setup, endpoint: str | None) -> None:
    setup.arc.set_dead(3)
    with pytest.raises(errors.EndpointTemporarilyUnavailableError):
        setup.arc.list(endpoint=endpoint)
    with pytest.raises(errors.EndpointTemporarilyUnavailableError):
        setup.arc.update({setup.force.arn: "On"}, endpoint=endpoint)
    assert setup.arc.peek(setup.force.arn) == "Off"


def test_the_data_plane_answers_for_the_endpoint_that_is_asked(setup: Setup) -> None:
    plane = DataPlane(setup.arc, {})
    path, body = f"/v1/{setup.cluster.arn.rpartition('/')[2]}", json.dumps({"RoutingControlArn": setup.force.arn})

    def ask(region: str) -> tuple[int, str | None]:
        status, content = plane.answer(region, path, "ToggleCustomerAPI.GetRoutingControlState", body.encode())
        return status, content.get("__type")

    assert ask("us-east-1") == (200, None)
    setup.arc.set_dead(1)
    assert ask("us-east-1") == (503, "EndpointTemporarilyUnavailableException")
    assert ask("us-west-2") == (200, None)
    setup.arc.set_dead(3)
    assert ask("ap-southeast-2") == (503, "EndpointTemporarilyUnavailableException")


@pytest.mark.parametrize(
    ("target", "body", "reason"),
    [
        ("ToggleCustomerAPI.Unknown", b"{}", "unknownOperation"),
        ("ToggleCustomerAPI.GetRoutingControlState", b"no", "cannotParse"),
        ("ToggleCustomerAPI.GetRoutingControlState", b"{}", "fieldValidationFailed"),
        (
            "ToggleCustomerAPI.UpdateRoutingControlStates",
            b'{"UpdateRoutingControlStateEntries": [{}]}',
            "fieldValidationFailed",
        ),
    ],
)
def test_a_malformed_call_is_a_validation_exception(setup: Setup, target: str, body: bytes, reason: str) -> None:
    path = f"/v1/{setup.cluster.arn.rpartition('/')[2]}"
    status, content = DataPlane(setup.arc, {}).answer("us-west-2", path, target, body)
    assert (status, content["__type"], content["reason"]) == (400, "ValidationException", reason)


def test_eleven_entries_are_too_many(setup: Setup) -> None:
    controls = [setup.control(f"c{number}") for number in range(11)]
    with pytest.raises(errors.ServiceLimitExceededError):
        setup.arc.update({control.arn: "On" for control in controls})
    setup.arc.update({control.arn: "On" for control in controls[:10]})


def test_controls_of_two_clusters_are_not_updated_together(setup: Setup) -> None:
    other = setup.arc.create_cluster("other")
    stranger = setup.arc.create_control(other.arn, "stranger")
    with pytest.raises(errors.ValidationError, match="different clusters"):
        setup.arc.update({setup.force.arn: "On", stranger.arn: "On"})


def test_deletion_goes_from_the_inside_out(setup: Setup) -> None:
    rule = setup.never_both()
    for delete, arn in (
        (setup.arc.delete_control, setup.force.arn),
        (setup.arc.delete_panel, setup.panel.arn),
        (setup.arc.delete_cluster, setup.cluster.arn),
    ):
        with pytest.raises(errors.ConflictError):
            delete(arn)
    setup.arc.delete_rule(rule.arn)
    setup.arc.delete_control(setup.force.arn)
    setup.arc.delete_control(setup.pin.arn)
    setup.arc.delete_panel(setup.panel.arn)
    setup.arc.delete_cluster(setup.cluster.arn)
    assert not setup.arc.clusters
    assert not setup.arc.panels


def test_a_rule_names_controls_of_its_own_panel(setup: Setup) -> None:
    stranger = setup.arc.create_control(setup.cluster.arn, "stranger")
    with pytest.raises(errors.ValidationError, match="not in control panel"):
        setup.arc.create_rule(setup.panel.arn, "wrong", "OR", (stranger.arn,))


def test_a_third_cluster_is_over_the_quota(setup: Setup) -> None:
    setup.arc.create_cluster("second")
    with pytest.raises(errors.ServiceQuotaExceededError):
        setup.arc.create_cluster("third")
