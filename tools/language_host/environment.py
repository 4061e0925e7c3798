"""The Python environment that a project or pack names in its runtime options."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

TOOLCHAINS = ("", "pip")


class EnvironmentUnusableError(Exception):
    """The environment cannot be used or made; the message says why and what to do."""


def virtualenv(root: str, options: Mapping[str, object]) -> Path | None:
    """The virtual environment, named relative to the root of the project or pack; None means this Python."""
    name = options.get("virtualenv")
    return Path(root, str(name)) if name else None


def interpreter(root: str, options: Mapping[str, object]) -> str:
    """The Python that runs the program. Raises EnvironmentUnusableError when the environment is missing."""
    folder = virtualenv(root, options)
    if folder is None:
        return sys.executable
    python = folder / "bin" / "python"
    if not python.exists():
        raise EnvironmentUnusableError(
            f"the virtual environment {folder} does not exist: run `pulumi install` in {root}"
        )
    return str(python)


def install(root: str, options: Mapping[str, object]) -> Iterator[bytes]:
    """Make the virtual environment if it is missing and install requirements.txt; yields what pip prints.

    Raises EnvironmentUnusableError for another toolchain than pip and when pip fails.
    """
    toolchain = str(options.get("toolchain") or "")
    if toolchain not in TOOLCHAINS:
        raise EnvironmentUnusableError(f"runtime.options.toolchain is {toolchain!r}: this language host knows pip only")
    folder = virtualenv(root, options)
    if folder is not None and not (folder / "bin" / "python").exists():
        yield f"Creating the virtual environment {folder}\n".encode()
        yield from _output([sys.executable, "-m", "venv", str(folder)], root)
    requirements = Path(root, "requirements.txt")
    if requirements.exists():
        yield b"Installing the packages of requirements.txt\n"
        pip = [
            interpreter(root, options),
            "-m",
            "pip",
            "install",
            "--progress-bar",
            "off",
            "-r",
            str(requirements),
        ]
        yield from _output(pip, root)


def _output(command: list[str], cwd: str) -> Iterator[bytes]:
    with subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout  # noqa: S101 - a pipe was asked for
        yield from process.stdout
    if process.returncode:
        raise EnvironmentUnusableError(f"{' '.join(command)} ended with {process.returncode}")
