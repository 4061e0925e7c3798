"""The name server: the answers of answers.py over UDP and TCP, on one loopback port."""

import asyncio
import contextlib
import random
import socket
import struct
from collections.abc import Callable
from typing import Any

from dnslib import QTYPE, RCODE, RR, DNSError, DNSRecord

from sandbox.network.answers import Names, Row, answer

ATTEMPTS = 10
IDLE = 10.0
"""Seconds after which a silent TCP connection is closed."""
LARGEST_UDP = 1232


class DnsServer:
    """Answers queries by *names*, which gives what holds at that moment."""

    def __init__(self, names: Callable[[], Names]) -> None:
        self._names = names
        self._tcp: asyncio.Server | None = None
        self._udp: asyncio.DatagramTransport | None = None

    async def start(self) -> int:
        """Listen on one port for both protocols; returns it. Raises OSError when no port is free for both."""
        loop = asyncio.get_running_loop()
        for left in reversed(range(ATTEMPTS)):
            datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            datagrams.bind(("127.0.0.1", 0))
            port = datagrams.getsockname()[1]
            try:
                self._tcp = await asyncio.start_server(self._stream, "127.0.0.1", port)
            except OSError:
                datagrams.close()
                if not left:
                    raise
                continue
            self._udp, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self.reply), sock=datagrams)
            return port
        raise OSError("no port is free for UDP and TCP")

    async def close(self) -> None:
        """Stop listening."""
        if self._udp:
            self._udp.close()
        if self._tcp:
            self._tcp.close()

    def reply(self, packet: bytes, limit: int = 65535) -> bytes | None:
        """The answer to one packet, at most *limit* bytes long; None when it is no query."""
        try:
            query = DNSRecord.parse(packet)
        except DNSError:
            return None
        if query.header.qr or not query.questions:
            return None
        reply = query.reply(aa=1, ra=1)
        found = answer(self._names(), str(query.q.qname), QTYPE[query.q.qtype], random.random)
        reply.header.rcode = getattr(RCODE, found.code)
        reply.add_answer(*(_record(row) for row in found.rows))
        reply.add_auth(*(_record(row) for row in found.authority))
        packed = reply.pack()
        return packed if len(packed) <= limit else reply.truncate().pack()

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
            while True:
                async with asyncio.timeout(IDLE):
                    (length,) = struct.unpack("!H", await reader.readexactly(2))
                    packet = await reader.readexactly(length)
                if (reply := self.reply(packet)) is None:
                    break
                writer.write(struct.pack("!H", len(reply)) + reply)
                await writer.drain()
        writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, reply: Callable[[bytes, int], bytes | None]) -> None:
        self._reply = reply
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        reply = self._reply(data, LARGEST_UDP)
        if reply is not None and self._transport is not None:
            self._transport.sendto(reply, addr)


def _record(row: Row) -> RR:
    return next(iter(RR.fromZone(f"{row.name} {row.ttl} IN {row.type} {row.value}\n")))
