"""`python -m recovery.diagram FOLDER`: draws the stack whose manifest comes on standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import get_args

from manifest import Manifest, ManifestError
from recovery.diagram.scene import State, scene
from recovery.errors import RecoveryError


def main(arguments: list[str], text: str) -> int:
    """Write FOLDER/normal.svg and FOLDER/failover.svg; the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m recovery.diagram FOLDER < manifest.json\n")
        return 2
    try:
        manifest = Manifest.from_dict(json.loads(text))
        for state in get_args(State):
            file = Path(arguments[0]) / f"{state}.svg"
            file.write_text(scene(manifest, state).svg())
            sys.stdout.write(f"{file}\n")
    except (RecoveryError, ManifestError, OSError, ValueError) as error:
        sys.stderr.write(f"diagram: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.read()))
