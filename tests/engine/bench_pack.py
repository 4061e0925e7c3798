"""What the policy pack costs beside a pack of one empty rule: `make bench`, printed into docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.engine.project_copy import PROJECT, ProjectCopy
from tests.engine.raw_program import RawProgram

SIZES: Final = (100, 300, 1000)
RUNS: Final = 7
MOST: Final = 1.5
READY: Final = 0.2
PAGE: Final = PROJECT / "docs" / "benchmarks.md"
START, END = "<!-- policy pack: begin -->", "<!-- policy pack: end -->"


def seconds(action: Callable[[], object]) -> float:
    """Wall time."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def alternating(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Medians of two actions that take turns, so that other load meets both."""
    pairs = [(seconds(first), seconds(second)) for _ in range(RUNS)]
    ours, empty = zip(*pairs, strict=True)
    return statistics.median(ours), statistics.median(empty)


def started(pack: Path, environment: dict[str, str]) -> None:
    """Start a pack as the language host does, until it says where it serves."""
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(pack)]
    with subprocess.Popen(command, cwd=pack, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline().strip().isdigit()
        process.kill()


def previews(program: RawProgram, packs: tuple[Path, Path]) -> list[tuple[int, float, float]]:
    """Median seconds of a preview with each pack, by number of resources."""
    rows = []
    for size in SIZES:
        program.environment["RESOURCES"] = str(size)
        ours, empty = (
            lambda pack=pack: program.pulumi("preview", "--policy-pack", str(pack), "--show-sames=false")
            for pack in packs
        )
        rows.append((size, *alternating(ours, empty)))
        print(rows[-1], flush=True)  # noqa: T201 - a command's progress
    return rows


def report(rows: list[tuple[int, float, float]], ready: tuple[float, float], engine: str) -> str:
    """The section of the page."""
    lines = [
        f"`pulumi preview` of raw resources that the rules look at, medians of {RUNS} alternating runs on "
        f"{os.cpu_count()} cores ({platform.machine()}),",
        f"Python {platform.python_version()}, engine {engine}, load average {os.getloadavg()[2]:.0f}.",
        "",
        "| Resources | Pack (s) | Empty rule (s) | Ratio |",
        "|---|---|---|---|",
        *(f"| {size:,} | {ours:.2f} | {empty:.2f} | {ours / empty:.2f} |" for size, ours, empty in rows),
        "",
        f"From start to serving: {ready[0]:.2f} s, the empty pack {ready[1]:.2f} s.",
    ]
    return "\n".join(lines)


def write(section: str) -> None:
    """Put the section into the page."""
    before, _, rest = PAGE.read_text().partition(START)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{START}\n{section}\n{END}{after}")


def faults(rows: list[tuple[int, float, float]], ready: tuple[float, float]) -> list[str]:
    """What is slower than allowed; what each resource adds may not grow with their number."""
    found = [f"{size} resources: {ours / empty:.2f} times" for size, ours, empty in rows if ours > MOST * empty]
    extra = [(ours - empty) / size for size, ours, empty in rows]
    if extra[-1] > MOST * max(*extra[:-1], 0.0005):
        found.append(f"growth is not linear: {', '.join(f'{1000 * one:.2f} ms' for one in extra)} a resource")
    if ready[0] - ready[1] > READY:
        found.append(f"ready {ready[0] - ready[1]:.2f} s later")
    return found


def main() -> None:
    """Measure, print, write; exit 1 when the pack is slower than allowed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = ProjectCopy.make_in(Path(folder) / "project")
        copy.make("preview", "STACK=local")  # fills the plugin cache
        program = RawProgram.make(copy, "many_resources", Path(folder) / "state")
        program.environment["SANDBOX_OFFLINE_PREVIEW"] = "true"
        packs = copy.folder / "policies", copy.folder / "tests" / "engine" / "programs" / "empty_pack"
        start = [lambda pack=pack: started(pack, program.environment) for pack in packs]
        ready = alternating(*start)
        rows = previews(program, packs)
        engine = copy.run("pulumi", "version", environment=program.environment).strip()
    section = report(rows, ready, engine)
    print(section)  # noqa: T201 - a command's result
    write(section)
    sys.exit("; ".join(faults(rows, ready)) or 0)


if __name__ == "__main__":
    main()
