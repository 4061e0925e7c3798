"""Archives of a function's code: equal content gives equal bytes, wherever and whenever it is packed."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o100644 << 16


def describe(files: Mapping[str, Path]) -> dict[str, Any]:
    """What stands for an archive in a resource's inputs: the files by archive name, and a digest of it all."""
    digest = hashlib.sha256()
    for name in sorted(files):
        content = files[name].read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return {"files": {name: str(files[name]) for name in sorted(files)}, "sha256": digest.hexdigest()}


def files_of(folder: Path) -> dict[str, Path]:
    """A folder's files by archive name, without bytecode."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path for path in found}


def zipped(description: Mapping[str, Any]) -> bytes:
    """The zip file that a description stands for."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, path in sorted(description["files"].items()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = READABLE
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, Path(path).read_bytes())
    return packed.getvalue()
