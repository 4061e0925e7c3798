"""Breaks and mends the running sandbox: `python -m sandbox fail us-east-1 --mode refuse`, `heal`, `status`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from sandbox.cloud import process
from sandbox.cloud.ask import ask
from sandbox.cloud.errors import CloudError

CLOUD = process.ROOT / ".sandbox" / "cloud"


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--directory", type=Path, default=CLOUD, help="the cloud's folder (default: .sandbox/cloud)")
    commands = parser.add_subparsers(dest="command", required=True)
    fail = commands.add_parser("fail", help="switch a fault on")
    fail.add_argument("target", help="us-east-1, us-west-2, prober, verdict, endpoints or egress")
    fail.add_argument("--mode", help="how a Region, the prober or the verdict endpoint fails")
    fail.add_argument("--count", type=int, help="how many of the cluster's endpoints are dead")
    fail.add_argument("--region", help="the Region whose functions reach nothing outside")
    heal = commands.add_parser("heal", help="switch one fault off, or all")
    heal.add_argument("target", nargs="?", default="")
    commands.add_parser("status", help="faults, speed, delegations and health checks")
    return parser.parse_args(words)


def run(given: argparse.Namespace) -> Iterator[str]:
    """Do it; the lines to show. Raises CloudError."""
    cloud = process.running(given.directory)
    if cloud is None:
        raise CloudError(f"no cloud runs in {given.directory}: start it with `make up`, or name its --directory")
    match given.command:
        case "fail":
            wanted = {"target": given.target, "mode": given.mode, "count": given.count, "region": given.region}
            ask(cloud, "PUT", "faults", {key: value for key, value in wanted.items() if value is not None})
        case "heal":
            ask(cloud, "DELETE", f"faults/{given.target}" if given.target else "faults")
    yield from status(cloud) if given.command == "status" else faults(cloud)


def faults(cloud: process.Endpoints) -> Iterator[str]:
    """A line for each fault that is on."""
    on = ask(cloud, "GET", "faults")["faults"]
    for target, how in on.items():
        yield f"failing: {target} ({', '.join(f'{key} {value}' for key, value in how.items())})"
    if not on:
        yield "no fault is on"


def status(cloud: process.Endpoints) -> Iterator[str]:
    """What a person wants to know at a glance."""
    yield f"cloud {cloud.identity} (process {cloud.pid})"
    yield from faults(cloud)
    yield f"speed of Route 53's seconds: {ask(cloud, 'GET', 'speed')['factor']:g}"
    for zone, servers in ask(cloud, "GET", "delegations")["delegations"].items():
        yield f"delegated: {zone} to {', '.join(servers)}"
    for check_id, check in ask(cloud, "GET", "health")["checks"].items():
        voices = check.get("checkers")
        said = f", {voices['healthy']} of {voices['all']} checkers" if voices else ""
        word = "healthy" if check["healthy"] else "unhealthy"
        yield f"check {check_id} {check['type']}: {word}{said}{'' if check['settled'] else ', not settled'}"


def main() -> int:
    """Returns the exit status: 2 for a mistake of the user's."""
    try:
        for line in run(arguments()):
            sys.stdout.write(f"{line}\n")
    except CloudError as error:
        sys.stderr.write(f"sandbox: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
