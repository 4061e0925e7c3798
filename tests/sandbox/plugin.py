"""A provider plugin as the engine uses it, in plain values, and what every resource type must hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pulumi
from pulumi.provider.experimental import provider as api
from pulumi.runtime import rpc
from pulumi.runtime import settings as runtime_settings
from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers.classic import KINDS as CLASSIC
from sandbox.providers.native import KINDS as NATIVE
from sandbox.providers.operations import SandboxProvider
from sandbox.providers.values import part, plain_map, wrap_map

LOOP = asyncio.new_event_loop()


class Plugin:
    """One plugin with the requests of a resource's life, in plain values."""

    def __init__(self, package: str, token: str, stack: str = "local", region: str = "us-east-1") -> None:
        self.provider = SandboxProvider(package, CLASSIC if package == "aws" else NATIVE)
        self.token, self.urn = token, f"urn:pulumi:{stack}::p::a:b:C${token}::n"
        self.provider.region = region

    def check(self, inputs: dict[str, Any]) -> list[str]:
        request = api.CheckRequest(self.urn, {}, wrap_map(inputs, ()), b"")
        return [f"{f.property}: {f.reason}" for f in asyncio.run(self.provider.check(request)).failures or []]

    def create(self, inputs: dict[str, Any], *, preview: bool = False) -> tuple[str, dict[str, Any]]:
        answer = self.creation(inputs, preview=preview)
        return answer.resource_id or "", plain_map(answer.properties or {})

    def creation(self, inputs: dict[str, Any], *, preview: bool = False) -> api.CreateResponse:
        request = api.CreateRequest(self.urn, wrap_map(inputs, ()), 60, preview)
        return asyncio.run(self.provider.create(request))

    def update(self, resource_id: str, old: dict, new: dict, state: dict, *, preview: bool = False) -> dict[str, Any]:
        self.provider.old_inputs[self.urn] = old
        olds, news = wrap_map(state, ()), wrap_map(new, ())
        request = api.UpdateRequest(self.urn, resource_id, olds, news, 60, [], preview)
        return plain_map(asyncio.run(self.provider.update(request)).properties or {})

    def read(self, resource_id: str, inputs: dict[str, Any], state: dict[str, Any]) -> api.ReadResponse:
        request = api.ReadRequest(self.urn, resource_id, wrap_map(state, ()), wrap_map(inputs, ()))
        return asyncio.run(self.provider.read(request))

    def diff(self, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
        self.provider.old_inputs[self.urn] = old
        request = api.DiffRequest(self.urn, "id", wrap_map(old, ()), wrap_map(new, ()), [])
        return list(asyncio.run(self.provider.diff(request)).replaces or [])

    def delete(self, resource_id: str, state: dict[str, Any]) -> None:
        request = api.DeleteRequest(self.urn, resource_id, wrap_map(state, ()), 60)
        asyncio.run(self.provider.delete(request))

    def settles(self, inputs: dict[str, Any], *, untold: tuple[str, ...] = ()) -> tuple[str, dict[str, Any]]:
        """Create what the program asks for; the next preview and the next refresh must find nothing to do.

        Drift can be seen in every input but those that are `untold`.
        """
        kind = self.provider.kind(self.token, inputs)
        computed = kind.computed
        assert self.check(inputs) == []
        _, planned = self.create(inputs, preview=True)
        assert {path: part(planned, path) for path in computed} == dict.fromkeys(computed, UNKNOWN)
        resource_id, state = self.create(inputs)
        assert [path for path in computed if part(state, path) is None] == []
        self.unchanged(resource_id, inputs, state)
        assert inputs.keys() - kind.read(resource_id, state).keys() - {"region"} == set(untold)
        return resource_id, state

    def unchanged(self, resource_id: str, inputs: dict[str, Any], state: dict[str, Any]) -> None:
        """A refresh finds no drift and an import brings every input back."""
        seen = self.read(resource_id, inputs, state)
        assert seen.resource_id == resource_id
        assert differences(inputs, plain_map(seen.inputs or {})) == {}
        assert differences(state, plain_map(seen.properties or {})) == {}
        assert self.diff(inputs, inputs) == []

    def ends(self, resource_id: str, inputs: dict[str, Any], state: dict[str, Any]) -> None:
        """Delete it; a refresh no longer sees it and a second deletion is no error."""
        self.delete(resource_id, state)
        assert self.read(resource_id, inputs, state).resource_id == ""
        self.delete(resource_id, state)


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What changed, by property."""
    keys = before.keys() | after.keys()
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}


class _Recorder(pulumi.runtime.Mocks):
    def __init__(self) -> None:
        self.inputs: dict[str, dict[str, Any]] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self.inputs[args.typ] = dict(args.inputs)
        return "id", dict(args.inputs)

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], None]:
        return {}, None


def ensure_loop() -> None:
    """The SDK wants an event loop to be there, and `asyncio.run` leaves none behind."""
    asyncio.set_event_loop(LOOP)


def sdk_inputs(make: Callable[[], pulumi.CustomResource]) -> dict[str, Any]:
    """The inputs that the SDK sends for the one resource that `make` constructs."""
    recorder = _Recorder()
    ensure_loop()
    runtime_settings.reset_options(project="p", stack="local", preview=False)
    pulumi.runtime.set_mocks(recorder, project="p", stack="local", preview=False)
    tokens: list[str] = []

    @pulumi.runtime.test
    def run() -> Any:
        resource = make()
        tokens.append(resource._type)
        return resource.id

    run()
    sent = plain_map(wrap_map(_bare(recorder.inputs[tokens[0]]), ()))
    return {key: value for key, value in sent.items() if value is not None}


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return _bare(value["value"]) if rpc._special_sig_key in value else {k: _bare(v) for k, v in value.items()}
    return [_bare(item) for item in value] if isinstance(value, list) else value
