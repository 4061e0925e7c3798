"""Puts ARC into the emulator: its control plane as one more service, its data plane behind five ports.

Interface for the rest of the cloud: `install`, `endpoints`, `ARC` (its state, `ARC.set_dead(count)`).
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from ministack import app
from ministack.core import router

from sandbox.cloud.arc.control_plane import ControlPlane
from sandbox.cloud.arc.data_plane import VERSION
from sandbox.cloud.arc.state import Arc

Response = tuple[int, dict[str, str], bytes]
CONTROL_PLANE = "route53-recovery-control-config"
DATA_PLANE = "route53-recovery-cluster"


def install(arc: Arc, ports: Mapping[int, str], checks_of: Callable[[str], list[str]]) -> None:
    """Register both services. *ports* are the Regions of the five endpoints by port.

    *checks_of* gives the IDs of the health checks that follow a routing control.
    """

    def endpoints(cluster_id: str) -> dict[str, str]:
        return {region: f"http://127.0.0.1:{port}{VERSION}/{cluster_id}" for port, region in ports.items()}

    plane = ControlPlane(arc, endpoints, checks_of)

    async def control(
        method: str, path: str, headers: Mapping[str, str], body: bytes, query_params: Mapping[str, Any]
    ) -> Response:
        return _response(*plane.answer(method, path, query_params, body))

    for name, handler in ((CONTROL_PLANE, control), (DATA_PLANE, _no_data_plane)):
        app.SERVICE_HANDLERS[name] = handler
        router.SERVICE_PATTERNS[name] = {"credential_scope": name}


async def _no_data_plane(
    method: str, path: str, headers: Mapping[str, str], body: bytes, query_params: Mapping[str, Any]
) -> Response:
    """Routing control states are asked at a cluster's endpoints; a Region has none of its own."""
    text = "Ask one of the five endpoints that DescribeCluster names, with the Region that stands beside it."
    return _response(400, {"__type": "ValidationException", "message": text})


def _response(status: int, content: Mapping[str, Any]) -> Response:
    headers = {"Content-Type": "application/json"}
    if status >= 400:
        headers["x-amzn-errortype"] = str(content["__type"])
    return status, headers, json.dumps(content).encode()
