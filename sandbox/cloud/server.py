"""Serves the cloud: one process, one loopback port per Region, until SIGTERM or SIGINT."""

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config

from sandbox.cloud import speed
from sandbox.cloud.arc import listeners
from sandbox.cloud.arc.data_plane import DataPlane
from sandbox.cloud.assumptions import Assumptions
from sandbox.cloud.edge import Edge
from sandbox.cloud.overlay import Overlay

GRACE = 1.0
"""Seconds that open requests get when the cloud ends."""


def run(directory: Path, sockets: Mapping[str, socket.socket], assumptions: Assumptions, parent: int | None) -> int:
    """Serve until told to end (or until process *parent* has ended), then remove the cloud's files."""
    directory = directory.resolve()
    ports = {listener.getsockname()[1]: region for region, listener in sockets.items()}
    urls = {region: f"http://127.0.0.1:{port}" for port, region in ports.items()}
    arc_sockets = listeners.bind()
    network = {"arc": listeners.announced(arc_sockets)}
    arc_ports = {listener.getsockname()[1]: region for region, listener in arc_sockets.items()}
    overlay = Overlay(assumptions)
    overlay.install(urls, arc_ports)
    identity = secrets.token_hex(16)
    served = {"identity": identity, "endpoints": urls, "network": network}
    applications = [
        (Edge(overlay, identity, ports), _config(sockets)),
        (DataPlane(overlay.arc, arc_ports), _config(arc_sockets)),
    ]
    try:
        asyncio.run(_serve(applications, directory, served, parent))
    finally:
        speed.stop_functions()
        for name in ("endpoints.json", "pid"):
            (directory / name).unlink(missing_ok=True)
        for name in ("tmp", "state"):
            shutil.rmtree(directory / name, ignore_errors=True)
    return 0


def _config(sockets: Mapping[str, socket.socket]) -> Config:
    config = Config()
    config.bind = [f"fd://{listener.detach()}" for listener in sockets.values()]
    config.graceful_timeout = GRACE
    config.accesslog = None
    return config


async def _serve(
    applications: Sequence[tuple[Any, Config]], directory: Path, served: Mapping[str, Any], parent: int | None
) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    servers = [
        asyncio.create_task(serve(application, config, shutdown_trigger=ended.wait))
        for application, config in applications
    ]
    helpers = [asyncio.create_task(_announce(directory, served))]
    if parent is not None:
        helpers.append(asyncio.create_task(_watch(parent, ended)))
    await asyncio.gather(*servers)
    for helper in helpers:
        helper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await helper


async def _announce(directory: Path, served: Mapping[str, Any]) -> None:
    """Write endpoints.json, whole or not at all, once both ports answer."""
    for url in served["endpoints"].values():
        host, port = url.removeprefix("http://").split(":")
        while True:
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(b"GET /_sandbox/identity HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\r\n")
            answer = await reader.read()
            writer.close()
            if served["identity"].encode() in answer:
                break
            await asyncio.sleep(0.01)
    content = {**served, "pid": os.getpid()}
    (directory / "pid").write_text(f"{os.getpid()}\n")
    draft = directory / "endpoints.json.new"
    draft.write_text(json.dumps(content, indent=2) + "\n")
    draft.replace(directory / "endpoints.json")


async def _watch(parent: int, ended: asyncio.Event) -> None:
    """End the cloud when the process that wanted it has ended."""
    while not ended.is_set():
        try:
            os.kill(parent, 0)
        except ProcessLookupError:
            ended.set()
        except PermissionError:
            pass  # it lives, under another user
        await asyncio.sleep(1.0)
