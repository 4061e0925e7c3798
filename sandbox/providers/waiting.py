"""Waits for a condition in the cloud, with a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable

from sandbox.providers.errors import ProviderError

DEADLINE_SECONDS = 60
POLL_SECONDS = 0.1


def wait(what: str, done: Callable[[], bool]) -> None:
    """Until a condition holds; raises ProviderError at the deadline."""
    until = time.monotonic() + DEADLINE_SECONDS
    while not done():
        if time.monotonic() > until:
            raise ProviderError(f"{what}: not there after {DEADLINE_SECONDS} s")
        time.sleep(POLL_SECONDS)
