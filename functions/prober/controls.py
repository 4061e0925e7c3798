"""ARC routing controls through any of the cluster's five endpoints.

Each endpoint needs its own URL and signing Region; order random, short timeouts, the next one on any error, the plural
call, and reading first, so that engaging twice is engaging once.
Source: docs.aws.amazon.com/r53recovery/latest/dg/routing-control.update.html
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

import clients

ROUND_SECONDS = 5.0
"""For all endpoints together: a round has ten seconds, and a connection that hangs takes two."""
WAIT_SECONDS = 5.0
"""A safety rule's wait period: requests on its controls fail meanwhile."""
T = TypeVar("T")
Engaged = Literal["engaged", "already", "refused by a safety rule", "waiting after a refusal"]


class Switches(NamedTuple):
    """The two controls' states; On is True."""

    force: bool
    pin: bool


class UnreachableError(Exception):
    """No endpoint did what was asked; `args[0]` says what each one did instead."""


def connect(endpoint: Mapping[str, str]) -> Any:
    """A client of one endpoint. It does not retry: the other four are the retry."""
    return clients.make("route53-recovery-cluster", endpoint["region"], endpoint=endpoint["endpoint"], attempts=1)


def at_random(order: list[int]) -> None:
    """Shuffle in place."""
    import random  # a sixth of the function's import, and used only where there is a cluster

    random.shuffle(order)


def safety_rule(error: BaseException) -> bool:
    """Whether an update was refused by a safety rule: a ConflictException that names the rule.

    A ConflictException that does not is another update at the same moment; another endpoint may take it.
    """
    response = getattr(error, "response", None)
    if not isinstance(response, dict):
        return False
    about = response.get("Error", {})
    return about.get("Code") == "ConflictException" and "safetyrule" in str(about.get("Message")).lower().replace(
        " ", ""
    )


class RoutingControls:
    """The controls `force` and `pin`, by ARN. Clients are made when first used and kept over rounds."""

    def __init__(
        self,
        force: str,
        pin: str,
        endpoints: Sequence[Mapping[str, str]],
        *,
        connect: Callable[[Mapping[str, str]], Any] = connect,
        clock: Callable[[], float] = time.monotonic,
        shuffle: Callable[[list[int]], None] = at_random,
    ) -> None:
        self._force, self._pin, self._endpoints = force, pin, endpoints
        self._connect, self._clock, self._shuffle = connect, clock, shuffle
        self._kept: dict[int, Any] = {}
        self._not_before = float("-inf")

    def read(self) -> Switches:
        """Both states. Raises UnreachableError."""
        return self._anywhere(self._switches)

    def engage(self) -> Engaged:
        """Set `force` On, if it is not. Raises UnreachableError."""
        if self._clock() < self._not_before:
            return "waiting after a refusal"
        return self._anywhere(self._engage)

    def _switches(self, client: Any) -> Switches:
        states = [
            client.get_routing_control_state(RoutingControlArn=arn)["RoutingControlState"]
            for arn in (self._force, self._pin)
        ]
        return Switches(*(state == "On" for state in states))

    def _engage(self, client: Any) -> Engaged:
        if self._switches(client).force:
            return "already"
        entry = {"RoutingControlArn": self._force, "RoutingControlState": "On"}
        try:
            client.update_routing_control_states(UpdateRoutingControlStateEntries=[entry])
        except Exception as error:
            if not safety_rule(error):
                raise
            self._not_before = self._clock() + WAIT_SECONDS
            return "refused by a safety rule"
        return "engaged"

    def _anywhere(self, act: Callable[[Any], T]) -> T:
        deadline, order = self._clock() + ROUND_SECONDS, list(range(len(self._endpoints)))
        self._shuffle(order)
        errors = []
        for place in order:
            if self._clock() >= deadline:
                break
            try:
                return act(self._client(place))
            except Exception as error:
                errors.append(f"{self._endpoints[place]['region']} {clients.error_name(error)}")
        raise UnreachableError(", ".join(errors))

    def _client(self, place: int) -> Any:
        if place not in self._kept:
            self._kept[place] = self._connect(self._endpoints[place])
        return self._kept[place]
