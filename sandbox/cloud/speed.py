"""Patches without which a function costs more time than it takes, and what a function sees of its place."""

from collections.abc import Callable, Mapping
from typing import Any

from ministack.core import lambda_runtime

from sandbox.cloud.patching import replace

LOG_WAIT = 0.002
"""Seconds to wait for a function's first log line after its answer. The emulator waits 0.05 each time."""


ChildEnvironment = Callable[[str, str], Mapping[str, str]]
"""Region and name of a function to what it finds in its environment."""


def install(environment: ChildEnvironment) -> None:
    """Shorten the wait for log output; give each function the surroundings of its own Region."""
    replace(
        lambda_runtime.Worker,
        "_drain_stderr_bounded",
        "self first_line_wait idle_confirm hard_cap",
        lambda original: lambda self: original(self, first_line_wait=LOG_WAIT),
    )
    replace(
        lambda_runtime.Worker,
        "__init__",
        "self func_name config code_zip",
        lambda original: _in_its_place(original, environment),
    )


def _in_its_place(original: Callable[..., None], surroundings: ChildEnvironment) -> Callable[..., None]:
    def init(self: lambda_runtime.Worker, func_name: str, config: dict[str, Any], code_zip: bytes) -> None:
        _account, region = lambda_runtime._account_region_from_function_config(config)
        environment = config.get("Environment") or {}
        name = config.get("FunctionName") or func_name
        variables = {**surroundings(region, name), **(environment.get("Variables") or {})}
        config = {**config, "Environment": {**environment, "Variables": variables}}
        original(self, func_name, config, code_zip)

    return init


def stop_functions() -> None:
    """End all function processes and remove their folders."""
    lambda_runtime.reset()
