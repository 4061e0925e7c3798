"""An authoritative name server on a loopback port; its records can be changed while it runs."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from dnslib import QTYPE, RCODE, RR
from dnslib.server import BaseResolver, DNSLogger, DNSServer

from recovery.surroundings import Address


class Records(BaseResolver):
    """Records by (name, type), each (value, TTL); counts the questions."""

    def __init__(self, records: dict[tuple[str, str], list[tuple[str, int]]]) -> None:
        self.records = records
        self.asked: list[tuple[str, str]] = []

    def resolve(self, request: Any, handler: Any) -> Any:
        """One answer."""
        name, kind = str(request.q.qname).rstrip("."), QTYPE[request.q.qtype]
        self.asked.append((name, kind))
        reply = request.reply()
        for value, ttl in self.records.get((name, kind), []):
            dot = "." if kind in ("CNAME", "NS") else ""
            reply.add_answer(*RR.fromZone(f"{name}. {ttl} {kind} {value}{dot}"))
        if not any(known == name for known, _ in self.records):
            reply.header.rcode = RCODE.NXDOMAIN
        return reply


@contextmanager
def serve(records: Records) -> Generator[Address]:
    """The address of the running server."""
    server = DNSServer(records, address="127.0.0.1", port=0, logger=DNSLogger(logf=lambda _: None))
    server.start_thread()
    try:
        yield Address(host="127.0.0.1", port=server.server.server_address[1])
    finally:
        server.stop()
        server.server.server_close()
