"""A TLS server with a certificate of a test authority, and a proxy that maps virtual addresses to it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from recovery.surroundings import Address, Surroundings

Handler = Callable[[str, str, str], Awaitable[bytes]]
"""From virtual address, request line and body to the answer's bytes."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """How the client reaches the site."""

    surroundings: Surroundings


async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy one direction until its end."""
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def site(folder: Path, handler: Handler, *names: str) -> AsyncGenerator[Site]:
    """A proxy in front of one TLS listener that serves `names`."""
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(tls)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    dialled: dict[int, str] = {}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next((int(line.split(":")[1]) for line in head.lower().split("\r\n") if "content-length" in line), 0)
        body = (await reader.readexactly(length)).decode()
        address = dialled.get(writer.get_extra_info("peername")[1], "")
        writer.write(await handler(address, head.split("\r\n")[0], body))
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        address = head.split(" ")[1].rsplit(":", 1)[0]
        if address == "192.0.2.99":
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
            writer.close()
            return
        there, back = await asyncio.open_connection("127.0.0.1", port)
        dialled[back.get_extra_info("sockname")[1]] = address
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(relay(reader, back), relay(there, writer), return_exceptions=True)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    proxy = await asyncio.start_server(connect, "127.0.0.1", 0)
    there = Address(host="127.0.0.1", port=proxy.sockets[0].getsockname()[1])
    try:
        yield Site(surroundings=Surroundings(proxy=there, ca=folder / "ca.pem"))
    finally:
        for each in (proxy, server):
            each.close()


def reply(status: str, body: str, *headers: str) -> bytes:
    """An answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
