"""Who may import whom: data flows one way."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
OURS = frozenset(
    {"components", "functions", "manifest", "policies", "pack", "recovery", "sandbox", "settings", "tools"}
)
MAY_IMPORT = {
    "__main__.py": {"settings", "components"},
    "settings": {"settings"},
    "manifest": {"manifest"},
    "components": {"components", "settings", "manifest"},
    "recovery": {"recovery", "manifest"},
    "sandbox": {"sandbox", "manifest"},
    "policies": {"pack"},
    "functions": set(),
    "tools": {"tools"},
}


def modules(place: str) -> Iterator[tuple[Path, str]]:
    """Every absolute import under a file or folder, as (file, top-level package)."""
    root = PROJECT / place
    for file in [root] if root.is_file() else sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            yield from ((file, name.split(".")[0]) for name in names)


@pytest.mark.parametrize("place", MAY_IMPORT)
def test_imports_follow_the_arrows(place: str) -> None:
    wrong = {(file.name, name) for file, name in modules(place) if name in OURS - MAY_IMPORT[place]}
    assert wrong == set()


def test_every_place_of_ours_has_its_arrows() -> None:
    places = {path.name for path in PROJECT.iterdir() if path.suffix == ".py" or list(path.glob("**/*.py"))}
    assert {place for place in places if not place.startswith(".")} - {"tests"} == set(MAY_IMPORT)


def test_functions_need_the_standard_library_only() -> None:
    used = {name for _, name in modules("functions")}
    assert used <= sys.stdlib_module_names
