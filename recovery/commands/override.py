"""`cognito-dr override`: who serves, decided by a human. Data plane only."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table as Grid

from manifest import Manifest
from recovery import status
from recovery.commands.common import Copy, CopyRegion, ManifestFile, Yes, fail, manifest_from, plainly, surroundings
from recovery.errors import RecoveryError
from recovery.names import Resolver
from recovery.override import Action, Switchboard, both_on, primary_in_doubt, wanted
from recovery.serving import serving_region

Found = TypeVar("Found")
app = typer.Typer(
    no_args_is_help=True, help="Send users to one Region whatever the health check says, or stop doing so."
)

BY_HAND = "by hand"
Reason = Annotated[
    str,
    typer.Option("--reason", help="Kept beside the override where the stack has an item; else printed for your notes."),
]
MEANING = {
    "force-secondary": "sends every user to {secondary}, whatever the health check says",
    "pin-primary": "keeps every user in {primary}, even when it fails",
    "release": "gives the decision back to the health check: users are in {primary} while it is well",
}


def turn_on(action: Action, text: str) -> None:
    """Register the command that turns one of the two overrides on."""

    @app.command(action, help=text)
    @plainly
    def command(
        file: ManifestFile = None,
        copy: Copy = None,
        region: CopyRegion = None,
        yes: Yes = False,
        reason: Reason = BY_HAND,
    ) -> None:
        act(action, manifest_from(file, copy, region), yes=yes, reason=reason)


turn_on("force-secondary", "Send every user to the secondary until `release`.")
turn_on("pin-primary", "Keep every user in the primary until `release`.")


@app.command("release")
@plainly
def release(
    file: ManifestFile = None,
    copy: Copy = None,
    region: CopyRegion = None,
    yes: Yes = False,
    reason: Reason = BY_HAND,
    despite_verdict: Annotated[
        bool, typer.Option("--despite-verdict", help="Even though the primary is not known to be well.")
    ] = False,
) -> None:
    """Turn both overrides off: the latch after a failover, too."""
    act("release", manifest_from(file, copy, region), yes=yes, reason=reason, despite_verdict=despite_verdict)


@app.command("status")
@plainly
def show(file: ManifestFile = None, copy: Copy = None, region: CopyRegion = None) -> None:
    """Overrides, verdict, latch, the Region that `serving.` names, and the five endpoints."""
    manifest = manifest_from(file, copy, region)
    grid = Grid(show_header=False, box=None)
    for name, value in status.lines(look(manifest)):
        grid.add_row(name, value)
    Console(width=160, highlight=False, markup=False).print(grid)


def act(action: Action, manifest: Manifest, *, yes: bool, reason: str, despite_verdict: bool = False) -> None:
    """Refuse, ask, do, and say what was done."""
    board = Switchboard(manifest)
    now = board.read()
    if refused := both_on(action, now, board.rule):
        fail(refused)
    if now == wanted(action):
        typer.echo(f"{action}: nothing to do, force-secondary and pin-primary are already as they shall be")
        return
    doubt = primary_in_doubt(action, now, _or_problem(board.table.verdict), time.time())
    if doubt and not despite_verdict:
        fail(f"release is refused: {doubt}. Wait for verdict UP, or repeat it with --despite-verdict")
    meaning = MEANING[action].format(primary=manifest.regions.primary, secondary=manifest.regions.secondary)
    question = f"{action} on stack {manifest.name} {meaning}."
    if doubt:
        question += f" And {doubt}: users may find no login."
    if not yes and not typer.confirm(f"{question} Do it?"):
        fail("nothing was changed")
    place = board.apply(action, reason)
    typer.echo(f"{action} is in force, written through {place}. Clients follow within the records' TTL")
    if reason != BY_HAND and not board.keeps_reason:
        now_utc = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        typer.echo(f"For your notes, because routing controls keep no reason: {now_utc} {action}: {reason}")


def look(manifest: Manifest) -> status.Found:
    """Everything that can be read now; what cannot is told in its place."""
    board = Switchboard(manifest)
    return status.Found(
        at=time.time(),
        switches=_or_problem(board.read),
        verdict=_or_problem(board.table.verdict),
        item=_or_problem(board.table.override),
        serving=_serving(manifest),
        endpoints=board.cluster.survey((board.controls.force, board.controls.pin))
        if board.cluster and board.controls
        else {},
    )


def _serving(manifest: Manifest) -> str:
    if manifest.domains is None:
        return f"no record yet: phase {manifest.phase}"
    resolver = Resolver(surroundings().resolver)
    try:
        return asyncio.run(serving_region(resolver, manifest.domains.serving))
    except RecoveryError as error:
        return f"unknown: {error}"


def _or_problem(read: Callable[[], Found]) -> Found | str:
    try:
        return read()
    except RecoveryError as error:
        return str(error)
