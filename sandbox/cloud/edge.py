"""The ASGI edge in front of the emulator: requests of one Region, the sandbox's own paths, due changes first."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from ministack.app import app as emulator

from sandbox.cloud import domains
from sandbox.cloud.errors import CloudError
from sandbox.cloud.overlay import Overlay
from sandbox.network.asgi import Receive, Scope, Send, read_body, send_json

GLOBAL_SERVICES = frozenset(
    [
        "iam",
        "sts",
        "route53",
        "route53domains",
        "cloudfront",
        "organizations",
        "account",
        "budgets",
        "ce",
        "health",
        "support",
        "shield",
        "route53-recovery-control-config",  # its one endpoint is in us-west-2; here every port leads to it
    ]
)
"""Services that a client of any Region signs for us-east-1 (or may)."""

_CREDENTIAL = re.compile(r"Credential=[^/,]+/\d{8}/([a-z0-9-]+)/([a-z0-9-]+)/")
HEADER = b"x-sandbox-region"

OwnPaths = Callable[[str, str, bytes], Awaitable[tuple[int, dict[str, Any]]]]
"""Method, path and body to status and JSON document."""


class Edge:
    """The cloud in a Region, and the sandbox's own paths."""

    def __init__(self, overlay: Overlay, identity: str) -> None:
        self._overlay = overlay
        self._identity = identity
        self.more: OwnPaths | None = None
        """Answers the `/_sandbox/` paths that are not the cloud's."""

    async def serve(self, region: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event in a Region."""
        if scope["type"] not in ("http", "websocket"):
            await emulator(scope, receive, send)
            return
        if scope["type"] == "http":
            if wrong := _foreign_scope(scope["headers"], region):
                await send_json(send, 403, {"__type": "InvalidSignatureException", "message": wrong})
                return
            host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
            if domains.unknown_host(host, scope["path"], region):
                await send_json(send, 404, {"message": f"{region} serves no user pool domain {host}"})
                return
            if scope["path"] == "/login" and scope["method"] == "GET":
                scope = {**scope, "path": "/oauth2/authorize", "raw_path": b"/oauth2/authorize"}
        self._overlay.tick()
        headers = [pair for pair in scope["headers"] if pair[0] != HEADER]
        await emulator({**scope, "headers": [*headers, (HEADER, region.encode())]}, receive, send)

    async def own(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one of the sandbox's own paths."""
        match scope["method"], scope["path"]:
            case "GET", "/_sandbox/identity":
                await send_json(send, 200, {"identity": self._identity})
            case "GET", "/_sandbox/assumptions":
                await send_json(send, 200, asdict(self._overlay.assumptions))
            case "PUT", "/_sandbox/assumptions":
                await self._assume(await read_body(receive), send)
            case "GET", "/_sandbox/replication":
                await send_json(send, 200, {"lagSeconds": self._overlay.log.lag})
            case "PUT", "/_sandbox/replication":
                await self._set_lag(await read_body(receive), send)
            case method, path:
                if self.more is None:
                    await send_json(send, 404, {"message": f"the sandbox has no {method} {path}"})
                else:
                    await send_json(send, *await self.more(method, path, await read_body(receive)))

    async def _assume(self, body: bytes, send: Send) -> None:
        try:
            self._overlay.assume(dict(json.loads(body)))
        except (ValueError, TypeError, CloudError) as error:
            await send_json(send, 400, {"message": f"send an object of assumptions: {error}"})
            return
        await send_json(send, 200, asdict(self._overlay.assumptions))

    async def _set_lag(self, body: bytes, send: Send) -> None:
        try:
            lag = float(json.loads(body)["lagSeconds"])
        except (ValueError, KeyError, TypeError):
            lag = -1.0
        if not 0 <= lag <= 3600:
            await send_json(send, 400, {"message": 'send {"lagSeconds": N} with N from 0 to 3600'})
            return
        self._overlay.log.lag = lag
        await send_json(send, 200, {"lagSeconds": lag})


def _foreign_scope(headers: list[tuple[bytes, bytes]], region: str) -> str | None:
    """Why the signature's scope does not fit the port; None when it does or there is no signature."""
    authorization = next((value for name, value in headers if name == b"authorization"), b"")
    found = _CREDENTIAL.search(authorization.decode("latin-1"))
    if found is None or found[1] == region or found[2] in GLOBAL_SERVICES:
        return None
    return f"Credential should be scoped to a valid region. This endpoint serves {region}, not {found[1]}."
