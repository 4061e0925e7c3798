"""The engine's questions to a language host, answered for Python."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import grpc
from google.protobuf import empty_pb2
from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from tools.language_host import environment
from tools.language_host.children import Children

VERSION = "0.1.0"
ALREADY_SHOWN = 32
"""Exit code of a program that has shown its error itself."""


def options(info: Any) -> dict[str, object]:
    """The runtime options of a project or pack."""
    return MessageToDict(info.options)


class LanguageRuntime(language_pb2_grpc.LanguageRuntimeServicer):
    """Runs programs and policy packs. `runner` is the SDK's pulumi-language-python-exec."""

    def __init__(self, engine: str, runner: Path, children: Children) -> None:
        self.engine, self.runner, self.children = engine, runner, children

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Nothing to agree on beyond the address given on the command line."""
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        """The host's own version."""
        return plugin_pb2.PluginInfo(version=VERSION)

    def GetRequiredPackages(self, request: Any, context: grpc.ServicerContext) -> Any:
        """None: the engine learns the plugins from the program's registrations."""
        return language_pb2.GetRequiredPackagesResponse()

    def RuntimeOptionsPrompts(self, request: Any, context: grpc.ServicerContext) -> Any:
        """No questions to a person."""
        return language_pb2.RuntimeOptionsResponse()

    def About(self, request: Any, context: grpc.ServicerContext) -> Any:
        """This Python and its version."""
        version = ".".join(map(str, sys.version_info[:3]))
        return language_pb2.AboutResponse(executable=sys.executable, version=version)

    def GetProgramDependencies(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Not told: requirements.txt is the list."""
        return language_pb2.GetProgramDependenciesResponse()

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        """End every running program."""
        self.children.kill()
        return empty_pb2.Empty()  # ty: ignore[missing-attribute] made at import, by protobuf

    def InstallDependencies(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Make the environment that the project names, streaming what the installer prints."""
        try:
            for line in environment.install(request.info.root_directory, options(request.info)):
                yield language_pb2.InstallDependenciesResponse(stdout=line)
        except environment.EnvironmentUnusableError as problem:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(problem))

    def Run(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Run the program once, for a preview or an update."""
        try:
            command = self._program(request)
        except environment.EnvironmentUnusableError as problem:
            return language_pb2.RunResponse(error=str(problem))
        env = os.environ | {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
        }
        code = self.children.wait(self.children.start(command, request.pwd, env, piped=False))
        if code == ALREADY_SHOWN:
            return language_pb2.RunResponse(bail=True)
        return language_pb2.RunResponse(error=f"the program exited with code {code}" if code else "")

    def _program(self, request: Any) -> list[str]:
        flags = {
            "monitor": request.monitor_address,
            "engine": self.engine,
            "project": request.project,
            "stack": request.stack,
            "organization": request.organization,
            "pwd": request.pwd,
            "root_directory": request.info.root_directory,
            "dry_run": "true" if request.dryRun else "false",
            "parallel": str(request.parallel),
        }
        python = environment.interpreter(request.info.root_directory, options(request.info))
        words = [word for name, value in flags.items() for word in (f"--{name}", value)]
        program = str(Path(request.info.program_directory, request.info.entry_point))
        return [python, "-u", str(self.runner), *words, program, *request.args]

    def RunPlugin(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Run a policy pack (or another plugin in Python) and stream what it prints until it ends."""
        try:
            python = environment.interpreter(request.info.root_directory, options(request.info))
        except environment.EnvironmentUnusableError as problem:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(problem))
        folder = request.info.program_directory
        pack = request.kind == "analyzer"
        words = ["-m", "pulumi.policy", *request.args, folder] if pack else [folder, *request.args]
        env = dict(entry.split("=", 1) for entry in request.env)
        process = self.children.start([python, "-u", *words], request.pwd, env, piped=True)
        context.add_callback(process.kill)
        yield from _streams(process)
        yield language_pb2.RunPluginResponse(exitcode=self.children.wait(process))


def _streams(process: subprocess.Popen[bytes]) -> Iterator[Any]:
    answers: queue.Queue[Any] = queue.Queue()

    def pump(stream: IO[bytes], answer: Callable[[bytes], Any]) -> None:
        for line in stream:
            answers.put(answer(line))
        answers.put(None)

    sources = (
        (process.stdout, lambda line: language_pb2.RunPluginResponse(stdout=line)),
        (process.stderr, lambda line: language_pb2.RunPluginResponse(stderr=line)),
    )
    for source in sources:
        threading.Thread(target=pump, args=source, daemon=True).start()
    for _ in sources:
        yield from iter(answers.get, None)
