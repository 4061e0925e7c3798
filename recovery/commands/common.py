"""What every command shares: options that name the manifest, messages instead of tracebacks."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from botocore.exceptions import BotoCoreError, ClientError

from manifest import Manifest
from recovery import source
from recovery.errors import RecoveryError, told
from recovery.surroundings import Surroundings

ManifestFile = Annotated[
    Path | None, typer.Option("--manifest", metavar="FILE", help="The stack's manifest; else $COGNITO_DR_MANIFEST.")
]
Copy = Annotated[str | None, typer.Option("--copy", metavar="S3-URL", help="The manifest's copy, s3://bucket/key.")]
CopyRegion = Annotated[str | None, typer.Option("--region", help="The Region of the copy's bucket.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def manifest_from(file: Path | None, copy: str | None, region: str | None) -> Manifest:
    """The manifest that the options name. Raises RecoveryError."""
    return source.load(file, copy, region, os.environ)


def surroundings() -> Surroundings:
    """Name server, proxy and CA of this process's environment. Raises RecoveryError."""
    return Surroundings.read(os.environ)


def fail(message: str) -> NoReturn:
    """End with a message and exit code 1."""
    typer.echo(f"cognito-dr: {message}", err=True)
    raise typer.Exit(1)


def plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command whose expected troubles are one line; anything else is a bug and keeps its traceback."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except RecoveryError as error:
            fail(str(error))
        except (ClientError, BotoCoreError) as error:
            fail(f"{told(error)}. Check the credentials, the Region and the network")

    return run
