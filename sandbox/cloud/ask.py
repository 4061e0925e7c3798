"""Asks a running cloud's own paths, on the port that no fault touches."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from sandbox.cloud.errors import CloudError
from sandbox.cloud.process import Endpoints

TIMEOUT_SECONDS = 10


def ask(cloud: Endpoints, method: str, path: str, content: object = None) -> dict[str, Any]:
    """The answer of `/_sandbox/<path>`. Raises CloudError with what the cloud says."""
    body = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(f"{cloud.control}/_sandbox/{path}", body, method=method)  # noqa: S310 - ours
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise CloudError(json.load(error)["message"]) from None
    except OSError as error:
        raise CloudError(f"the cloud does not answer: {error}") from None
