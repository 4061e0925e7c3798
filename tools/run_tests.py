"""All tests in two processes side by side: those that drive the engine wait a lot, the others compute."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

PROJECT = Path(__file__).resolve().parents[1]
PLAIN, ENGINE = "not engine and not nightly", "engine and not nightly"


def start(marks: str, output: IO[bytes] | int) -> subprocess.Popen[bytes]:
    """One set of tests, its output to a file or a pipe."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", marks]
    return subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)  # noqa: S603 - pytest on our own tests


def shown(process: subprocess.Popen[bytes]) -> str:
    """What a process prints, shown as it comes; ends with the process's output."""
    parts: list[bytes] = []
    pipe: Any = process.stdout
    while part := pipe.read1(4096):
        parts.append(part)
        sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    return b"".join(parts).decode(errors="replace")


def counted(texts: Iterable[str]) -> tuple[int, int]:
    """How many tests passed, and how many failed or broke, by the closing lines of all outputs."""
    passed = failed = 0
    for text in texts:
        closing = text.rstrip().rpartition("\n")[2]
        passed += sum(int(number) for number in re.findall(r"(\d+) passed", closing))
        failed += sum(int(number) for number in re.findall(r"(\d+) (?:failed|errors?)", closing))
    return passed, failed


def main() -> int:
    """Show the plain tests as they run, then what the engine's said, then the sum.

    Returns 0 when both sets ran and passed (pytest ends with 5 when none ran).
    """
    with tempfile.TemporaryFile() as kept:
        engine = start(ENGINE, kept)
        plain = start(PLAIN, subprocess.PIPE)
        try:
            texts = [shown(plain)]
            codes = [plain.wait(), engine.wait()]
        finally:
            for process in (plain, engine):
                process.terminate()  # one that has ended already is left alone
        kept.seek(0)
        texts.append(kept.read().decode(errors="replace"))
    passed, failed = counted(texts)
    sys.stdout.write(f"\n{texts[1]}\n{passed} passed, {failed} failed\n")
    return 0 if not any(codes) else 1


if __name__ == "__main__":
    sys.exit(main())
