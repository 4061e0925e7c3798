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
    "recovery": {"recovery", "manifest", "pack.key_policy"},  # the pack's pure part, and nothing else of it
    "sandbox": {"sandbox", "manifest"},
    "policies": {"pack"},
    "functions": set(),
    "tools": {"tools"},
}


def modules(place: str) -> Iterator[tuple[Path, str]]:
    """Every absolute import under a file or folder, as (file, module)."""
    root = PROJECT / place
    for file in [root] if root.is_file() else sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            yield from ((file, name) for name in names)


def top(module: str) -> str:
    return module.split(".")[0]


def allowed(module: str, arrows: set[str]) -> bool:
    """A top-level package allows all of it, a dotted name itself alone."""
    return top(module) in arrows or module in arrows


@pytest.mark.parametrize("place", MAY_IMPORT)
def test_imports_follow_the_arrows(place: str) -> None:
    arrows = MAY_IMPORT[place]
    wrong = {(file.name, name) for file, name in modules(place) if top(name) in OURS and not allowed(name, arrows)}
    assert wrong == set()


def test_recovery_has_the_packs_pure_part_and_no_other() -> None:
    arrows = MAY_IMPORT["recovery"]
    assert allowed("pack.key_policy", arrows)
    assert not any(allowed(name, arrows) for name in ("pack", "pack.facts", "pack.key_policy.judge", "pack.adapter"))


def test_the_packs_pure_part_stands_alone() -> None:
    """No relative import leaves its folder, and what else it imports is Python's own."""
    folder = PROJECT / "policies" / "pack" / "key_policy"
    used = {top(name) for _, name in modules("policies/pack/key_policy")}
    trees = [ast.parse(file.read_text()) for file in folder.glob("*.py")]
    levels = {node.level for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert used <= sys.stdlib_module_names
    assert levels <= {0, 1}


def test_every_place_of_ours_has_its_arrows() -> None:
    places = {path.name for path in PROJECT.iterdir() if path.suffix == ".py" or list(path.glob("**/*.py"))}
    assert {place for place in places if not place.startswith(".")} - {"tests"} == set(MAY_IMPORT)


@pytest.mark.parametrize("folder", sorted(path.name for path in (PROJECT / "functions").iterdir() if path.is_dir()))
def test_functions_stand_alone_with_what_lambda_brings(folder: str) -> None:
    """Each deployable as it lies. Triggers, the verdict and the sample API do without boto3: it costs a cold start."""
    own = {path.stem for path in (PROJECT / "functions" / folder).glob("*.py")}
    brought = {"boto3", "botocore"} if folder == "prober" else set()
    used = {top(name) for _, name in modules(f"functions/{folder}")}
    assert used <= sys.stdlib_module_names | own | brought


def test_modules_of_functions_that_share_a_path_have_names_of_their_own() -> None:
    """Tests import them as they lie; only `index`, which every folder has, is loaded by its file."""
    names = [path.stem for folder in ("prober", "verdict") for path in (PROJECT / "functions" / folder).glob("*.py")]
    assert {name for name in names if names.count(name) > 1} == {"index"}
