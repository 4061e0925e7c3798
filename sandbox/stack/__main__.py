"""The commands behind the Makefile: up, down, env and the previews."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from sandbox.cloud import process
from sandbox.cloud.errors import CloudError
from sandbox.stack import environment, layout
from sandbox.stack.engine import StackError
from sandbox.stack.rollout import PHASES


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.stack", description=__doc__)
    parser.add_argument("--engine", type=Path, required=True, help="the folder of the pulumi program")
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up")
    up.add_argument("--to", choices=PHASES, default=PHASES[-1], metavar="PHASE", help="walk no further")
    up.add_argument("--speed", type=float, default=1.0, metavar="FACTOR", help="how fast Route 53's seconds pass")
    for name in ("down", "env"):
        commands.add_parser(name)
    for name in ("preview", "state-preview"):
        preview = commands.add_parser(name)
        preview.add_argument("stack")
        preview.add_argument(
            "--project", type=Path, default=layout.PROJECT, help="the checkout to judge; default: this"
        )
    preview.add_argument("--state", required=True, metavar="URL", help="the backend that holds the stack")
    return parser.parse_args()


def run(chosen: argparse.Namespace) -> None:
    """Do what the command line says; modules of one command are not loaded for another."""
    match chosen.command:
        case "up":
            from sandbox.stack import local, summary

            summary.show(local.up(chosen.engine, to=chosen.to, speed=chosen.speed))
        case "down":
            from sandbox.stack import local

            local.down(chosen.engine)
        case "preview":
            from sandbox.stack import offline_preview

            offline_preview.preview(chosen.stack, chosen.engine, chosen.project.resolve())
        case "state-preview":
            from sandbox.stack import state_preview

            state_preview.preview(chosen.stack, chosen.engine, chosen.project.resolve(), chosen.state)
        case "env":
            variables = environment.engine_environment(layout.LOCAL, chosen.engine, os.environ["PATH"])
            if endpoints := process.running(layout.LOCAL.cloud):
                variables |= environment.recovery_environment(layout.LOCAL, endpoints.network)
            print(environment.exports(variables))  # noqa: T201 - a shell reads it


try:
    run(arguments())
except (StackError, CloudError) as error:
    sys.exit(f"{error}")
