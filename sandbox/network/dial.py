"""The way from a name to one of the sandbox's listeners: for checkers and proxies alike."""

import asyncio
import random
import ssl
from collections.abc import Callable, Mapping

from sandbox.network.addresses import PLACES, Place
from sandbox.network.answers import Names, address

HTTPS = 443
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class UnreachableError(OSError):
    """Nothing answers there."""


class Dial:
    """Connects to names. *names* gives the current answers, *ports* the TLS listener's port of each place."""

    def __init__(self, names: Callable[[], Names], ports: Mapping[Place, int]) -> None:
        self._names = names
        self._ports = ports
        self._unverified = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # Route 53 does not validate certificates
        self._unverified.check_hostname = False
        self._unverified.verify_mode = ssl.CERT_NONE

    def port(self, host: str, port: int) -> int:
        """The loopback port behind a name or virtual address. Raises UnreachableError."""
        virtual = host if host in PLACES else address(self._names(), host, random.random)
        if virtual is None:
            raise UnreachableError(f"{host} does not resolve")
        if virtual not in PLACES or port != HTTPS:
            raise UnreachableError(f"nothing of the sandbox is at {virtual}:{port} ({host})")
        return self._ports[PLACES[virtual]]

    async def connect(self, host: str, port: int) -> Connection:
        """A connection for somebody who speaks TLS himself. Raises OSError."""
        return await asyncio.open_connection("127.0.0.1", self.port(host, port))

    async def connect_tls(self, host: str, port: int) -> Connection:
        """A TLS connection with the host as server name, certificate not verified. Raises OSError."""
        local = self.port(host, port)
        return await asyncio.open_connection("127.0.0.1", local, ssl=self._unverified, server_hostname=host)
