"""Starts, finds and stops the cloud's process. Uses nothing of the emulator."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.cloud.errors import CloudError

ROOT = Path(__file__).resolve().parents[2]
POLL = 0.02


@dataclass(frozen=True, kw_only=True)
class Endpoints:
    """Where a running cloud answers: a URL per Region, and one that no fault touches."""

    identity: str
    pid: int
    urls: Mapping[str, str]
    control: str
    network: Mapping[str, Any]
    """What stands around the Regions: "dns" (host:port), "proxy" (URL), "ca" (file), and "arc", the five
    endpoints as [{"region", "endpoint"}]."""


def start(directory: Path, lag: float = 1.0, timeout: float = 30, parent_pid: int | None = None) -> Endpoints:
    """Start a cloud in *directory* and wait until it answers; the one that runs there already is returned.

    *lag* and *timeout* are in seconds; with *parent_pid* the cloud ends when that process has ended.
    Raises CloudError when it does not answer in time, with the end of its log.
    """
    if found := running(directory):
        return found
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "endpoints.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "sandbox.cloud", "--directory", str(directory.resolve())]
    command += ["--replication-lag", str(lag)]
    command += ["--parent-pid", str(parent_pid)] if parent_pid else []
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if found := running(directory):
            return found
        if process.poll() is not None:
            raise CloudError(f"the cloud ended with status {process.returncode}: {_last_line(directory)}")
        time.sleep(POLL)
    process.terminate()
    process.wait(10)
    raise CloudError(f"the cloud did not answer within {timeout} s: {_last_line(directory)}")


def running(directory: Path) -> Endpoints | None:
    """The cloud that runs in *directory*: its file is there and its control port answers with its identity.

    The Regions' own ports are not asked: one of them may have failed on purpose.
    """
    try:
        content = json.loads((directory / "endpoints.json").read_text())
        found = Endpoints(
            identity=content["identity"],
            pid=content["pid"],
            urls=content["endpoints"],
            control=content["control"],
            network=content["network"],
        )
    except (FileNotFoundError, ValueError, KeyError):
        return None
    return found if _identity(found.control) == found.identity else None


def stop(directory: Path, timeout: float = 10) -> None:
    """End the cloud of *directory* and wait until it has ended; nothing to do when none runs there.

    Only a process that proves the identity in endpoints.json is ended: a process ID alone may by now belong
    to somebody else. Raises CloudError when it does not end within *timeout* seconds.
    """
    found = running(directory)
    if found is None:
        for name in ("endpoints.json", "pid"):
            (directory / name).unlink(missing_ok=True)
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(found.pid, signal.SIGTERM)
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if _ended(found.pid):
            return
        time.sleep(POLL)
    raise CloudError(f"the cloud (process {found.pid}) did not end within {timeout} s of SIGTERM: end it by hand")


def aws_config(endpoints: Endpoints) -> str:
    """An AWS config file with a profile per Region, for boto3, the provider plugins and `aws`."""
    return "\n".join(
        f"[profile {region}]\n"
        f"region = {region}\n"
        f"endpoint_url = {url}\n"
        "aws_access_key_id = sandbox\n"
        "aws_secret_access_key = sandbox\n"
        for region, url in endpoints.urls.items()
    )


def _identity(url: str) -> str | None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy
    try:
        with opener.open(f"{url}/_sandbox/identity", timeout=2) as answer:
            return json.load(answer)["identity"]
    except (OSError, ValueError, KeyError):
        return None


def _ended(pid: int) -> bool:
    """Whether a process has ended; collects it when it is a child of ours."""
    with contextlib.suppress(ChildProcessError):
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _last_line(directory: Path) -> str:
    lines = (directory / "log").read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it wrote nothing to its log"
