"""The command line as a person calls it, in this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from manifest import Manifest
from recovery.app import app


def run(manifest: Manifest, folder: Path, *words: str, answer: str = "") -> Any:
    """A command on a stack, whose manifest is written into the folder; `answer` is what is typed."""
    file = folder / "manifest.json"
    file.write_text(json.dumps(manifest.to_dict()))
    return CliRunner().invoke(app, [*words, "--manifest", str(file)], input=answer)
