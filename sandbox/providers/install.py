"""Puts the plugins into a plugin cache, where the engine finds them as it finds the official ones."""

from __future__ import annotations

import argparse
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("aws", "aws-native")
SCRIPT = """#!{python}
# The sandbox's stand-in for the provider plugin `{package}`.
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, {root!r})
from sandbox.providers.main import main

main({package!r})
"""


def install(pulumi_home: Path) -> None:
    """Write one script a package; the folder's version is the SDK's, as the engine demands."""
    for package in PACKAGES:
        version = metadata.version(f"pulumi-{package}")
        folder = pulumi_home / "plugins" / f"resource-{package}-v{version}"
        folder.mkdir(parents=True, exist_ok=True)
        script = folder / f"pulumi-resource-{package}"
        script.write_text(SCRIPT.format(python=sys.executable, package=package, root=str(ROOT)))
        script.chmod(0o755)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pulumi-home", type=Path, required=True)
    install(parser.parse_args().pulumi_home)
