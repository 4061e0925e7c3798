"""Route 53's health checkers: each asks on a schedule of its own, the next time one interval after the answer.

Source: developer guide, dns-failover-determining-health-of-endpoints.html and health-checks-creating-values.html.
"""

import asyncio
import contextlib
import random
import time

import h11

from sandbox.network.checks import (
    ANSWER_TIMEOUT,
    BODY_TIMEOUT,
    CHECKERS,
    CONNECT_TIMEOUT,
    SEARCHED_BYTES,
    Check,
    succeeded,
)
from sandbox.network.clock import Clock
from sandbox.network.dial import Connection, Dial
from sandbox.network.statuses import Statuses

LOOK = 0.1
"""Real seconds between two looks at which checks there are, and at controls."""
PATIENCE = 1.0
"""Real seconds that a checker waits at least, however compressed its seconds are: answers are not compressed."""
AGENT = "Amazon-Route53-Health-Check-Service (sandbox)"


class Checkers:
    """All checkers of all checks that have an endpoint."""

    def __init__(self, clock: Clock, statuses: Statuses, dial: Dial) -> None:
        self._clock = clock
        self._statuses = statuses
        self._dial = dial
        self._running: dict[str, list[asyncio.Task[None]]] = {}

    async def run(self) -> None:
        """Follow the checks that there are, until cancelled."""
        try:
            while True:
                self._follow()
                self._statuses.refresh()
                await asyncio.sleep(LOOK)
        finally:
            for check_id in list(self._running):
                self._stop(check_id)

    def _follow(self) -> None:
        wanted = {name for name, check in self._statuses.checks().items() if check.has_endpoint and not check.disabled}
        for check_id in set(self._running) - wanted:
            self._stop(check_id)
        for check_id in wanted - set(self._running):
            loops = (self._check(check_id, index) for index in range(CHECKERS))
            self._running[check_id] = [asyncio.create_task(loop) for loop in loops]

    def _stop(self, check_id: str) -> None:
        for task in self._running.pop(check_id):
            task.cancel()

    async def _check(self, check_id: str, index: int) -> None:
        """One checker of one check; ends when the check has gone."""
        first = self._statuses.checks().get(check_id)
        await self._clock.sleep(random.random() * (first.interval if first else 0))  # noqa: S311 - a schedule
        while check := self._statuses.checks().get(check_id):
            success, text = await self._ask(check)
            self._statuses.saw(check, index, success, text, time.time())
            await self._clock.sleep(check.interval)

    async def _ask(self, check: Check) -> tuple[bool, str]:
        """One request; whether it was a success, and what a person would read about it."""
        connection: Connection | None = None
        try:
            async with asyncio.timeout(self._patience(CONNECT_TIMEOUT)):
                way = self._dial.connect_tls if check.type.startswith("HTTPS") else self._dial.connect
                connection = await way(check.host, check.port)
            if check.type == "TCP":
                return True, "Success: TCP connection established"
            status, body = await self._request(check, connection)
        except TimeoutError:
            return False, "Failure: the connection or the answer timed out"
        except (OSError, h11.ProtocolError) as error:
            return False, f"Failure: {error}"
        finally:
            if connection is not None:
                connection[1].close()
                with contextlib.suppress(OSError):
                    connection[1].transport.abort()
        success = succeeded(check, status, body)
        return success, f"{'Success' if success else 'Failure'}: HTTP status code {status}"

    async def _request(self, check: Check, connection: Connection) -> tuple[int, bytes]:
        reader, writer = connection
        protocol = h11.Connection(h11.CLIENT)
        headers = [("Host", check.host), ("User-Agent", AGENT), ("Connection", "close")]
        writer.write(protocol.send(h11.Request(method="GET", target=check.path, headers=headers)) or b"")
        writer.write(protocol.send(h11.EndOfMessage()) or b"")
        async with asyncio.timeout(self._patience(ANSWER_TIMEOUT)):
            answer = await _next(protocol, reader)
        if not isinstance(answer, h11.Response):
            raise h11.RemoteProtocolError("no HTTP answer")
        body = b""
        async with asyncio.timeout(self._patience(BODY_TIMEOUT)):
            while len(body) < SEARCHED_BYTES and isinstance(event := await _next(protocol, reader), h11.Data):
                body += bytes(event.data)
        return answer.status_code, body

    def _patience(self, seconds: float) -> float:
        return max(PATIENCE, seconds / self._clock.factor) if self._clock.factor > 1 else seconds


async def _next(protocol: h11.Connection, reader: asyncio.StreamReader) -> object:
    """The next event of the answer that is more than "continue"."""
    while True:
        event = protocol.next_event()
        if event is h11.NEED_DATA:
            protocol.receive_data(await reader.read(65536))
        elif not isinstance(event, h11.InformationalResponse):
            return event
