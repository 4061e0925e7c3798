"""The loopback ports of a cluster's five endpoints."""

import socket

from sandbox.cloud.arc.model import ENDPOINT_REGIONS
from sandbox.network import ports


def bind() -> dict[str, socket.socket]:
    """Five reserved loopback ports by the Region that each stands for."""
    return {region: ports.reserve() for region in ENDPOINT_REGIONS}


def announced(listeners: dict[str, socket.socket]) -> list[dict[str, str]]:
    """What endpoints.json says of them: [{"region", "endpoint"}], without a cluster's path."""
    return [
        {"region": region, "endpoint": f"http://127.0.0.1:{listener.getsockname()[1]}/v1"}
        for region, listener in listeners.items()
    ]
