"""The sandbox's own paths: faults, assumptions, speed. On AWS there are none."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from manifest import Manifest
from recovery import aws
from recovery.errors import RecoveryError

TIMEOUT_SECONDS = 10


class SandboxControl:
    """Speaks to one URL, never through a proxy. Methods raise RecoveryError."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def fail(self, region: str, mode: str) -> None:
        """Let a Region fail."""
        self._ask("PUT", "faults", {"target": region, "mode": mode})

    def heal(self, region: str) -> None:
        """Let a Region work again; nothing to do when it does."""
        self._ask("DELETE", f"faults/{region}")

    def faults(self) -> dict[str, Any]:
        """The faults that are on, by target."""
        found = self._ask("GET", "faults").get("faults", {})
        return found if isinstance(found, dict) else {}

    def assumptions(self) -> dict[str, Any]:
        """What the sandbox assumes where AWS is silent; empty when it does not tell."""
        try:
            return self._ask("GET", "assumptions")
        except RecoveryError:
            return {}

    def speed(self) -> float:
        """How many times faster than real ones Route 53's seconds pass."""
        return float(self._ask("GET", "speed").get("factor", 1.0))

    def _ask(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
        body = json.dumps(content).encode() if content is not None else None
        url = f"{self.url}/_sandbox/{path}"
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                found = json.load(answer)
        except urllib.error.HTTPError as error:
            raise RecoveryError(f"the sandbox refuses {method} {url}: {_said(error)}") from None
        except (OSError, ValueError) as error:
            raise RecoveryError(f"the sandbox at {self.url} does not answer: {error}. Run `make up` first") from None
        return found if isinstance(found, dict) else {}


def find(manifest: Manifest) -> SandboxControl | None:
    """The sandbox that this environment's AWS profiles lead to; None on AWS.

    The secondary Region's port: that one also answers while the primary fails.
    """
    url = str(aws.client("dynamodb", manifest.regions.secondary).meta.endpoint_url)
    return SandboxControl(url) if urlsplit(url).hostname in ("127.0.0.1", "localhost") else None


def _said(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["message"])
    except (ValueError, KeyError, TypeError):
        return f"status {error.code}"
