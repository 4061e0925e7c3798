"""A sandbox's exported state as that of a real stack: its names, no secrets, no traces of the machine."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

KEPT: Final = (
    "urn",
    "custom",
    "id",
    "type",
    "inputs",
    "outputs",
    "parent",
    "protect",
    "external",
    "dependencies",
    "propertyDependencies",
    "provider",
)
DROPPED: Final = (
    "code",
    "skipMetadataApiCheck",
    "sharedConfigFiles",
    "sharedCredentialsFile",
    "sharedCredentialsFiles",
    "__defaults",
)
SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
PLACEHOLDER: Final = "[secret]"
SANDBOX_ACCOUNT: Final = "000000000000"


@dataclass(frozen=True, kw_only=True)
class Names:
    """What a real stack is called; the sandbox has made it under other names."""

    stack: str
    account: str
    pool: str


def trimmed(exported: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """The state with what a policy sees, renamed. Nothing else of the sandbox is kept."""
    deployment = exported["deployment"]
    resources = [{key: _plain(one[key]) for key in KEPT if key in one} for one in deployment["resources"]]
    pool = next(one["id"] for one in resources if one["type"] == "aws-native:cognito:UserPool")
    manifest = {"time": "2026-01-01T00:00:00Z", "magic": "", "version": ""}
    text = json.dumps({"version": exported["version"], "deployment": {"manifest": manifest, "resources": resources}})
    text = text.replace("urn:pulumi:local::", f"urn:pulumi:{names.stack}::").replace(SANDBOX_ACCOUNT, names.account)
    return json.loads(_elsewhere(text.replace(pool, names.pool)))


def _elsewhere(text: str) -> str:
    """Servers of this machine by made-up names, each its own."""
    for number, server in enumerate(sorted(set(re.findall(r"http://127\.0\.0\.1:\d+", text))), 1):
        text = text.replace(server, f"https://endpoint-{number}.example.com")
    return text


def _plain(value: Any) -> Any:
    """Secrets become a placeholder, as `policy analyze` shows those that it cannot decrypt."""
    if isinstance(value, Mapping):
        if SIGNATURE in value:
            return PLACEHOLDER
        return {key: _plain(item) for key, item in value.items() if key not in DROPPED}
    return [_plain(item) for item in value] if isinstance(value, list) else value
