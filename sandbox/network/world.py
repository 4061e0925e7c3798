"""The world around the cloud, put together: listeners, names, checkers, edge, proxies, faults."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.network import alarm_watch, stores
from sandbox.network.addresses import ADDRESSES, Place, aws_place
from sandbox.network.answers import Names, full
from sandbox.network.asgi import Application, Receive, Scope, Send
from sandbox.network.checks import Check
from sandbox.network.clock import Clock
from sandbox.network.dial import Dial
from sandbox.network.faults import Faults
from sandbox.network.fronts import PROBER, VERDICT, Fronts
from sandbox.network.listeners import Listener
from sandbox.network.proxy import Proxy
from sandbox.network.routing import DomainRouting, EdgeRouting
from sandbox.network.statuses import Statuses

REGIONS = ("us-east-1", "us-west-2")
Served = Callable[[str, Scope, Receive, Send], Awaitable[None]]
"""Serves a request in a Region: the cloud behind the listeners."""


@dataclass
class Asks:
    """What the world asks of the cloud. *controls*: routing controls that are On, by ARN."""

    controls: Callable[[], Mapping[str, bool]] = dict
    domain: Callable[[str], DomainRouting | None] = lambda _host: None
    endpoints_down: Callable[[int], None] = lambda _count: None
    end_functions: Callable[[str], None] = lambda _suffix: None


class World:
    """Everything around one cloud.

    *serve* is the cloud in a Region, *own* its `/_sandbox/` paths, *endpoints* the routing controls' five,
    *delay* the edge's (seconds). What the world asks of the cloud is in `asks`.
    """

    def __init__(
        self,
        *,
        serve: Served,
        own: Application,
        folder: Path,
        reserved: Mapping[str, socket.socket],
        endpoints: Sequence[Listener] = (),
        delay: float = 10.0,
    ) -> None:
        self.asks = Asks()
        self.clock = Clock()
        self.faults = Faults()
        self.delegations: dict[str, frozenset[str]] = {}
        self.statuses = Statuses(self.clock, stores.checks, lambda: self.asks.controls())
        self.folder = folder
        self._endpoints = endpoints
        self._tasks: list[asyncio.Task[None]] = []
        routing = EdgeRouting(lambda host: self.asks.domain(host), self.statuses, self.faults, delay)
        self._fronts = Fronts(serve, own, self.faults, routing)
        self.plain = {region: Listener(self._fronts.plain(region), None, reserved[region]) for region in REGIONS}
        self.control = Listener(self._fronts.control)
        self.secure: dict[Place, Listener] = {}
        self._ports: dict[Place, int] = {}
        self.dial = Dial(self.names, self._ports)
        self._proxies = {"people": Proxy(self.dial)}
        for region in REGIONS:
            self._proxies[region] = Proxy(self.dial, lambda region=region: self.faults.reaches_out(region))
            self._proxies[f"{region} prober"] = Proxy(self.dial, lambda region=region: self._prober_reaches(region))
        self._proxy_ports: dict[str, int] = {}
        self._dns: Any = None
        self.dns_port = 0

    async def start(self) -> None:
        """Open all ports. Heavy modules are loaded only here, after the cloud's own."""
        from sandbox.network.certificates import Authority
        from sandbox.network.checkers import Checkers
        from sandbox.network.dns_server import DnsServer
        from sandbox.network.metrics import Metrics

        authority = Authority(self.ca)
        for place in ADDRESSES:
            context = authority.context(lambda name, place=place: self._lives_at(name, place))
            self.secure[place] = Listener(self._fronts.secure(place), context)
            self._ports[place] = self.secure[place].port
        self._dns = DnsServer(self.names)
        self.dns_port = await self._dns.start()
        for name, proxy in self._proxies.items():
            self._proxy_ports[name] = await proxy.start()
        for listener in (self.control, *self.plain.values(), *self.secure.values(), *self._endpoints):
            await listener.open()
        loops = (
            Checkers(self.clock, self.statuses, self.dial).run(),
            Metrics(self.clock, self.statuses, self.faults).run(),
            alarm_watch.watch(self.clock, lambda region: self.faults.mode(region) is not None),
        )
        self._tasks += [asyncio.create_task(loop) for loop in loops]

    async def close(self) -> None:
        """Close all ports; the control port last."""
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        for proxy in self._proxies.values():
            await proxy.close()
        await self._dns.close()
        faulty = (*self.plain.values(), *self.secure.values(), *self._endpoints)
        await asyncio.gather(*(listener.close() for listener in faulty))
        await self.control.close()

    @property
    def ca(self) -> Path:
        """The authority's certificate, for clients to trust."""
        return self.folder / "ca.pem"

    def names(self) -> Names:
        """What answers depend on, as it is now."""
        return Names(zones=stores.zones(), delegations=self.delegations, health=self.statuses.refresh())

    async def apply(self, target: str) -> None:
        """Make the ports follow a fault that was switched on or off."""
        if target in self.plain:
            region: Any = target
            for listener in (self.plain[region], self.secure[region]):
                await (listener.close() if self.faults.mode(region) == "refuse" else listener.open())
        if target == "endpoints":
            down = self.faults.endpoints_down
            self.asks.endpoints_down(down)
            for index, listener in enumerate(self._endpoints):
                await (listener.close() if index < down else listener.open())
        if self.faults.mode(target) == "dead":
            await asyncio.to_thread(self.asks.end_functions, VERDICT if target == "verdict" else PROBER)
        if target in ("egress", "prober"):
            for name, proxy in self._proxies.items():
                if name != "people":
                    proxy.cut()

    def dead(self, function: str) -> bool:
        """Whether runs of that function fail."""
        targets = {VERDICT: "verdict", PROBER: "prober"}
        return any(
            function.endswith(suffix) and self.faults.mode(target) == "dead" for suffix, target in targets.items()
        )

    def health(self) -> dict[str, Any]:
        """Every check with its status, whether it has enough data, and how many checkers call it healthy."""
        found = self.statuses.refresh()
        return {name: self._shown(check, found[name]) for name, check in self.statuses.checks().items()}

    def described(self) -> dict[str, Any]:
        """The network's part of endpoints.json."""
        return {
            "dns": f"127.0.0.1:{self.dns_port}",
            "proxy": f"http://127.0.0.1:{self._proxy_ports['people']}",
            "ca": str(self.ca),
        }

    def child_environment(self, region: str, function: str) -> dict[str, str]:
        """What a function of a Region sees of its place."""
        kind = f"{region} prober" if function.endswith(PROBER) else region
        return {
            "HTTPS_PROXY": f"http://127.0.0.1:{self._proxy_ports[kind]}",
            "NO_PROXY": "127.0.0.1",
            "SSL_CERT_FILE": str(self.ca),
            "SANDBOX_DNS": f"127.0.0.1:{self.dns_port}",
            "PYTHONPATH": str(Path(__file__).with_name("child")),
        }

    def _prober_reaches(self, region: str) -> bool:
        return self.faults.reaches_out(region) and self.faults.mode("prober") != "blind"

    def _lives_at(self, name: str, place: Place) -> bool:
        """Whether a server name is answered there: AWS's own names, and the names of records that point there."""
        if (known := aws_place(name)) is not None:
            return known == place
        if place == "edge":
            return self.asks.domain(name) is not None
        return any(record.name == full(name) for zone in stores.zones() for record in zone.records)

    def _shown(self, check: Check, healthy: bool) -> dict[str, Any]:
        shown: dict[str, Any] = {"type": check.type, "healthy": healthy, "settled": self.statuses.settled(check.id)}
        if check.has_endpoint:
            votes = [checker.healthy for checker in self.statuses.checkers(check.id)]
            shown["checkers"] = {"healthy": sum(votes), "all": len(votes)}
        return shown
