"""Replaces names of the emulator, and fails loudly when the emulator is not the one we know.

The emulator has no plug-in mechanism, but it looks its module attributes up at call time. Its internals
are no API: the version is pinned and checked, and so is the signature of every function we replace.
"""

import importlib.metadata
import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

from sandbox.cloud.errors import CloudError

VERSION = "1.5.33"


def check_version() -> None:
    """Raises CloudError unless the emulator's release is the one the overlay was written for."""
    found = importlib.metadata.version("ministack")
    if found != VERSION:
        raise CloudError(
            f"ministack {found} is installed, but the overlay was written for {VERSION}: install the pinned "
            "requirements, or run the contract tests in tests/sandbox and raise the version in patching.py"
        )


def replace(owner: ModuleType | type, name: str, parameters: str, make: Callable[[Any], Callable[..., Any]]) -> None:
    """Replace the function *name* of *owner* by `make(original)`.

    *parameters* is the original's parameter list, names separated by blanks: the guard against a changed
    emulator. Raises CloudError when the name is gone or its parameters differ.
    """
    where = f"{owner.__name__}.{name}"
    original = getattr(owner, name, None)
    if original is None:
        raise CloudError(f"ministack has no {where} any more: the overlay does not fit this release")
    found = " ".join(inspect.signature(original).parameters)
    if found != parameters:
        raise CloudError(f"ministack's {where} takes ({found}), the overlay expects ({parameters})")
    setattr(owner, name, make(original))
