"""Faults that can be switched on, and what a failing Region does with a request."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.network.asgi import Receive, Send, send_json

MODES: Mapping[str, tuple[str, ...]] = {
    "us-east-1": ("refuse", "hang", "error", "slow"),
    "us-west-2": ("refuse", "hang", "error", "slow"),
    "prober": ("dead", "blind"),
    "verdict": ("dead", "flooded", "forbidden"),
}
TARGETS = (*MODES, "endpoints", "egress")
ENDPOINTS = 5
SLOW = 5.0
"""Seconds until a slow Region answers: more than any of our clients waits."""
LONGEST = 60.0
"""Seconds after which even a hanging request ends, so that no connection is kept for ever."""


class FaultError(ValueError):
    """A fault that does not exist; the text is one line for the user."""


@dataclass
class Faults:
    """The faults that are on, by target. `on_change` is called with the target after each change."""

    on: dict[str, dict[str, Any]] = field(default_factory=dict)

    def mode(self, target: str) -> str | None:
        """The mode of a Region, the prober or the verdict endpoint; None when it is well."""
        return self.on.get(target, {}).get("mode")

    @property
    def endpoints_down(self) -> int:
        """How many of the cluster's endpoints are dead, from the first."""
        return int(self.on.get("endpoints", {}).get("count", 0))

    def reaches_out(self, region: str) -> bool:
        """Whether the functions of a Region reach anything outside."""
        return self.on.get("egress", {}).get("region") != region

    def put(self, wanted: Mapping[str, Any]) -> str:
        """Switch a fault on; returns its target. Raises FaultError."""
        target = str(wanted.get("target"))
        if target in MODES:
            _one_of(f"mode of {target}", wanted.get("mode"), MODES[target])
            self.on[target] = {"mode": wanted["mode"]}
        elif target == "endpoints":
            _one_of("count of endpoints", wanted.get("count"), tuple(range(1, ENDPOINTS + 1)))
            self.on[target] = {"count": wanted["count"]}
        elif target == "egress":
            _one_of("region of egress", wanted.get("region"), ("us-east-1", "us-west-2"))
            self.on[target] = {"region": wanted["region"]}
        else:
            _one_of("target", target, TARGETS)
        return target

    def heal(self, target: str | None = None) -> list[str]:
        """Switch one fault off, or all of them; returns the targets healed. Raises FaultError."""
        if target is None:
            healed = list(self.on)
            self.on.clear()
            return healed
        _one_of("target", target, TARGETS)
        return [target] if self.on.pop(target, None) else []


def _one_of(what: str, found: object, allowed: tuple[object, ...]) -> None:
    if found not in allowed or isinstance(found, bool):
        raise FaultError(f"{what} is {found!r}: must be one of {', '.join(map(str, allowed))}")


async def suffer(mode: str, receive: Receive, send: Send, well: Callable[[], bool]) -> bool:
    """Do to a request what a failing Region does; returns whether it shall be served after all."""
    match mode:
        case "slow":
            await asyncio.sleep(SLOW)
            return True
        case "hang":
            await _hang(receive, well)
            await send_json(send, 504, {"message": "Endpoint request timed out"})
        case "refuse":  # only the edge comes here: its own port is open, the Region's is closed
            await send_json(send, 502, {"message": "Bad Gateway"})
        case _:
            await send_json(send, 503, {"__type": "ServiceUnavailableException", "message": "Service Unavailable"})
    return False


async def _hang(receive: Receive, well: Callable[[], bool]) -> None:
    """Wait until the client has gone, but not for ever."""
    loop = asyncio.get_running_loop()
    end = loop.time() + LONGEST
    while loop.time() < end and not well():
        try:
            async with asyncio.timeout(1.0):
                if (await receive())["type"] == "http.disconnect":
                    return
        except TimeoutError:
            continue
