"""A listener: an application on a loopback port that can be closed and opened again at the same number."""

import asyncio
import contextlib
import socket
import ssl
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config, Sockets

from sandbox.network import ports
from sandbox.network.asgi import Application

GRACE = 0.05
"""Seconds that open requests get when a listener closes: an outage waits for nobody."""


class _Config(Config):
    """Hypercorn's settings with sockets and TLS context of our own making."""

    accesslog = None

    def __init__(self, listener: socket.socket, context: ssl.SSLContext | None, grace: float) -> None:
        super().__init__()
        self._listener = listener
        self._context = context
        self.graceful_timeout = grace

    @property
    def ssl_enabled(self) -> bool:
        return self._context is not None

    def create_ssl_context(self) -> ssl.SSLContext | None:
        return self._context

    def create_sockets(self) -> Sockets:
        secure = self._context is not None
        return Sockets([self._listener] if secure else [], [] if secure else [self._listener], [])


class Listener:
    """One port. It refuses connections while it is closed; the port stays reserved."""

    def __init__(
        self, application: Application, context: ssl.SSLContext | None = None, reserved: socket.socket | None = None
    ) -> None:
        self._application: Any = application
        self._context = context
        self._reserved = reserved or ports.reserve()
        self._running: tuple[asyncio.Event, asyncio.Task[None]] | None = None
        self._change = asyncio.Lock()

    @property
    def port(self) -> int:
        """The port's number, also while closed."""
        return ports.number(self._reserved)

    async def open(self, grace: float = GRACE) -> None:
        """Accept connections; nothing to do when it does already."""
        async with self._change:
            if self._running is None:
                ended = asyncio.Event()
                config = _Config(ports.listen(self._reserved), self._context, grace)
                task = asyncio.create_task(serve(self._application, config, shutdown_trigger=ended.wait))
                self._running = (ended, task)

    async def close(self) -> None:
        """Refuse connections and cut the open ones after the grace."""
        async with self._change:
            if self._running is not None:
                ended, task = self._running
                self._running = None
                ended.set()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
