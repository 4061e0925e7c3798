"""What a cold import of each function costs over a bare interpreter: `make bench`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

FUNCTIONS = Path(__file__).resolve().parents[1] / "functions"
RUNS = 21
ALLOWED_MS = 50


def seconds(program: str, folder: Path) -> float:
    """One run of an isolated interpreter, without site packages and without bytecode of an earlier one."""
    started = time.perf_counter()
    command = [sys.executable, "-I", "-S", "-B", "-c", program]
    subprocess.run(command, cwd=folder, check=True, env={"PATH": ""})  # noqa: S603 - our own interpreter
    return time.perf_counter() - started


def main() -> None:
    """Alternating runs, medians; exit 1 when an import costs more than Lambda's cold start may."""
    too_slow = False
    for folder in sorted(path for path in FUNCTIONS.iterdir() if (path / "index.py").exists()):
        load = "import sys; sys.path.insert(0, '.'); import index"
        pairs = [(seconds("import sys", folder), seconds(load, folder)) for _ in range(RUNS)]
        bare, loaded = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
        cost = loaded - bare
        too_slow |= cost > ALLOWED_MS
        print(  # noqa: T201 - a command's result
            f"{folder.name}: {cost:.1f} ms over a bare interpreter ({loaded:.1f} ms / {bare:.1f} ms = "
            f"{loaded / bare:.2f}; median of {RUNS}; at most {ALLOWED_MS} ms)"
        )
    sys.exit(1 if too_slow else 0)


if __name__ == "__main__":
    main()
