"""`cognito-dr failover-test`: one switch, measured as clients see it."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from manifest import DomainFacts, Manifest
from recovery import report, sandbox_control
from recovery.clients import ApiClient, AuthClient, Network, ServingClient
from recovery.commands.common import Copy, CopyRegion, ManifestFile, fail, manifest_from, plainly, surroundings
from recovery.drill_user import DrillUser, Tokens
from recovery.errors import RecoveryError
from recovery.failover_test import FailoverTest, Mode, Plan, Run
from recovery.names import Resolver, TtlCache, authority
from recovery.oauth import OauthClient
from recovery.override import Switchboard, failover_of
from recovery.questions import Questions
from recovery.sandbox_control import SandboxControl
from recovery.timeline import Limits
from recovery.watch import Watch
from recovery.web import Web

OWN_SECONDS = 50.0
"""Our share of a switch: detect, decide, change the record."""


class How(StrEnum):
    """What happens to the primary."""

    REFUSE = "refuse"
    HANG = "hang"
    ERROR = "error"
    SLOW = "slow"
    OBSERVE = "observe"


class Expected(StrEnum):
    """How an outage is to end."""

    NO_SWITCH = "no-switch"
    RETURNED = "returned"
    LATCHED = "latched"


@plainly
def failover_test(
    file: ManifestFile = None,
    copy: Copy = None,
    region: CopyRegion = None,
    mode: Annotated[
        How, typer.Option("--mode", help="observe injects nothing; the others need the sandbox.")
    ] = How.REFUSE,
    outage: Annotated[
        float | None, typer.Option("--outage", min=1, max=1800, help="Heal after so many seconds, then watch on.")
    ] = None,
    expect: Annotated[Expected | None, typer.Option("--expect", help="With --outage: how it is to end.")] = None,
    deadline: Annotated[
        float, typer.Option("--deadline", min=10, max=3600, help="Seconds for switch and return.")
    ] = 300,
    edge_delay: Annotated[
        float | None, typer.Option("--edge-delay", min=0, help="Assumed seconds until Cognito's edge follows.")
    ] = None,
    api_path: Annotated[str, typer.Option("--api-path", help="What is asked of `api.` with a token.")] = "/whoami",
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the record here.")] = None,
) -> None:
    """Fail the primary (in the sandbox), measure one switch as clients see it, heal, and judge it."""
    if expect is not None and outage is None:
        fail("--expect says how an outage is to end: add --outage SECONDS")
    manifest = manifest_from(file, copy, region)
    sandbox = sandbox_control.find(manifest)
    if mode != How.OBSERVE and sandbox is None:
        fail(f"--mode {mode} injects a fault, which only the sandbox takes: use --mode observe on AWS")
    if mode == How.OBSERVE and outage is not None:
        fail("--outage heals what was injected, and --mode observe injects nothing: leave one out")
    assumed = assumptions(sandbox, edge_delay)
    plan = plan_of(manifest, mode, outage, deadline)
    user = DrillUser(manifest)
    try:
        run = measured(manifest, plan, sandbox, user, api_path)
    finally:
        if left := user.delete():
            typer.echo(left, err=True)
    limits = Limits(own=OWN_SECONDS, ttl=failover_of(manifest).record_ttl, edge=assumed["edgeSwitchDelay"])
    found = report.Report(
        stack=manifest.name,
        pool=manifest.pool.id,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        plan=plan,
        run=run,
        limits=limits,
        assumptions=assumed,
        expected=expect,
    )
    tell(found, json_file)


def tell(found: report.Report, file: Path | None) -> None:
    """Print, write, and end with 1 when something did not hold."""
    for line in report.lines(found):
        typer.echo(line)
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(report.record(found), indent=2) + "\n")
        except OSError as error:
            fail(f"{file} cannot be written: {error}")
        typer.echo(f"record: {file}")
    if not found.held:
        raise typer.Exit(1)


def plan_of(manifest: Manifest, mode: How, outage: float | None, deadline: float) -> Plan:
    """The plan for this stack; detection is a round of the prober on top of the checks' own time."""
    facts = failover_of(manifest)
    return Plan(
        mode=cast("Mode", str(mode)),
        outage=outage,
        deadline=deadline,
        detection=facts.interval * (facts.threshold + 1),
        primary=manifest.regions.primary,
        secondary=manifest.regions.secondary,
    )


def assumptions(sandbox: SandboxControl | None, edge_delay: float | None) -> dict[str, Any]:
    """What the limits rest on. Raises RecoveryError when nobody says how long the edge takes."""
    told = sandbox.assumptions() if sandbox is not None else {}
    delay = edge_delay if edge_delay is not None else told.get("edge_switch_delay")
    if not isinstance(delay, int | float):
        raise RecoveryError("AWS publishes no figure for Cognito's edge: say what you assume, --edge-delay SECONDS")
    rest = {"sandbox": True, "speed": sandbox.speed(), **told} if sandbox is not None else {"sandbox": False}
    return {
        "edgeSwitchDelay": float(delay),
        **{name: value for name, value in rest.items() if name != "edge_switch_delay"},
    }


def measured(manifest: Manifest, plan: Plan, sandbox: SandboxControl | None, user: DrillUser, api_path: str) -> Run:
    """Sign in, connect everything, run."""
    if manifest.domains is None:
        raise RecoveryError(
            f"stack {manifest.name} has no domains in phase {manifest.phase}: roll out phase domain first"
        )
    around, board = surroundings(), Switchboard(manifest)
    network = Network(Web(around), Resolver(around.resolver, TtlCache(now=time.monotonic)))
    oauth = user.oauth(manifest.domains.auth)  # before the user is made: who may not read may not leave one behind
    tokens = user.sign_in()
    parts = _clients(manifest, manifest.domains, network, oauth, tokens, api_path)
    questions = Questions(network, oauth, (user.username, user.password), parts["serving"], tokens.refresh)
    serving, servers = manifest.domains.serving, manifest.dns.name_servers if manifest.dns else ()

    async def run() -> Run:
        source = await authority(around.resolver, servers)
        watch = Watch(clients=parts, authority=source, serving=serving, table=board.table)
        return await FailoverTest(plan, watch, board, questions, sandbox, typer.echo).run()

    return asyncio.run(run())


def _clients(
    manifest: Manifest, domains: DomainFacts, network: Network, oauth: OauthClient, tokens: Tokens, api_path: str
) -> Any:
    return {
        "auth": AuthClient(network, oauth),
        "api": ApiClient(network, domains.api, api_path, tokens.access),
        "serving": ServingClient(network, domains.serving, manifest.prefix_domains, oauth),
    }
