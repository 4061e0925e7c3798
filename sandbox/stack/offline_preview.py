"""Previews a real stack file on stand-in providers: no account, no running cloud, an empty state."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from sandbox.providers import install
from sandbox.stack import working_copy
from sandbox.stack.engine import Engine, StackError
from sandbox.stack.layout import PROJECT, Layout, preview_layout
from sandbox.stack.stand_ins import stand_in

FIRST_LINE = "This is the offline preview of {stack}: stand-in providers, empty state, nothing is asked of AWS."


def preview(stack: str, engine_folder: Path, project: Path = PROJECT) -> None:
    """Run `pulumi preview` with this checkout's policy pack; raises StackError for an unknown stack or a violation.

    `project` is another checkout whose program and stack file are judged: a pull request's, by the pack and the
    configuration of the branch that it wants to change. Only the stand-in providers are the judged checkout's own,
    because they must know the resources that its program makes.
    """
    demand_stack_file(stack, project)
    print(FIRST_LINE.format(stack=stack), flush=True)  # noqa: T201 - a command's result
    layout = preview_layout(stack, project)
    shutil.rmtree(layout.folder, ignore_errors=True)
    stand_ins(layout)
    working_copy.refresh(layout)
    engine = Engine(layout, engine_folder, {"SANDBOX_OFFLINE_PREVIEW": "true"})
    engine.create_stack()
    stand_in(engine)
    engine.run("preview", *pack_of(PROJECT, stack))


def demand_stack_file(stack: str, project: Path) -> None:
    """Raises StackError when the project is no checkout of this program or has no such stack."""
    stacks = sorted(file.name.split(".")[1] for file in project.glob("Pulumi.*.yaml"))
    if not stacks:
        raise StackError(f"PROJECT is {str(project)!r}: there is no checkout with stack files (Pulumi.STACK.yaml)")
    if stack not in stacks:
        raise StackError(f"STACK is {stack!r}: there are stack files for {', '.join(stacks)}")


def stand_ins(layout: Layout) -> None:
    """Install the stand-in providers of the checkout that is previewed, with its own versions of the SDKs."""
    python = layout.project / ".venv" / "bin" / "python"
    if layout.project == PROJECT:
        install.install(layout.pulumi_home)
    elif not python.exists():
        raise StackError(f"{layout.project} has no .venv: run `python3 tools/bootstrap.py` there first")
    else:
        command = [str(python), "-m", "sandbox.providers.install", "--pulumi-home", str(layout.pulumi_home)]
        subprocess.run(command, cwd=layout.project, check=True)  # noqa: S603 - the checkout that is judged


def pack_of(checkout: Path, stack: str) -> list[str]:
    """The words that name a checkout's policy pack and its configuration for a stack."""
    folder = checkout / "policies"
    return ["--policy-pack", str(folder), "--policy-pack-config", str(folder / f"config.{stack}.json")]
