"""Inside pytest: which tests reach which mutants, then a fork for each mutant that runs those tests until one fails."""

from __future__ import annotations

import builtins
import importlib
import json
import os
import signal
import time
from pathlib import Path
from typing import Any, Final

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from tools.mutation import loader
from tools.mutation.replay import Replay

OUTPUT: Final = "MUTATION_OUTPUT"
CHOSEN: Final = "MUTATION_CHOSEN"
"""The file with the numbers of the mutants that are judged."""
SLOWEST: Final = 4.0
"""Seconds of processor time; tests that need more judge no mutant: what only they would notice counts as alive."""


def pytest_configure() -> None:
    """Without shrinking: that a test fails is enough."""
    loader.install()
    calm = settings(settings.get_profile("ci"), phases=(Phase.explicit, Phase.generate), database=None)
    settings.register_profile("mutation", calm)
    settings.load_profile("mutation")
    if OUTPUT in os.environ:
        loader.activate(loader.Recorder())


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """In place of the usual loop, when an output file is named: the mutants that a running test reaches."""
    if OUTPUT not in os.environ:
        return None
    run = Run(session.items, Path(os.environ[OUTPUT]))
    run.baseline()
    run.judge(sorted(run.reaching.keys() & set(json.loads(Path(os.environ[CHOSEN]).read_text()))))
    return True


def _reached() -> set[int]:
    recorder: Any = getattr(builtins, loader.ACTIVE)
    return set(recorder.reached)


class Run:
    """One run over all mutants; each verdict is written down as soon as it is known."""

    def __init__(self, items: list[pytest.Item], output: Path) -> None:
        self.items = items
        self.output = output
        self.replay = Replay()
        self.reaching: dict[int, list[int]] = {}
        self.seconds: list[float] = []
        self.killers: dict[int, list[int]] = {}  # of each module, the last one first
        self.output.write_text("")

    def note(self, **line: Any) -> None:
        """Write one line of the result."""
        with self.output.open("a") as file:
            file.write(json.dumps(line) + "\n")

    def baseline(self) -> None:
        """Which tests reach which mutants, and how long each takes. All must pass."""
        registry = importlib.import_module("pack.registry")  # with its mutants, once the loader is there
        self.note(atImport=sorted(_reached()), tests=len(self.items))
        for rule in registry.all_rules():
            self.replay.wrap(rule)
        for at, item in enumerate(self.items):
            loader.activate(loader.Recorder())
            started = time.process_time()
            if not self.passes(at):
                raise pytest.UsageError(f"{item.nodeid} fails without any mutant")
            self.seconds.append(time.process_time() - started)
            if self.seconds[-1] > SLOWEST:
                self.note(slow=item.nodeid, seconds=self.seconds[-1])
                continue
            for number in self.replay.reached(_reached()):
                self.reaching.setdefault(number, []).append(at)
        loader.activate(loader.NONE)

    def passes(self, at: int) -> bool:
        """Run one test."""
        item = self.items[at]
        self.replay.start(at)
        item._initrequest()  # ty: ignore[missing-attribute] - a test that runs more than once needs it
        return not any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))

    def judge(self, numbers: list[int]) -> None:
        """Each mutant by the tests that reach it: first those that killed others of its module, then the quickest."""
        for number in numbers:
            killers = self.killers.setdefault(number // loader.ROOM, [])
            reaching = set(self.reaching[number])
            first = [at for at in killers if at in reaching]
            tests = first + sorted(reaching - set(first), key=self.seconds.__getitem__)
            verdict, killer = self.fork(number, tests)
            if killer is not None:
                killers[:] = [killer, *(at for at in killers if at != killer)][:40]
            test = None if killer is None else self.items[killer].nodeid
            self.note(number=number, verdict=verdict, test=test, reaching=len(tests))

    def fork(self, number: int, tests: list[int]) -> tuple[str, int | None]:
        """`killed` and by which test, `timeout` when the tests take far longer than without a mutant, or `alive`."""
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            _silence()
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            usual = sum(self.seconds[at] for at in tests)
            signal.setitimer(signal.ITIMER_PROF, 10 + 5 * usual)
            signal.setitimer(signal.ITIMER_REAL, 120 + 20 * usual)  # one that waits for ever uses no time
            self.replay.mutate(number)
            loader.activate(number)
            for at in tests:
                if not self.passes(at):
                    os.write(writer, str(at).encode())
                    os._exit(1)
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            killer = pipe.read()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return ("timeout" if os.WTERMSIG(status) in (signal.SIGPROF, signal.SIGALRM) else "killed"), None
        return ("killed" if os.WEXITSTATUS(status) else "alive"), int(killer) if killer else None


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
