"""The manifest of the stack file `prod`, as the program writes it: `python -m tests.recovery.example_manifest`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.components.mocks import deployed

PROJECT = Path(__file__).parents[2]


def example_manifest() -> dict[str, Any]:
    """Of the program run on mocks. The pool is founded, not adopted: an import would look one up."""
    config = yaml.safe_load((PROJECT / "Pulumi.prod.yaml").read_text())["config"]
    values = {key.removeprefix("cognito-dr:"): value for key, value in config.items()}
    values["pool"] = {key: value for key, value in values["pool"].items() if key not in ("adopt", "adopted")}
    return deployed(values).manifest


if __name__ == "__main__":
    sys.stdout.write(json.dumps(example_manifest(), indent=2) + "\n")
