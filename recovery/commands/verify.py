"""`cognito-dr verify`: what only a look from outside can tell, a line a check."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from manifest import PHASES, Manifest
from recovery.commands.common import Copy, CopyRegion, ManifestFile, fail, manifest_from, plainly, surroundings
from recovery.sign_in_check import SignInCheck
from recovery.verification import record
from recovery.verification.check import Check, Phase, Result, highest, run
from recovery.verification.directory import pool_checks, sign_in_checks
from recovery.verification.health import health_checks
from recovery.verification.names import name_checks
from recovery.verification.path import path_checks
from recovery.verification.state import state_checks


class Group(StrEnum):
    """Groups of checks, in their order."""

    POOL = "pool"
    REPLICA = "replica"
    SIGN_IN = "sign-in"
    DELEGATION = "delegation"
    VERDICT = "verdict"
    CONTROLS = "controls"
    HEALTH_CHECKS = "health-checks"
    SERVING = "serving"
    AUTH_DOMAIN = "auth-domain"
    CERTIFICATES = "certificates"
    ALARMS = "alarms"
    ACCELERATED_RECOVERY = "accelerated-recovery"
    STATE = "state"


@plainly
def verify(
    file: ManifestFile = None,
    copy: Copy = None,
    region: CopyRegion = None,
    only: Annotated[list[Group] | None, typer.Option("--only", help="These groups only; may be repeated.")] = None,
    settle: Annotated[
        float,
        typer.Option("--settle", min=0, max=3600, help="Seconds that new names and health checks may take, in all."),
    ] = 180,
    lag: Annotated[float, typer.Option("--lag", min=0, help="Seconds in which a user must replicate.")] = 1.0,
    record_file: Annotated[
        Path | None, typer.Option("--record", metavar="FILE", help="Write the rollout record that `pulumi up` reads.")
    ] = None,
    state_url: Annotated[str | None, typer.Option("--state-url", help="Pulumi's backend, s3://bucket.")] = None,
    secrets_provider: Annotated[str | None, typer.Option("--secrets-provider", help="awskms://…")] = None,
) -> None:
    """Look at the stack from outside: users, replica, names, health checks, controls, certificates."""
    if only and record_file is not None:
        fail("a record needs every check: leave out --only or --record")
    if only and Group.STATE in only and state_url is None and secrets_provider is None:
        fail("group state looks at what is named: add --state-url s3://BUCKET, --secrets-provider awskms://… or both")
    manifest = manifest_from(file, copy, region)
    results: list[Result] = []
    end = time.monotonic() + settle
    with ExitStack() as stack:
        checks = planned(manifest, lag, only, stack)
        extra = [
            c for c in state_checks(state_url, secrets_provider, manifest.regions.primary) if wanted(c.group, only)
        ]
        for check in [*checks, *extra]:
            results.append(run(check, max(0.0, end - time.monotonic()), lambda line: typer.echo(line, err=True)))
            typer.echo(results[-1].text())
    if not results:
        fail(f"nothing to check: phase {manifest.phase} has none of {', '.join(only or ())}")
    if record_file is not None:
        keep(manifest, results, record_file)
    if not all(result.held for result in results):
        raise typer.Exit(1)


def planned(manifest: Manifest, lag: float, only: Sequence[str] | None, stack: ExitStack) -> Iterator[Check]:
    """All checks of the phases reached that the manifest has facts for; the sign-in's user lives as long as `stack`."""
    yield from (check for check in pool_checks(manifest) if wanted(check.group, only))
    if manifest.phase != "foundation" and wanted("sign-in", only):
        sign_in = SignInCheck(manifest, lag)
        yield from sign_in_checks(sign_in, stack.enter_context(sign_in.user()))
    rest = [*path_checks(manifest), *name_checks(manifest, surroundings())]
    if manifest.failover is not None:
        rest += health_checks(manifest.failover)
    reached = PHASES[: PHASES.index(manifest.phase) + 1]
    yield from (check for check in rest if wanted(check.group, only) and check.phase in reached)


def wanted(group: str, only: Sequence[str] | None) -> bool:
    """Whether a group was asked for."""
    return not only or group in only


def keep(manifest: Manifest, results: Sequence[Result], file: Path) -> None:
    """Write the record of the highest phase that holds; end with 1 and what to do when it is not the phase reached."""
    phase = verified(manifest, results)
    if phase is None:
        fail(f"no record is written: not even phase foundation holds. {todo(results)}")
    record.write(file, record.rollout_record(manifest, phase, results))
    typer.echo(f"record: phase {phase} in {file}")
    if phase != manifest.phase:
        fail(f"the stack is in phase {manifest.phase}, but only phase {phase} holds. {todo(results)}")


def verified(manifest: Manifest, results: Sequence[Result]) -> Phase | None:
    """A stack without a failover path has not reached more than its foundation, whatever its phase says."""
    return highest(results, manifest.phase if manifest.failover is not None else "foundation")


def todo(results: Sequence[Result]) -> str:
    """What does not hold, first to last."""
    failed = [f"{result.line}: {result.problem}" for result in results if not result.held]
    if not failed:
        return "Roll out the failover path: run `pulumi up` with this release"
    return f"Mend and verify again: {'; '.join(failed)}"
