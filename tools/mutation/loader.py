"""Imports the pack with all its mutants compiled in."""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final

from tools.mutation.schemata import ACTIVE, Mutant, compiled_in

PROJECT: Final = Path(__file__).resolve().parents[2]
PACK: Final = PROJECT / "policies" / "pack"
ROOM: Final = 10_000
"""Numbers for one module's mutants."""
NONE: Final = -1


class Recorder:
    """Stands for the active mutant while it is found out which ones a test reaches; is none of them."""

    def __init__(self) -> None:
        self.reached: set[int] = set()

    def __eq__(self, number: object) -> bool:
        self.reached.add(number)  # ty: ignore[invalid-argument-type]
        return False

    __hash__ = None


class Compiling(importlib.machinery.SourceFileLoader):
    """Compiles a module with its mutants, always anew."""

    def __init__(self, name: str, path: str, first: int) -> None:
        super().__init__(name, path)
        self.first = first

    def get_code(self, fullname: str) -> CodeType:
        """The code with the mutants; never from a cache."""
        source = Path(self.path).read_text()
        tree, _ = compiled_in(source, name_of(Path(self.path)), self.first)
        return compile(tree, self.path, "exec", dont_inherit=True)


class Finder(importlib.abc.MetaPathFinder):
    """Finds the pack's modules before the usual finders do."""

    def __init__(self) -> None:
        self.first = {str(file): ROOM * (at + 1) for at, file in enumerate(files())}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module's spec with the compiling loader; None outside the pack."""
        if fullname != "pack" and not fullname.startswith("pack."):
            return None
        where = [str(PACK.parent)] if path is None else path
        spec = importlib.machinery.PathFinder.find_spec(fullname, where, target)
        if spec and spec.origin in self.first:
            spec.loader = Compiling(fullname, spec.origin, self.first[spec.origin])
        return spec


def files() -> list[Path]:
    """The pack's modules, always in the same order."""
    return sorted(PACK.rglob("*.py"))


def name_of(file: Path) -> str:
    """A module's path below the pack."""
    return str(file.relative_to(PACK))


def all_mutants() -> dict[int, Mutant]:
    """Every mutant by its number."""
    made: dict[int, Mutant] = {}
    for at, file in enumerate(files()):
        _, some = compiled_in(file.read_text(), name_of(file), ROOM * (at + 1))
        made |= {mutant.number: mutant for mutant in some}
    return made


def activate(mutant: Any) -> None:
    """Let a mutant run, by its number, or put a recorder in its place."""
    setattr(builtins, ACTIVE, mutant)


def install() -> None:
    """From now on the pack is imported with its mutants, none of them active unless `activate` said so."""
    if not hasattr(builtins, ACTIVE):
        activate(NONE)
    if not any(isinstance(finder, Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, Finder())
