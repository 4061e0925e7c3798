"""Functions that are dead on purpose: their runs fail at once, and those under way end."""

from collections.abc import Callable
from typing import Any

from ministack.core import lambda_runtime

from sandbox.cloud.patching import replace

ERROR = {"status": "error", "error": "Runtime exited without providing a reason", "cold_start": False}
"""What Lambda says of a process that is gone."""


def install(dead: Callable[[str], bool]) -> None:
    """Ask *dead* with a function's name before each of its runs."""

    def checked(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        def invoke(self: lambda_runtime.Worker, event: Any, request_id: str, **more: Any) -> dict[str, Any]:
            if dead(self.config.get("FunctionName") or self.func_name):
                return dict(ERROR)
            return original(self, event, request_id, **more)

        return invoke

    parameters = "self event request_id trace_id depth durable invoked_function_arn"
    replace(lambda_runtime.Worker, "invoke", parameters, checked)


def end(suffix: str) -> None:
    """End the processes of all functions whose names end so, also in the middle of a run."""
    with lambda_runtime._lock:
        keys = [key for key in lambda_runtime._workers if key.split(":")[2].endswith(suffix)]
        doomed = [worker for key in keys for worker in lambda_runtime._workers.pop(key)]
    lambda_runtime.kill_workers(doomed)
