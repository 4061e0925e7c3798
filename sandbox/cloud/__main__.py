"""Starts the cloud in the foreground: `python -m sandbox.cloud --directory DIR`."""

import argparse
import dataclasses
import sys
from pathlib import Path

from sandbox.cloud import environment
from sandbox.cloud.assumptions import DEFAULT
from sandbox.cloud.errors import CloudError


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.cloud", description=__doc__)
    parser.add_argument("--directory", type=Path, required=True, help="holds all files of the cloud")
    parser.add_argument(
        "--replication-lag",
        type=float,
        default=DEFAULT.replication_lag,
        metavar="SECONDS",
        help="a write in the primary is seen in the secondary after that long (default: %(default)s)",
    )
    parser.add_argument("--parent-pid", type=int, metavar="PID", help="end when this process has ended")
    return parser.parse_args()


def main() -> int:
    """Run the cloud until SIGTERM or SIGINT. Returns the exit status."""
    given = arguments()
    try:
        assumptions = dataclasses.replace(DEFAULT, replication_lag=given.replication_lag)
        sockets = environment.prepare(given.directory)
        # Imported late: the emulator reads its environment when it is imported.
        from sandbox.cloud.server import run

        return run(given.directory, sockets, assumptions, given.parent_pid)
    except CloudError as error:
        sys.stderr.write(f"sandbox cloud: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
