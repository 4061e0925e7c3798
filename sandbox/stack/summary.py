"""The manifest as a table, and what to try next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

NEXT = """Next:
  make verify                    users in both Regions, names, health checks, controls, from outside
  make failover MODE=refuse      us-east-1 fails; the switch is measured as clients see it
  eval "$(make -s env)"          then pulumi, boto3, aws and cognito-dr work on this stack
  cognito-dr override status     who serves, and who says so
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
    yield from failover_rows(manifest)
    for region, triggers in manifest["triggers"].items():
        for name, trigger in triggers.items():
            yield f"{name} in {region}", f"version {trigger['version']}"


def failover_rows(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What leads users to the Region that serves, as far as the phase has it."""
    if (dns := manifest["dns"]) and dns["created"]:
        yield f"name servers of {dns['zoneName']}", ", ".join(dns["nameServers"])
    for role, name in (manifest["domains"] or {}).items():
        yield f"{role} domain", name
    if failover := manifest["failover"]:
        yield "serving check", f"{failover['checks']['serving']} ({failover['servingCheck']})"
        yield "override", failover["override"].replace("_", " ")
        yield "probers", ", ".join(failover["probers"])
    for alarm in manifest["alarms"].values():
        yield f"alarm in {alarm['region']}", alarm["name"]


def show(manifest: dict[str, Any]) -> None:
    """Print the table and what to try next."""
    table = Table(title="Manifest", title_justify="left", show_header=False)
    for row in rows(manifest):
        table.add_row(*row)
    console = Console(width=140)
    console.print(table)
    console.print(NEXT, markup=False, highlight=False)
