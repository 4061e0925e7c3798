"""Whatever the settings say, the plugins take what the program asks for."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from sandbox.providers.classic import KINDS as CLASSIC
from sandbox.providers.cloud_clients import CloudClients
from sandbox.providers.values import plain_map, wrap_map
from tests.components.mocks import Registered, deployed, unwrapped
from tests.components.stacks import stacks
from tests.sandbox.plugin import ensure_loop


def asked(resource: Registered) -> dict[str, Any]:
    """The inputs as they reach the plugin, but for code, which is no plain value here."""
    inputs = {key: unwrapped(value) for key, value in resource.inputs.items() if value is not None and key != "code"}
    return plain_map(wrap_map(inputs, ()))


@given(values=stacks("live"))
def test_the_plugins_refuse_nothing_of_a_stack(values: dict[str, Any]) -> None:
    ensure_loop()
    known = [resource for resource in deployed(values).resources if resource.type in CLASSIC]
    refused = {
        (resource.name, *failure)
        for resource in known
        for failure in CLASSIC[resource.type](CloudClients("us-east-1")).failures(asked(resource))
    }
    assert known
    assert refused == set()
