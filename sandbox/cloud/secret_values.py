"""A secret made without a value has none: GetSecretValue refuses until one is put (CreateSecret, API reference)."""

import json
from collections.abc import Callable
from typing import Any

from ministack.core.responses import json_response
from ministack.services import secretsmanager

from sandbox.cloud.patching import replace

Response = tuple[int, dict[str, str], bytes]


def install() -> None:
    """Replace CreateSecret: the emulator makes an empty first version."""
    replace(secretsmanager, "_create_secret", "data", _creating)


def _creating(original: Callable[[dict[str, Any]], Response]) -> Callable[[dict[str, Any]], Response]:
    def create(data: dict[str, Any]) -> Response:
        response = original(data)
        if response[0] != 200 or "SecretString" in data or "SecretBinary" in data:
            return response
        secretsmanager._secrets[data["Name"]]["Versions"].clear()
        content = json.loads(response[2])
        return json_response({"ARN": content["ARN"], "Name": content["Name"]})

    return create
