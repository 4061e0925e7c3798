"""Child processes in groups of their own, so that one can be ended with all that it has started."""

from __future__ import annotations

import codecs
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

PATIENCE = 120.0
"""Seconds for a child to take down what it has brought up: a deployed stack takes about one minute."""


class Child:
    """A command that runs; what it prints, both streams as one, is read by `output`."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - the caller's own command
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def output(self, show: Callable[[str], object]) -> str:
        """All that it prints until it has closed its output, shown as it comes: a dot is no line yet."""
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        pipe: Any = self._process.stdout
        parts = []
        while part := pipe.read1(4096):
            parts.append(decoder.decode(part))
            show(parts[-1])
        return "".join([*parts, decoder.decode(b"", final=True)])

    def code(self) -> int:
        """How it ended, once it has."""
        return self._process.wait()

    def interrupt(self) -> None:
        """Ask it to end, as Ctrl-C does: tests then take down what they have brought up."""
        self._signal(signal.SIGINT)

    def ended(self, seconds: float) -> bool:
        """Whether it has ended after so many seconds at most."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.poll() is not None

    def kill(self) -> None:
        """End it at once; one that has ended already is left alone."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self._process.poll() is None:  # its number is still its own
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)


class Children:
    """Those that run now; after `stop` there are none, and none begins."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._running: list[Child] = []
        self._stopped = False
        self._lock = threading.Lock()

    def begin(self, command: Sequence[str], folder: Path) -> Child | None:
        """A new child; None after `stop`."""
        with self._lock:
            if self._stopped:
                return None
            child = Child(command, folder)
            self._running.append(child)
            return child

    def end(self, *children: Child) -> None:
        """Interrupt them all, wait, and kill who does not listen; a second Ctrl-C meanwhile ends the wait."""
        try:
            for child in children:
                child.interrupt()
            for child in children:
                child.ended(self._patience)
        finally:
            for child in children:
                child.kill()

    def stop(self) -> None:
        """End all of them."""
        with self._lock:
            self._stopped = True
        self.end(*self._running)
