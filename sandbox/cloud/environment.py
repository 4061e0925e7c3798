"""Prepares the process before the emulator is imported: its environment, its folders, its ports.

The emulator reads environment variables at import and hands its whole environment to every function it
runs. So the environment is reduced to a short list first: no credential or setting of the user's shell
can reach the emulator or a function.
"""

import os
import shutil
import socket
import tempfile
from pathlib import Path

from sandbox.cloud.assumptions import REGIONS
from sandbox.network import ports

KEPT = frozenset({"PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT"})


def settings(directory: Path, port: int) -> dict[str, str]:
    """The emulator's settings; every file of it lies in *directory*."""
    return {
        "TMPDIR": str(directory / "tmp"),
        "STATE_DIR": str(directory / "state"),  # its signing keys; the default is one folder for all
        "S3_DATA_DIR": str(directory / "state" / "s3"),
        "HOME": str(directory / "state"),
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",  # otherwise it listens on all interfaces, port 8883
        "SFTP_ENABLED": "0",
        "LAMBDA_EXECUTOR": "local",
        "DOCKER_HOST": f"unix://{directory / 'no-docker.sock'}",  # never touch the user's containers
        "MINISTACK_COGNITO_PRETOKEN_STRICT": "1",  # a failing trigger fails the sign-in, as on AWS
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def prepare(directory: Path) -> dict[str, socket.socket]:
    """Empty the folders, reserve a loopback port per Region, reduce the environment.

    Returns the reserved ports by Region. Call it before anything imports the emulator.
    """
    directory = directory.resolve()
    for name in ("tmp", "state"):
        shutil.rmtree(directory / name, ignore_errors=True)
        (directory / name).mkdir(parents=True)
    sockets = {region: ports.reserve() for region in REGIONS}
    kept = {key: value for key, value in os.environ.items() if key in KEPT}
    os.environ.clear()
    os.environ.update(kept)
    os.environ.update(settings(directory, ports.number(sockets[REGIONS[0]])))
    tempfile.tempdir = None  # forget a folder chosen before
    return sockets
