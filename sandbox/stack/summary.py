"""The manifest as a table, and what to try next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

NEXT = """Next:
  make verify                    a user signs in through both Regions
  eval "$(make -s env)"          then pulumi, boto3 and aws work on this stack
  make preview STACK=prod        the production stack, without an account
  make down                      destroy the stack, stop the sandbox"""


def rows(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a reader wants to see of the manifest, in reading order."""
    yield "stack", f"{manifest['name']}, phase {manifest['phase']}, account {manifest['account']}"
    yield "pool", manifest["pool"]["id"]
    for region, arn in manifest["pool"]["arns"].items():
        yield f"pool in {region}", arn
    yield "issuer", manifest["issuer"]
    for region, arn in manifest["keys"].items():
        yield f"key in {region}", arn
    for name, application in manifest["applications"].items():
        for client, about in application["clients"].items():
            yield f"{name}: {client} client", about["id"]
    for region, triggers in manifest["triggers"].items():
        for name, trigger in triggers.items():
            yield f"{name} in {region}", f"version {trigger['version']}"


def show(manifest: dict[str, Any]) -> None:
    """Print the table and what to try next."""
    table = Table(title="Manifest", title_justify="left", show_header=False)
    for row in rows(manifest):
        table.add_row(*row)
    console = Console(width=140)
    console.print(table)
    console.print(NEXT, markup=False, highlight=False)
