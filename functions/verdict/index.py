"""The verdict endpoint: says the last decided word about the primary to Route 53's checkers, in milliseconds.

It reads two items and never calls out. It always answers 200 and never raises: an error page would hold neither word,
and between the switch and the latch that returns traffic to the primary.
Environment: VERDICT = {"table": {"name"}, "servingCheck": "calculated" | "verdict", "staleAfter": seconds}.
"""

import json
import os
import time
from typing import Any

from answer import Said, response, say, unreadable
from reading import Reader, UnreadableError


class Endpoint:
    """What a Lambda environment keeps over invocations: configuration, connection, the last word."""

    def __init__(self) -> None:
        self.said = Said()
        self._about: dict[str, Any] | None = None
        self._reader: Reader | None = None

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
        if self._about is None or self._reader is None:
            self._about = json.loads(os.environ["VERDICT"])
            self._reader = Reader(self._about["table"]["name"])
        folds = self._about["servingCheck"] == "verdict"
        serving, *override = self._reader.items("serving", *(["override"] if folds else []))
        return say(serving, override[0] if override else None, time.time_ns() // 1_000_000, self._about["staleAfter"])


ENDPOINT = Endpoint()


def handler(event: object, context: object) -> dict[str, Any]:
    """Answer whoever knows the path; what was asked changes nothing."""
    return ENDPOINT.answer()
