"""Compile the hash-pinned requirement files from pyproject.toml: `make requirements`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
HEADER = "# Compiled from pyproject.toml by `make requirements`: do not edit.\n"
FILES = {  # the largest first: the others take their versions from it
    "requirements/dev.txt": ["--group", "dev", "pyproject.toml"],
    "requirements.txt": ["pyproject.toml"],
    "policies/requirements.txt": ["--group", "pack"],
}


def main() -> None:
    """Write every file; uv decides the versions, the header names no machine and no registry."""
    uv = Path(sys.executable).with_name("uv")
    for name, sources in FILES.items():
        words = ["pip", "compile", "--quiet", "--no-header", "--generate-hashes", "--python-version", "3.11"]
        keep = ["--constraint", "requirements/dev.txt"] if name != "requirements/dev.txt" else []
        command = [str(uv), *words, "--universal", *keep, *sources]
        text = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout  # noqa: S603 - uv
        (PROJECT / name).parent.mkdir(exist_ok=True)
        (PROJECT / name).write_text(HEADER + text)


if __name__ == "__main__":
    main()
