"""The source of a Lambda function: its files, their digest, and the archive that is deployed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pulumi

FUNCTIONS = Path(__file__).resolve().parents[1] / "functions"


def sources(folder: str) -> dict[str, Path]:
    """The function's files by their name in the archive; bytecode is no source."""
    root = FUNCTIONS / folder
    files = (path for path in sorted(root.rglob("*.py")) if "__pycache__" not in path.parts)
    return {path.relative_to(root).as_posix(): path for path in files}


def code_sha256(folder: str) -> str:
    """A digest of names and contents: equal code has an equal digest, wherever it lies."""
    digest = hashlib.sha256()
    for name, path in sources(folder).items():
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def archive(folder: str) -> pulumi.AssetArchive:
    """What is deployed; the same bytes from every checkout."""
    files: dict[str, pulumi.Asset | pulumi.Archive] = {
        name: pulumi.FileAsset(str(path)) for name, path in sources(folder).items()
    }
    return pulumi.AssetArchive(files)
