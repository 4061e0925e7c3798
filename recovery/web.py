"""HTTPS as a client after a switch does it: a new connection for each request, to the address that DNS told.

With a proxy the address goes through HTTP CONNECT, while certificate and Host stay those of the name.
"""

from __future__ import annotations

import asyncio
import http.client
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from recovery.errors import RecoveryError
from recovery.surroundings import Address, Surroundings

LARGEST_ANSWER = 1 << 20
PORT = 443


class UnreachableError(RecoveryError):
    """No answer: the connection, TLS or the deadline failed."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request; `form` makes it a POST of a form. The path begins with a slash and holds the query."""

    host: str
    path: str
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """The bytes of HTTP/1.1; the connection is closed after the answer."""
        body = urlencode(self.form).encode() if self.form is not None else b""
        method = "GET" if self.form is None else "POST"
        lines = [f"{method} {self.path} HTTP/1.1", f"Host: {self.host}", "Connection: close", "Accept: */*"]
        if self.form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        text = "\r\n".join(lines)
        if text.count("\r\n") != len(lines) - 1 or "\n" in text.replace("\r\n", ""):
            raise ValueError("a header holds a line break")
        return f"{text}\r\n\r\n".encode() + body


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A whole answer; header names are in lower case, a repeated header is a list."""

    status: int
    headers: Mapping[str, tuple[str, ...]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value."""
        return next(iter(self.headers.get(name, ())), None)

    def json(self) -> dict[str, Any]:
        """The body's object; empty when it is none."""
        try:
            content = json.loads(self.body)
        except ValueError:
            return {}
        return content if isinstance(content, dict) else {}


class Web:
    """Sends requests through the surroundings' proxy, if any."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._proxy = surroundings.proxy
        self._tls = surroundings.tls()

    async def send(self, request: Request, address: str, timeout: float) -> Reply:
        """The answer of `address`, an IP address. Raises UnreachableError after `timeout` seconds at the latest."""
        writer: asyncio.StreamWriter | None = None
        try:
            async with asyncio.timeout(timeout):
                reader, writer = await self._connected(request.host, address)
                writer.write(request.encode())
                await writer.drain()
                return parse(await reader.read(-1))
        except TimeoutError:
            raise UnreachableError(f"{request.host} ({address}) did not answer within {timeout:g} s") from None
        except (OSError, asyncio.IncompleteReadError, http.client.HTTPException, ValueError) as error:
            why = " ".join(str(error).split()) or type(error).__name__
            raise UnreachableError(f"{request.host} ({address}): {why}") from None
        finally:
            if writer is not None:
                writer.transport.abort()

    async def _connected(self, host: str, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._proxy is None:
            return await asyncio.open_connection(
                address, PORT, ssl=self._tls, server_hostname=host, limit=LARGEST_ANSWER
            )
        reader, writer = await asyncio.open_connection(self._proxy.host, self._proxy.port, limit=LARGEST_ANSWER)
        try:
            await _connect(reader, writer, Address(host=address, port=PORT))
            await writer.start_tls(self._tls, server_hostname=host)
        except BaseException:
            writer.transport.abort()
            raise
        return reader, writer


async def _connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: Address) -> None:
    writer.write(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    status = head.split(b"\r\n", 1)[0].decode("latin-1")
    if status.split(" ")[1:2] != ["200"]:
        raise ConnectionRefusedError(f"the proxy says: {status}")


class _Received:
    """What http.client reads from: bytes that are already here."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def makefile(self, *_: Any, **__: Any) -> io.BytesIO:
        return io.BytesIO(self._content)


def parse(content: bytes) -> Reply:
    """An HTTP/1.1 answer, chunked or not. Raises HTTPException when it is none, or cut short."""
    if not content:
        raise http.client.RemoteDisconnected("the connection was closed without an answer")
    received: Any = _Received(content)
    answer = http.client.HTTPResponse(received)
    answer.begin()
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in answer.getheaders():
        headers[name.lower()] = (*headers.get(name.lower(), ()), value)
    return Reply(status=answer.status, headers=headers, body=answer.read())
