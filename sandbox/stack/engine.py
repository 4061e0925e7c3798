"""Runs the engine's commands for one stack of the sandbox."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sandbox.stack.environment import engine_environment, inherited
from sandbox.stack.layout import Layout


class StackError(Exception):
    """A step of the walk failed; its own output has been shown."""


class Engine:
    """`pulumi` with the environment of one stack."""

    def __init__(self, layout: Layout, folder: Path, extra: Mapping[str, str] | None = None) -> None:
        self.layout = layout
        variables = engine_environment(layout, folder, os.environ["PATH"])
        self.environment = inherited(os.environ) | variables | dict(extra or {})
        self.program = str(folder / "pulumi")

    def run(self, *words: str) -> None:
        """Run a command in the project, its output shown; raises StackError when it fails."""
        done = subprocess.run(  # noqa: S603 - the engine that set-up found
            [self.program, *words], cwd=self.layout.project, env=self.environment, check=False
        )
        if done.returncode:
            raise StackError(f"`pulumi {words[0]}` ended with {done.returncode}; its message is above")

    def output(self, name: str) -> object:
        """A stack output."""
        done = subprocess.run(  # noqa: S603 - the engine that set-up found
            [self.program, "stack", "output", name, "--json"],
            cwd=self.layout.project,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return json.loads(done.stdout)

    def create_stack(self) -> None:
        """Make the stack where the backend does not have it; the salt goes to the working copy."""
        self.layout.state.mkdir(parents=True, exist_ok=True)
        backend = self.layout.state / ".pulumi" / "stacks"
        if any(backend.rglob(f"{self.layout.stack}.json")):
            return
        plain = {k: v for k, v in self.environment.items() if not k.startswith("PULUMI_OPTION_")}
        done = subprocess.run(  # noqa: S603 - the engine that set-up found
            [
                self.program,
                "-C",
                str(self.layout.config),
                "stack",
                "init",
                self.layout.stack,
                "--non-interactive",
            ],
            env=plain,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise StackError(f"`pulumi stack init` failed: {done.stderr.strip()}")

    def release_stale_lock(self) -> None:
        """Take away the locks of engines that no longer run; a live one keeps its lock."""
        locks = list((self.layout.state / ".pulumi" / "locks").rglob("*.json"))
        if locks and not any(_alive(json.loads(lock.read_text()).get("pid", 0)) for lock in locks):
            self.run("cancel", "--yes")


def _alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() if Path("/proc").exists() else True
