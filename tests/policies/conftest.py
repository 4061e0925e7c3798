"""The pack lies in a folder of its own and is imported as it lies."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "policies"))
