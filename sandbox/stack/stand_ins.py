"""Stand-ins for the encrypted values of a stack file: their key is somebody else's, and no sandbox needs the values.

The sandbox's passphrase encrypts them, so that the program sees what it would see of the real ones: that they are
encrypted.
"""

from __future__ import annotations

from typing import Any

import yaml

from sandbox.stack import working_copy
from sandbox.stack.engine import Engine
from sandbox.stack.secret_values import paths, property_path

STAND_IN = "hidden-elsewhere"


def stand_in(engine: Engine) -> dict[str, Any]:
    """Put one into the working copy for each encrypted value that lacks one; the copy's content then."""
    tracked = yaml.safe_load(engine.layout.tracked_stack_file.read_text())["config"]
    present = set(paths(working_copy.read(engine.layout)["config"]))
    lacking = [f"{property_path(path)}={STAND_IN}" for path in paths(tracked) if path not in present]
    if lacking:
        engine.run("config", "set-all", "--path", *(word for value in lacking for word in ("--secret", value)))
    return working_copy.read(engine.layout)
