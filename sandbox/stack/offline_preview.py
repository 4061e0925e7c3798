"""Previews a real stack file on stand-in providers: no account, no running cloud, an empty state."""

from __future__ import annotations

import shutil
from pathlib import Path

from sandbox.providers import install
from sandbox.stack import working_copy
from sandbox.stack.engine import Engine, StackError
from sandbox.stack.layout import PROJECT, preview_layout

FIRST_LINE = "This is the offline preview of {stack}: stand-in providers, empty state, nothing is asked of AWS."


def preview(stack: str, engine_folder: Path) -> None:
    """Run `pulumi preview` with the policy pack; raises StackError for an unknown stack or a violation."""
    stacks = sorted(file.name.split(".")[1] for file in PROJECT.glob("Pulumi.*.yaml"))
    if stack not in stacks:
        raise StackError(f"STACK is {stack!r}: there are stack files for {', '.join(stacks)}")
    print(FIRST_LINE.format(stack=stack), flush=True)  # noqa: T201 - a command's result
    layout = preview_layout(stack)
    shutil.rmtree(layout.folder, ignore_errors=True)
    install.install(layout.pulumi_home)
    working_copy.refresh(layout)
    engine = Engine(layout, engine_folder, {"SANDBOX_OFFLINE_PREVIEW": "true"})
    engine.create_stack()
    pack_config = f"policies/config.{stack}.json"
    engine.run("preview", "--policy-pack", "policies", "--policy-pack-config", pack_config)
