"""Archives of code: equal content, equal bytes."""

import io
import zipfile
from pathlib import Path

from sandbox.providers import archive


def folder_with(root: Path, files: dict[str, str]) -> dict[str, Path]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return archive.files_of(root)


def test_equal_content_in_another_folder_gives_equal_bytes(tmp_path: Path) -> None:
    files = {"index.py": "x = 1\n", "lib/a.py": "y = 2\n"}
    one, other = (archive.describe(folder_with(tmp_path / name, files)) for name in ("one", "other"))
    assert one["sha256"] == other["sha256"]
    assert archive.zipped(one) == archive.zipped(other)


def test_a_renamed_or_changed_file_changes_the_digest(tmp_path: Path) -> None:
    variants = [{"index.py": "x"}, {"indexx": ".py"}, {"index.py": "y"}]
    digests = {archive.describe(folder_with(tmp_path / str(i), v))["sha256"] for i, v in enumerate(variants)}
    assert len(digests) == 3


def test_bytecode_is_left_out(tmp_path: Path) -> None:
    described = archive.describe(folder_with(tmp_path, {"index.py": "x", "__pycache__/index.pyc": "z"}))
    names = zipfile.ZipFile(io.BytesIO(archive.zipped(described))).namelist()
    assert names == ["index.py"]
