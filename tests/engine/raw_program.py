"""A small program of raw resources under tests/engine/programs, on a state of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.engine.project_copy import ProjectCopy

STACK = "local"  # the only one that the sandbox's plugins deploy


@dataclass(frozen=True)
class RawProgram:
    """The program in a copy of the project, run on the copy's sandbox."""

    copy: ProjectCopy
    name: str
    environment: dict[str, str]

    @classmethod
    def make(cls, copy: ProjectCopy, name: str, state: Path) -> RawProgram:
        """With an empty state; the copy's plugins are there once it has previewed or deployed anything."""
        state.mkdir()
        variables = copy.environment() | {"PULUMI_BACKEND_URL": f"file://{state}", "PULUMI_CONFIG_PASSPHRASE": "test"}
        plain = {key: value for key, value in variables.items() if not key.startswith("PULUMI_OPTION_")}
        made = cls(copy, name, plain)
        made.pulumi("stack", "init", STACK)
        return made

    @property
    def folder(self) -> Path:
        """Where the program lies."""
        return self.copy.folder / "tests" / "engine" / "programs" / self.name

    def pulumi(self, *words: str, expect: int | None = 0) -> str:
        """Run a command for its stack; `expect=None` takes any exit code but 0."""
        command = ["pulumi", "-C", str(self.folder), *words]
        stack = [] if words[:2] == ("stack", "init") else ["--stack", STACK]
        return self.copy.run(*command, *stack, "--non-interactive", environment=self.environment, expect=expect)

    def with_pack(self, *words: str, expect: int | None = 0) -> str:
        """Run a command with the copy's policy pack."""
        return self.pulumi(*words, "--policy-pack", str(self.copy.folder / "policies"), expect=expect)

    def types(self) -> set[str]:
        """The types of all resources in its state."""
        deployment: dict[str, Any] = json.loads(self.pulumi("stack", "export"))["deployment"]
        return {one["type"] for one in deployment.get("resources", [])}
