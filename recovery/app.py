"""The command line `cognito-dr`."""

from __future__ import annotations

import typer

from recovery.commands import audit, override
from recovery.commands.canary import canary
from recovery.commands.failover_test import failover_test
from recovery.commands.verify import verify

app = typer.Typer(
    name="cognito-dr",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Look at, prove and steer a user pool that lives in two Regions. Reads the stack's manifest only.",
)
app.command("verify")(verify)
app.add_typer(override.app, name="override")
app.command("canary")(canary)
app.add_typer(audit.app, name="audit")
app.command("failover-test")(failover_test)
