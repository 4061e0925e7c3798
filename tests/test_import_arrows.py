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


@pytest.mark.parametrize("folder", sorted(path.name for path in (PROJECT / "functions").iterdir() if path.is_dir()))
def test_functions_stand_alone_with_what_lambda_brings(folder: str) -> None:
    """Each deployable as it lies. Triggers, the verdict and the sample API do without boto3: it costs a cold start."""
    own = {path.stem for path in (PROJECT / "functions" / folder).glob("*.py")}
    brought = {"boto3", "botocore"} if folder == "prober" else set()
    used = {name for _, name in modules(f"functions/{folder}")}
    assert used <= sys.stdlib_module_names | own | brought


def test_modules_of_functions_that_share_a_path_have_names_of_their_own() -> None:
    """Tests import them as they lie; only `index`, which every folder has, is loaded by its file."""
    names = [path.stem for folder in ("prober", "verdict") for path in (PROJECT / "functions" / folder).glob("*.py")]
    assert {name for name in names if names.count(name) > 1} == {"index"}
