"""What a person does between two phases, done for the local stack: delegate the zone, make the canary, verify."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from sandbox.cloud import process
from sandbox.cloud.ask import ask
from sandbox.stack.engine import StackError
from sandbox.stack.environment import engine_environment, inherited, recovery_environment
from sandbox.stack.layout import Layout

PHASES = ("foundation", "replication", "domain", "live")
SETTLE_SECONDS = 240
"""New checks and names may take this long."""


def before_leaving(phase: str, layout: Layout, manifest: Mapping[str, Any]) -> None:
    """The acts that a phase asks for before the next one; each may be repeated. Raises StackError."""
    match phase:
        case "foundation":
            delegate(layout, manifest["dns"])
        case "replication":
            command(layout, "canary")
            verify(layout)
        case _:
            verify(layout)


def steps(reached: str, to: str) -> list[tuple[str, str]]:
    """The steps that are left, each as the phase it leaves and the one it goes to; none when `to` is behind."""
    return list(itertools.pairwise(PHASES[PHASES.index(reached) : PHASES.index(to) + 1]))


def delegate(layout: Layout, dns: Mapping[str, Any]) -> None:
    """Play the registrar: enter the zone's name servers where the public DNS of the sandbox looks for them."""
    ask(running(layout), "PUT", "delegations", {"zone": dns["zoneName"], "nameServers": dns["nameServers"]})


def set_speed(layout: Layout, factor: float) -> None:
    """How many times faster than real ones Route 53's seconds pass."""
    ask(running(layout), "PUT", "speed", {"factor": factor})


def verify(layout: Layout) -> None:
    """Look from outside, and write the record that the next phase demands."""
    command(layout, "verify", "--record", str(layout.record), "--settle", str(SETTLE_SECONDS))


def command(layout: Layout, *words: str) -> None:
    """Run `cognito-dr` on the local stack, its output shown; raises StackError when it fails."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "recovery", *words], cwd=layout.project, env=environment(layout), check=False
    )
    if done.returncode:
        raise StackError(f"`cognito-dr {words[0]}` ended with {done.returncode}; its message is above")


def environment(layout: Layout) -> dict[str, str]:
    """The caller's environment, led to the local stack and the sandbox."""
    own = engine_environment(layout, layout.project, os.environ["PATH"])
    aws = {key: value for key, value in own.items() if key.startswith("AWS_")}
    return inherited(os.environ) | aws | recovery_environment(layout, running(layout).network)


def running(layout: Layout) -> process.Endpoints:
    """The cloud; raises StackError when none runs."""
    endpoints = process.running(layout.cloud)
    if endpoints is None:
        raise StackError("the sandbox does not run: `make up` starts it")
    return endpoints
