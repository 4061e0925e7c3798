"""Routing controls through five endpoints, on the sandbox's ARC: any of them, once, and never against a rule."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from controls import WAIT_SECONDS, RoutingControls, Switches, UnreachableError

from sandbox.cloud.arc.model import ENDPOINT_REGIONS
from tests.failover import stack
from tests.failover.edges import ArcClient, ClientError


class Cluster:
    """ARC, a clock in seconds, and which endpoints were asked."""

    def __init__(self, wrap: Callable[[ArcClient], Any] = lambda client: client) -> None:
        self.now, self.asked = 1000.0, []
        self.made = stack.controls(lambda: self.now)
        self.arc, self._wrap = self.made.arc, wrap
        endpoints = [{"region": region, "endpoint": f"https://{region}"} for region in ENDPOINT_REGIONS]
        self.controls = RoutingControls(
            self.made.force,
            self.made.pin,
            endpoints,
            connect=self._connect,
            clock=lambda: self.now,
            shuffle=random.Random(1).shuffle,  # noqa: S311 - reproducible
        )

    def _connect(self, endpoint: Any) -> Any:
        self.asked.append(endpoint["region"])
        return self._wrap(ArcClient(self.arc, endpoint["region"]))


@pytest.mark.parametrize("dead", [0, 1, 2])
def test_a_majority_of_endpoints_is_enough(dead: int) -> None:
    cluster = Cluster()
    cluster.arc.set_dead(dead)
    for _ in range(20):
        assert cluster.controls.read() == Switches(force=False, pin=False)
    assert cluster.controls.engage() == "engaged"
    assert cluster.controls.read() == Switches(force=True, pin=False)


def test_without_a_majority_every_endpoint_is_tried_and_named() -> None:
    cluster = Cluster()
    cluster.arc.set_dead(3)
    with pytest.raises(UnreachableError) as raised:
        cluster.controls.read()
    assert all(region in str(raised.value) for region in ENDPOINT_REGIONS)
    assert "EndpointTemporarilyUnavailableException" in str(raised.value)


def test_engaging_twice_changes_once() -> None:
    cluster = Cluster()
    assert cluster.controls.engage() == "engaged"
    assert cluster.controls.engage() == "already"


def test_a_safety_rule_is_not_argued_with() -> None:
    """One endpoint, and then five seconds of peace."""
    cluster = Cluster()
    cluster.arc.update({cluster.made.pin: "On"})
    cluster.now += WAIT_SECONDS
    assert cluster.controls.engage() == "refused by a safety rule"
    assert len(cluster.asked) == 1
    assert cluster.controls.engage() == "waiting after a refusal"
    cluster.arc.update({cluster.made.pin: "Off"})
    cluster.now += WAIT_SECONDS
    assert cluster.controls.engage() == "engaged"


def test_a_conflict_of_another_kind_is_tried_elsewhere() -> None:
    class Busy:
        """An endpoint in the middle of somebody else's update."""

        calls = 0

        def __init__(self, client: ArcClient) -> None:
            self.get_routing_control_state = client.get_routing_control_state
            self._client = client

        def update_routing_control_states(self, **entries: Any) -> Any:
            Busy.calls += 1
            if Busy.calls < 3:
                raise ClientError("ConflictException", "Try again.")
            return self._client.update_routing_control_states(**entries)

    cluster = Cluster(Busy)
    assert cluster.controls.engage() == "engaged"
    assert Busy.calls == 3


def test_endpoints_that_hang_do_not_cost_the_round() -> None:
    class Hanging:
        """Two seconds of silence."""

        def __init__(self, client: ArcClient) -> None:
            self.client = client

        def get_routing_control_state(self, **_: Any) -> Any:
            cluster.now += 2
            raise TimeoutError("token")

    cluster = Cluster(Hanging)
    begun = cluster.now
    with pytest.raises(UnreachableError) as raised:
        cluster.controls.read()
    assert cluster.now - begun <= 6
    assert "token" not in str(raised.value)
