"""A copy of the project in a folder of its own, driven by its commands as a user would drive it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
SHARED_BUILDS = (".venv", ".toolchain")  # what set-up makes once; a copy uses the project's own
UP_SECONDS = 300


def clean_environment() -> dict[str, str]:
    """The caller's environment without anything that speaks of a stack, a cloud account or a make run."""
    foreign = ("PULUMI_", "AWS_", "MAKE", "MFLAGS", "SANDBOX_", "PYTEST_")
    return {key: value for key, value in os.environ.items() if not key.startswith(foreign)}


@dataclass(frozen=True)
class ProjectCopy:
    """The folder of a copy and the commands that a test gives there."""

    folder: Path

    @classmethod
    def make_in(cls, folder: Path) -> ProjectCopy:
        """Copy every file that git would commit, and link the builds that set-up made for the project."""
        listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listing, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
        for name in filter(None, names.split("\0")):
            if (PROJECT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(PROJECT / name, folder / name)
        for build in SHARED_BUILDS:
            if (PROJECT / build).exists():
                (folder / build).symlink_to(PROJECT / build)
        copy = cls(folder)
        copy.run("git", "init", "--quiet")
        copy.run("git", "add", "--all")
        identity = ("-c", "user.name=test", "-c", "user.email=test@localhost")
        copy.run("git", *identity, "commit", "--quiet", "--message", "a copy of the project")
        return copy

    def make(self, *words: str, expect: int | None = 0, seconds: int = UP_SECONDS) -> str:
        """Run `make` with these words; both output streams. `expect=None` takes any exit code but 0."""
        return self.run("make", *words, expect=expect, seconds=seconds, environment=clean_environment())

    def pulumi(self, *words: str, expect: int | None = 0, seconds: int = UP_SECONDS) -> str:
        """Run `pulumi` in the environment that `make env` prints."""
        return self.run("pulumi", *words, expect=expect, seconds=seconds, environment=self.environment())

    def run(
        self,
        *command: str,
        expect: int | None = 0,
        seconds: int = UP_SECONDS,
        environment: dict[str, str] | None = None,
    ) -> str:
        """Run a command in the copy and hold it to its exit code."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment or clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
            check=False,
        )
        right = done.returncode != 0 if expect is None else done.returncode == expect
        assert right, f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout}"
        return done.stdout

    def sign_in_check(self) -> str:
        """A user signs in through both Regions."""
        environment = self.environment()
        return self.run(".venv/bin/python", "-m", "recovery", "verify", "--only", "sign-in", environment=environment)

    def cognito_dr(self, *words: str, expect: int | None = 0, seconds: int = UP_SECONDS) -> str:
        """Run the command line in the environment that `make env` prints."""
        return self.run("cognito-dr", *words, expect=expect, seconds=seconds, environment=self.environment())

    def environment(self) -> dict[str, str]:
        """The environment of the local stack: what `eval "$(make -s env)"` gives a shell."""
        script = 'eval "$(make -s env)" && env -0'
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=clean_environment(),
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return dict(entry.split("=", 1) for entry in done.stdout.split("\0") if "=" in entry)

    def replace(self, path: str, old: str, new: str) -> None:
        """Change one place of one file; a text that is not there exactly once is a broken test."""
        text = (self.folder / path).read_text()
        assert text.count(old) == 1, f"{path} holds {old!r} {text.count(old)} times"
        (self.folder / path).write_text(text.replace(old, new))

    def manifest(self) -> dict[str, Any]:
        """The stack's manifest as `make up` wrote it."""
        manifest: dict[str, Any] = json.loads((self.folder / ".sandbox" / "manifest.json").read_text())
        return manifest
