"""The programs and packs that the host runs, and their end."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time

WATCH_SECONDS = 0.5


class Children:
    """Every process started by this host; none outlives it."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    def start(self, command: list[str], cwd: str, env: dict[str, str], *, piped: bool) -> subprocess.Popen[bytes]:
        """Start a process without standard input; `piped` gives pipes for both output streams."""
        stream = subprocess.PIPE if piped else None
        process = subprocess.Popen(  # noqa: S603 - the engine says what to run
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream
        )
        with self._lock:
            self._running.add(process)
        return process

    def wait(self, process: subprocess.Popen[bytes]) -> int:
        """The exit code of a process started here."""
        code = process.wait()
        with self._lock:
            self._running.discard(process)
        return code

    def kill(self) -> None:
        """End what still runs: after an interrupt the engine would wait 5 s for a program that ignores it."""
        with self._lock:
            for process in self._running:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()


def end_with_parent(children: Children) -> None:
    """Watch the engine from a thread of its own; a host whose engine was killed would stay for ever."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
        children.kill()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
