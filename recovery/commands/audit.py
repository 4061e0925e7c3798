"""`cognito-dr audit`: answers for an auditor, from what is deployed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid

from recovery.commands.common import Copy, ManifestFile, manifest_from, plainly
from recovery.key_audit import Asked, Key, Row, problems, rows
from recovery.live_keys import from_file, live

app = typer.Typer(no_args_is_help=True, help="Answer an auditor's questions from what is deployed.")


@app.callback()
def audit() -> None:
    """Answer an auditor's questions from what is deployed."""


@app.command("keys")
@plainly
def keys(
    file: ManifestFile = None,
    copy: Copy = None,
    copy_region: Annotated[
        str | None, typer.Option("--copy-region", help="The Region of the copy's bucket; else --region.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", help="The keys of this Region only; may be repeated.")
    ] = None,
    action: Annotated[Asked, typer.Option("--action", help="What somebody may do with the key.")] = Asked.DECRYPT,
    deploy_role: Annotated[
        list[str] | None,
        typer.Option("--deploy-role", metavar="ARN", help="A role that is to deploy; may be repeated."),
    ] = None,
    policy: Annotated[
        Path | None, typer.Option("--policy", metavar="FILE", help="Judge this policy, not the live one.")
    ] = None,
) -> None:
    """Who may decrypt, describe, administer or grant with the pool's keys, and whether the rule allows it."""
    regions, roles = region or [], deploy_role or []
    manifest = manifest_from(file, copy, copy_region or (regions[0] if regions else None))
    found = [from_file(policy, manifest, regions, roles)] if policy else list(live(manifest, regions, roles))
    show(action, [row for key in found for row in rows(key, action)])
    if policy:
        typer.echo("Grants are not in a file: without --policy they are read, too.")
    if not tell_problems(found):
        raise typer.Exit(1)


def show(action: Asked, found: Sequence[Row]) -> None:
    """The table, wide enough for a report."""
    grid = Grid(show_lines=True)
    for heading in ("Region", "Who", "What", "Under which conditions", "By the rule"):
        grid.add_column(heading, overflow="fold")  # an ARN cut short names nobody
    for row in found:
        grid.add_row(row.region, row.who, row.what, row.conditions, row.verdict)
    console = Console(width=200, highlight=False, markup=False)
    console.print(f"Who may {action}, by key policy and grants:")
    console.print(grid if found else "nobody")


def tell_problems(found: Sequence[Key]) -> bool:
    """Every problem of every key, whatever was asked; whether there is none."""
    said = [(key.scope.region, problem) for key in found for problem in problems(key)]
    for region, problem in said:
        typer.echo(f"{region}: {problem.found}; expected {problem.expected}")
    if not said:
        where = ", ".join(key.scope.region for key in found)
        typer.echo(f"{where}: Cognito for this pool, callers and deploy roles through it, and nobody else")
    return not said
