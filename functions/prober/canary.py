"""The canary user's refresh token, from Secrets Manager. Its value goes to the token endpoints and nowhere else.

Without a token the prober still probes, with a code that is no code: less deep, but it asks.
"""

import json
import time
from collections.abc import Callable
from typing import Any

from probe import Grant

KEEP_SECONDS = 300.0
LOOK_AGAIN_SECONDS = 60.0
"""While there is no token, or the last one was refused: `cognito-dr canary` may just have made one."""


class CanarySecret:
    """Reads the secret `arn` when it is due and keeps the last grant. `read` returns SecretString or None."""

    def __init__(
        self, arn: str, client_id: str, read: Callable[[str], str | None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._arn, self._client_id, self._read, self._clock = arn, client_id, read, clock
        self.grant = Grant(client_id, None)
        self._due, self._read_at = float("-inf"), float("-inf")

    def refresh(self) -> None:
        """Read the secret if it is due. Raises what reading raises; `grant` then stays as it was."""
        now = self._clock()
        if now < self._due:
            return
        self._due, self._read_at = now + LOOK_AGAIN_SECONDS, now
        text = self._read(self._arn)
        content = json.loads(text) if text else {}
        token, client_id = content.get("refreshToken"), content.get("clientId")
        self.grant = Grant(client_id or self._client_id, token or None)
        if token:
            self._due = now + KEEP_SECONDS

    def distrust(self) -> None:
        """The token did not do what it should: look for a new one soon."""
        self._due = min(self._due, self._read_at + LOOK_AGAIN_SECONDS)


def reader(region: str) -> Callable[[str], str | None]:
    """Reads secrets of one Region; an empty secret (no version yet) is None."""
    kept: list[Any] = []

    def read(arn: str) -> str | None:
        import clients

        if not kept:
            kept.append(clients.make("secretsmanager", region))
        try:
            return kept[0].get_secret_value(SecretId=arn).get("SecretString")
        except kept[0].exceptions.ResourceNotFoundException:
            return None

    return read
