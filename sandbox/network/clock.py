"""The seconds of the world around the cloud, which a factor can compress."""

import asyncio
import time

FACTORS = (1.0, 100.0)
"""Slowest and fastest. At 100 one check of 10 s sends 160 requests a second."""


class Clock:
    """Counts seconds that pass *factor* times as fast as real ones."""

    def __init__(self) -> None:
        self.factor = 1.0
        self._real = time.monotonic()
        self._passed = 0.0
        self._changed = asyncio.Event()

    def now(self) -> float:
        """Seconds since the start."""
        return self._passed + (time.monotonic() - self._real) * self.factor

    def set_factor(self, factor: float) -> None:
        """Another speed from now on; whoever sleeps sleeps the rest at that speed."""
        self._passed, self._real = self.now(), time.monotonic()
        self.factor = factor
        self._changed.set()
        self._changed = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait until that many seconds of this clock have passed."""
        until = self.now() + seconds
        while (left := until - self.now()) > 0:
            try:
                async with asyncio.timeout(left / self.factor):
                    await self._changed.wait()
            except TimeoutError:
                return
