"""`cognito-dr canary`: the prober's user and its token."""

from __future__ import annotations

from typing import Annotated

import typer

from recovery.canary import Canary
from recovery.commands.common import Copy, CopyRegion, ManifestFile, manifest_from, plainly


@plainly
def canary(
    file: ManifestFile = None,
    copy: Copy = None,
    region: CopyRegion = None,
    rotate: Annotated[bool, typer.Option("--rotate", help="A new token even if the old one works.")] = False,
) -> None:
    """Make the user that the prober signs in, and keep its refresh token in the secondary Region."""
    for line in Canary(manifest_from(file, copy, region)).ensure(rotate=rotate):
        typer.echo(line)
