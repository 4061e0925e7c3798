"""Walks the local stack up through its phases, and takes it down again."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path
from typing import Any

from sandbox.cloud import process
from sandbox.providers import install
from sandbox.stack import rollout, working_copy
from sandbox.stack.engine import Engine, StackError
from sandbox.stack.layout import LOCAL, Layout
from sandbox.stack.stand_ins import stand_in

PACK = ("--policy-pack", "policies", "--policy-pack-config", "policies/config.local.json")


def start_cloud(layout: Layout) -> None:
    """Start the embedded AWS; a state made with another one is worthless and goes."""
    endpoints = process.start(layout.cloud)
    layout.aws_config.parent.mkdir(parents=True, exist_ok=True)
    layout.aws_config.write_text(process.aws_config(endpoints))
    if not layout.identity.exists() or layout.identity.read_text() != endpoints.identity:
        forget_state(layout)
        layout.identity.write_text(endpoints.identity)


def forget_state(layout: Layout) -> None:
    """Drop state, working copy (with the pool's ID) and manifest."""
    for folder in (layout.state, layout.config):
        shutil.rmtree(folder, ignore_errors=True)
    for file in (layout.manifest, layout.identity, layout.record):
        file.unlink(missing_ok=True)


def up(
    engine_folder: Path, layout: Layout = LOCAL, *, to: str = rollout.PHASES[-1], speed: float = 1.0
) -> dict[str, Any]:
    """From the phase reached to phase `to`; the manifest. `speed` compresses Route 53's seconds."""
    start_cloud(layout)
    rollout.set_speed(layout, speed)
    install.install(layout.pulumi_home)
    working_copy.refresh(layout)
    engine = Engine(layout, engine_folder)
    engine.create_stack()
    engine.release_stale_lock()
    working_copy.refresh(layout)
    content = stand_in(engine)
    manifest = deploy(engine)
    for reached, following in rollout.steps(working_copy.phase(content), to):
        rollout.before_leaving(reached, layout, manifest)
        record = str(layout.record.relative_to(layout.project))
        content = working_copy.advanced(content, following, manifest["pool"]["id"], record)
        working_copy.write(layout, content)
        manifest = deploy(engine)
    return manifest


def deploy(engine: Engine) -> dict[str, Any]:
    """One `pulumi up` with the policy pack; the manifest, also written to its file."""
    engine.run("up", "--yes", *PACK)
    manifest = engine.output("manifest")
    if not isinstance(manifest, dict):
        raise StackError("the stack has no output `manifest`")
    engine.layout.manifest.write_text(json.dumps(manifest, indent=2) + "\n")
    return manifest


def down(engine_folder: Path, layout: Layout = LOCAL) -> None:
    """Destroy the stack where its cloud still runs, stop the cloud, forget the state."""
    endpoints = process.running(layout.cloud)
    known = layout.identity.read_text() if layout.identity.exists() else ""
    if endpoints and endpoints.identity == known and layout.stack_file.exists():
        engine = Engine(layout, engine_folder)
        engine.release_stale_lock()
        destroy(engine)
    process.stop(layout.cloud)
    forget_state(layout)
    shutil.rmtree(layout.aws_config.parent, ignore_errors=True)


def destroy(engine: Engine) -> None:
    """Destroy the stack, released first of what its settings keep it by: the sandbox holds nothing real.

    A stack whose program stops by itself cannot be released; it has made nothing that would have to be.
    """
    content = working_copy.read(engine.layout)
    if working_copy.protected(content) or working_copy.recovers_fast(content):
        working_copy.write(engine.layout, working_copy.released(content))
        with contextlib.suppress(StackError):
            engine.run("up", "--yes", "--skip-preview")
    engine.run("destroy", "--yes", "--skip-preview")
