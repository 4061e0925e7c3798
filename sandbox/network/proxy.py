"""HTTP CONNECT proxies: the way from standard clients to the virtual addresses (RFC 9110, 9.3.6)."""

import asyncio
import contextlib
from collections.abc import Callable

from sandbox.network.dial import Dial

PATIENCE = 5.0
"""Seconds that a client may take to say where it wants to go."""
CHUNK = 65536


class Proxy:
    """One proxy on a loopback port. *open_to* says whether those who use it reach anything at all."""

    def __init__(self, dial: Dial, open_to: Callable[[], bool] = lambda: True) -> None:
        self._dial = dial
        self._open_to = open_to
        self._server: asyncio.Server | None = None
        self._tunnels: set[asyncio.StreamWriter] = set()

    async def start(self) -> int:
        """Listen; returns the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening and cut all tunnels."""
        if self._server:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        """Cut all tunnels, as a failing network does."""
        for writer in list(self._tunnels):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tunnels.add(writer)
        try:
            await self._tunnel(reader, writer)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # one side has gone
        finally:
            self._tunnels.discard(writer)
            writer.close()

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(PATIENCE):
            head = await reader.readuntil(b"\r\n\r\n")
        method, _, rest = head.decode("latin-1").partition(" ")
        host, _, port = rest.partition(" ")[0].rpartition(":")
        if method != "CONNECT" or not port.isdigit():
            _refuse(writer, "405 Method Not Allowed")
            return
        try:
            if not self._open_to():
                raise ConnectionRefusedError
            there_reader, there_writer = await self._dial.connect(host.strip("[]"), int(port))
        except OSError:
            _refuse(writer, "502 Bad Gateway")
            return
        self._tunnels.add(there_writer)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            await asyncio.gather(_copy(reader, there_writer), _copy(there_reader, writer))
        finally:
            self._tunnels.discard(there_writer)
            there_writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Everything from one side to the other; a side that has finished closes the other's direction."""
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(OSError, RuntimeError):
        writer.write_eof()


def _refuse(writer: asyncio.StreamWriter, status: str) -> None:
    writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
