"""The applications behind the listeners: which Region serves, the sandbox's own paths, a failing Region's answers."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sandbox.network import stores
from sandbox.network.addresses import Place
from sandbox.network.asgi import PREFIX, Application, Receive, Scope, Send, empty_lifespan, host, send_json
from sandbox.network.faults import Faults, suffer
from sandbox.network.routing import EdgeRouting

VERDICT = "-verdict"
PROBER = "-prober"
"""How the names of the two functions end."""
REFUSALS: Mapping[str, tuple[int, dict[str, Any]]] = {
    "flooded": (429, {"message": "Too Many Requests"}),
    "forbidden": (403, {"message": "Forbidden"}),
}
Served = Callable[[str, Scope, Receive, Send], Awaitable[None]]


class Fronts:
    """Makes one application for each listener. *serve* is the cloud in a Region, *own* answers `/_sandbox/`."""

    def __init__(self, serve: Served, own: Application, faults: Faults, routing: EdgeRouting) -> None:
        self._serve = serve
        self._own = own
        self._faults = faults
        self._routing = routing

    async def control(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The port that no fault touches. The cloud's own start and end hang on it."""
        if scope["type"] == "lifespan":
            await self._serve("us-west-2", scope, receive, send)
        elif scope["type"] == "http":
            await self._own(scope, receive, send)

    def plain(self, region: str) -> Application:
        """A Region's plain HTTP port: all of AWS's APIs, and the sandbox's own paths."""

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "lifespan":
                await empty_lifespan(receive, send)
            elif scope["type"] == "http" and scope["path"].startswith(PREFIX):
                await self._own(scope, receive, send)
            else:
                await self._in(region, scope, receive, send)

        return application

    def secure(self, place: Place) -> Application:
        """A TLS listener: a Region's, or the edge's, where the host name decides the Region."""

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "lifespan":
                await empty_lifespan(receive, send)
                return
            region = self._routing.region(host(scope)) if place == "edge" else place
            if region is None:  # CloudFront's answer for a host name that no distribution has
                await send_json(send, 403, {"message": f"no distribution serves {host(scope)}"})
                return
            if refusal := self._verdict_refusal(region, scope):
                await send_json(send, *refusal)
                return
            await self._in(region, scope, receive, send)

        return application

    def _verdict_refusal(self, region: str, scope: Scope) -> tuple[int, dict[str, Any]] | None:
        """API Gateway's answer in front of a verdict endpoint that is flooded or closed by a wrong policy."""
        refusal = REFUSALS.get(self._faults.mode("verdict") or "")
        if refusal is None or scope["type"] != "http" or not stores.runs_function(region, host(scope), VERDICT):
            return None
        return refusal

    async def _in(self, region: str, scope: Scope, receive: Receive, send: Send) -> None:
        mode = self._faults.mode(region)
        if mode and scope["type"] == "http":
            served = await suffer(mode, receive, send, lambda: self._faults.mode(region) is None)
            if not served:
                return
        await self._serve(region, scope, receive, send)
