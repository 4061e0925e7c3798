"""The verdict endpoint: says the last decided word about the primary to Route 53's checkers, in milliseconds.

It reads two items and never calls out. It always answers 200 and never raises: an error page would hold neither word,
and between the switch and the latch that returns traffic to the primary.
Environment: VERDICT = {"table": {"name"}, "servingCheck": "calculated" | "verdict", "staleAfter": seconds}.
"""

import json
import os
import time
from collections.abc import Callable
from typing import Any, Protocol

from answer import Said, response, say, unreadable
from reading import Reader, UnreadableError


class Items(Protocol):
    """Where the items come from."""

    def items(self, *keys: str) -> list[dict[str, Any] | None]:
        """The items by key."""
        ...


def now_ms() -> int:
    """Epoch milliseconds."""
    return time.time_ns() // 1_000_000


class Endpoint:
    """What a Lambda environment keeps over invocations: configuration, connection, the last word.

    Both are made by the first answer, not by the import, so that nothing of them can make the function fail to start.
    """

    def __init__(
        self, about: dict[str, Any] | None = None, reader: Items | None = None, clock: Callable[[], int] = now_ms
    ) -> None:
        self.said = Said()
        self._about, self._reader, self._clock = about, reader, clock

    def answer(self) -> dict[str, Any]:
        """The answer now."""
        try:
            self.said, about = self._read()
        except UnreadableError as error:
            about = unreadable(f"table unreadable: {error}")
        except Exception as error:
            about = unreadable(f"internal: {type(error).__name__}")
        return response(self.said, about)

    def _read(self) -> tuple[Said, dict[str, Any]]:
        if self._about is None:
            self._about = json.loads(os.environ["VERDICT"])
        if self._reader is None:
            self._reader = Reader(self._about["table"]["name"])
        folds = self._about["servingCheck"] == "verdict"
        serving, *override = self._reader.items("serving", *(["override"] if folds else []))
        return say(serving, override[0] if override else None, self._clock(), self._about["staleAfter"])


ENDPOINT = Endpoint()


def handler(event: object, context: object) -> dict[str, Any]:
    """Answer whoever knows the path; what was asked changes nothing."""
    return ENDPOINT.answer()
