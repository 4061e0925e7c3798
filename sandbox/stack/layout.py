"""Where everything of the sandbox lies: ignored folders of the project, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Layout:
    """One stack on a file backend of its own."""

    folder: Path
    stack: str
    project: Path = PROJECT

    @property
    def state(self) -> Path:
        """The file backend."""
        return self.folder / "state"

    @property
    def config(self) -> Path:
        """Working copies of Pulumi.yaml and the stack file; the tracked ones never change."""
        return self.folder / "config"

    @property
    def stack_file(self) -> Path:
        """The working copy of the stack file."""
        return self.config / f"Pulumi.{self.stack}.yaml"

    @property
    def tracked_stack_file(self) -> Path:
        """The stack file that git knows."""
        return self.project / f"Pulumi.{self.stack}.yaml"

    @property
    def aws_config(self) -> Path:
        """The AWS config file with a profile per Region."""
        return self.folder / "aws" / "config"

    @property
    def cloud(self) -> Path:
        """The embedded AWS's folder."""
        return self.folder / "cloud"

    @property
    def identity(self) -> Path:
        """Which cloud the state was made with."""
        return self.folder / "cloud-of-state"

    @property
    def manifest(self) -> Path:
        """The stack output `manifest`, as the last `make up` read it."""
        return self.folder / "manifest.json"

    @property
    def record(self) -> Path:
        """The rollout record that the program demands before its later phases."""
        return self.folder / "rollout-record.json"

    @property
    def pulumi_home(self) -> Path:
        """The engine's plugins and logs, shared by all stacks of this checkout."""
        return self.project / ".sandbox" / "pulumi-home"


LOCAL = Layout(PROJECT / ".sandbox", "local")


def preview_layout(stack: str, project: Path = PROJECT) -> Layout:
    """An empty state of its own for the offline preview of a stack, in the checkout that is previewed."""
    return Layout(project / ".sandbox" / "preview" / stack, stack, project)
