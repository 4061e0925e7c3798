"""Serves the cloud and the world around it: one process, loopback ports, until SIGTERM or SIGINT."""

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sandbox.cloud import join, speed
from sandbox.cloud.arc import listeners
from sandbox.cloud.arc.data_plane import DataPlane
from sandbox.cloud.assumptions import Assumptions
from sandbox.cloud.edge import Edge
from sandbox.cloud.overlay import Overlay
from sandbox.network import control, ports
from sandbox.network.listeners import Listener
from sandbox.network.world import World

FOLDERS = ("tmp", "state", "network")


def run(directory: Path, sockets: Mapping[str, socket.socket], assumptions: Assumptions, parent: int | None) -> int:
    """Serve until told to end (or until process *parent* has ended), then remove the cloud's files."""
    directory = directory.resolve()
    urls = {region: f"http://127.0.0.1:{ports.number(reserved)}" for region, reserved in sockets.items()}
    arc_sockets = listeners.bind()
    arc_ports = {ports.number(reserved): region for region, reserved in arc_sockets.items()}
    overlay = Overlay(assumptions)
    data_plane = DataPlane(overlay.arc, arc_ports)
    identity = secrets.token_hex(16)
    edge = Edge(overlay, identity)
    world = World(
        serve=edge.serve,
        own=edge.own,
        folder=directory / "network",
        reserved=sockets,
        endpoints=[Listener(data_plane, None, reserved) for reserved in arc_sockets.values()],
        delay=assumptions.edge_switch_delay,
    )
    join.join(world, overlay.arc)
    join.resolve_domains(world)
    edge.more = lambda method, path, body: control.handle(world, method, path, body)
    overlay.install(
        lambda region, name: {"AWS_ENDPOINT_URL": urls[region], **world.child_environment(region, name)}, arc_ports
    )
    network = {"arc": listeners.announced(arc_sockets)}
    try:
        asyncio.run(_serve(world, directory, {"identity": identity, "endpoints": urls, "network": network}, parent))
    finally:
        speed.stop_functions()
        for name in ("endpoints.json", "pid"):
            (directory / name).unlink(missing_ok=True)
        for name in FOLDERS:
            shutil.rmtree(directory / name, ignore_errors=True)
    return 0


async def _serve(world: World, directory: Path, served: dict[str, Any], parent: int | None) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    watching = asyncio.create_task(_watch(parent, ended)) if parent is not None else None
    try:
        await world.start()
        await _announce(world, directory, served)
        await ended.wait()
    finally:
        if watching is not None:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
        await world.close()


async def _announce(world: World, directory: Path, served: dict[str, Any]) -> None:
    """Write endpoints.json, whole or not at all, once the cloud answers."""
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", world.control.port)
        writer.write(b"GET /_sandbox/identity HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        if served["identity"].encode() in answer:
            break
        await asyncio.sleep(0.01)
    content = {
        **served,
        "pid": os.getpid(),
        "control": f"http://127.0.0.1:{world.control.port}",
        "network": {**world.described(), **served["network"]},
    }
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
