"""The plugin's gRPC server: one clean line for an error, and the old inputs that the SDK's requests leave out."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import Any

import grpc
from botocore.exceptions import BotoCoreError, ClientError
from pulumi.provider.experimental import server
from pulumi.provider.experimental.property_value import PropertyValue

from sandbox.providers.errors import ProviderError
from sandbox.providers.operations import SandboxProvider
from sandbox.providers.values import plain_map

WITH_OLD_INPUTS = ("Diff", "Update", "Delete")
SHOWN = ("Check", "Diff", "Create", "Read", "Update", "Delete", "Invoke", "Configure")


def origin(error: BaseException) -> BaseException:
    """The error that began it: the SDK's servicer raises one of its own with a traceback for a text."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, (ProviderError, ClientError, BotoCoreError)):
            return found
        error, found = found, found.__cause__ or found.__context__
    return error


def one_line(error: Exception) -> str:
    """An error in one line; ours and AWS's speak for themselves, any other is named a defect of the sandbox."""
    first = origin(error)
    text = " ".join(str(first).split())
    match first:
        case ProviderError():
            return text
        case ClientError():
            return f"AWS refuses this: {text}"
        case BotoCoreError():
            return f"the cloud cannot be asked: {text}"
        case _:
            return f"a defect of the sandbox's plugin: {type(first).__name__}: {text}"


class Servicer(server.ProviderServicer):
    """The SDK's servicer with the methods of SHOWN wrapped, below."""


def _wrapped(name: str) -> Callable[..., Any]:
    inner = getattr(server.ProviderServicer, name)

    async def method(self: Any, request: Any, context: Any) -> Any:
        provider: SandboxProvider = self._provider
        try:
            if name in WITH_OLD_INPUTS:
                provider.old_inputs[request.urn] = plain_map(PropertyValue.unmarshal_map(request.old_inputs))
            return await inner(self, request, context)
        except Exception as error:
            if os.environ.get("SANDBOX_PLUGIN_TRACEBACK"):
                raise
            await context.abort(grpc.StatusCode.UNKNOWN, one_line(error))

    return method


for _name in SHOWN:
    setattr(Servicer, _name, _wrapped(_name))


def end_with_parent() -> None:
    """A plugin whose engine was killed ends itself."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def serve(arguments: list[str], version: str, provider: SandboxProvider) -> None:
    """Serve the engine until it ends."""
    end_with_parent()
    server.ProviderServicer = Servicer  # ty: ignore[invalid-assignment] the SDK has no other way to extend it
    server.main(arguments, version, provider)
