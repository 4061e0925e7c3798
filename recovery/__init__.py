"""Checks and commands for a deployed stack; they read its manifest, never the program."""

import sys
from pathlib import Path

# The policy pack is a folder that stands alone, not a package of ours: `pack.key_policy` is found where it lies.
_PACK = str(Path(__file__).parents[1] / "policies")
if _PACK not in sys.path:
    sys.path.append(_PACK)
