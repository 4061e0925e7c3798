"""The sandbox's own paths about the network: faults, speed, delegations, statuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sandbox.network.answers import full
from sandbox.network.asgi import PREFIX
from sandbox.network.clock import FACTORS
from sandbox.network.faults import FaultError

if TYPE_CHECKING:
    from sandbox.network.world import World

Reply = tuple[int, dict[str, Any]]


class WrongRequestError(ValueError):
    """The request's body is not what the path takes; the text says what it takes."""


async def handle(world: World, method: str, path: str, body: bytes) -> Reply:
    """Answer a request to one of the paths; 404 for any other."""
    try:
        match method, path.removeprefix(PREFIX).partition("/"):
            case "GET", ("faults", _, ""):
                return 200, {"faults": world.faults.on}
            case "PUT", ("faults", _, ""):
                await world.apply(world.faults.put(_object(body)))
                return 200, {"faults": world.faults.on}
            case "DELETE", ("faults", _, target):
                for healed in world.faults.heal(target or None):
                    await world.apply(healed)
                return 200, {"faults": world.faults.on}
            case "PUT", ("speed", _, ""):
                world.clock.set_factor(_factor(_object(body)))
                return 200, {"factor": world.clock.factor}
            case "GET", ("speed", _, ""):
                return 200, {"factor": world.clock.factor}
            case "PUT", ("delegations", _, ""):
                _delegate(world, _object(body))
                return 200, _delegations(world)
            case "GET", ("delegations", _, ""):
                return 200, _delegations(world)
            case "DELETE", ("delegations", _, zone) if zone:
                world.delegations.pop(full(zone), None)
                return 200, _delegations(world)
            case "GET", ("health", _, ""):
                return 200, {"checks": world.health()}
    except (FaultError, WrongRequestError) as error:
        return 400, {"message": str(error)}
    return 404, {"message": f"the sandbox has no {method} {path}"}


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise WrongRequestError("send a JSON object")
    return found


def _factor(wanted: dict[str, Any]) -> float:
    factor = wanted.get("factor")
    low, high = FACTORS
    if isinstance(factor, bool) or not isinstance(factor, int | float) or not low <= factor <= high:
        raise WrongRequestError(f'send {{"factor": N}} with N from {low:g} to {high:g}')
    return float(factor)


def _delegate(world: World, wanted: dict[str, Any]) -> None:
    zone, servers = wanted.get("zone"), wanted.get("nameServers")
    if not isinstance(zone, str) or not zone.strip(".") or not isinstance(servers, list) or not servers:
        raise WrongRequestError('send {"zone": "name", "nameServers": ["ns-1…", …]}')
    world.delegations[full(zone)] = frozenset(full(str(server)) for server in servers)


def _delegations(world: World) -> dict[str, Any]:
    return {"delegations": {zone: sorted(servers) for zone, servers in world.delegations.items()}}
