"""The engine's operations on a resource, the same for every type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi.provider.experimental import provider as api
from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers import guard
from sandbox.providers.cloud_clients import CloudClients
from sandbox.providers.errors import NotFoundError, ProviderError
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.values import (
    owned,
    part,
    plain_map,
    same_json,
    secret_names,
    with_part,
    wrap,
    wrap_map,
)


class SandboxProvider(api.Provider):
    """One plugin process: a package in one Region. `kinds` are its resource types by token."""

    def __init__(self, package: str, kinds: Mapping[str, type[Kind]]) -> None:
        self.package, self.kinds = package, kinds
        self.region = "us-east-1"
        self.allowed_accounts: Any = None
        self.old_inputs: dict[str, Properties] = {}
        """By URN; the server fills it in, because the SDK's requests leave the old inputs out."""

    async def configure(self, request: api.ConfigureRequest) -> api.ConfigureResponse:
        """Region and allowed accounts; the account is looked at before anything is made."""
        values = plain_map(request.args)
        self.region = values.get("region") or self.region
        self.allowed_accounts = values.get("allowedAccountIds")
        return await super().configure(request)

    def kind(self, token: str, inputs: Mapping[str, Any]) -> Kind:
        """The resource type of a token, in the Region that the inputs or the provider name."""
        token = token.rsplit("$", 1)[-1]  # a child of components carries their types before its own
        if token not in self.kinds:
            raise ProviderError(f"{token}: the sandbox has no such resource type")
        region = inputs.get("region")
        return self.kinds[token](CloudClients(region if isinstance(region, str) else self.region))

    async def check(self, request: api.CheckRequest) -> api.CheckResponse:
        """Inputs as they will be compared and sent, or every reason why AWS refuses them."""
        bare = {key: value for key, value in plain_map(request.new_inputs).items() if value is not None}
        failures = [api.CheckFailure(path, reason) for path, reason in self.kind(request.type, bare).failures(bare)]
        return api.CheckResponse(wrap_map(bare, secret_names(request.new_inputs)), failures)

    async def diff(self, request: api.DiffRequest) -> api.DiffResponse:
        """Replacement on create-only inputs; whether anything changed the engine sees in the inputs."""
        new = plain_map(request.new_inputs)
        kind, old = self.kind(request.type, new), self.old_inputs[request.urn]
        replaces = [key for key in kind.create_only if old.get(key) != new.get(key)]
        return api.DiffResponse(replaces=replaces, delete_before_replace=kind.delete_before_replace)

    async def create(self, request: api.CreateRequest) -> api.CreateResponse:
        """Make the resource, or say at a preview what will be known of it."""
        inputs = plain_map(request.properties)
        kind = self.kind(request.type, inputs)
        secrets = secret_names(request.properties)
        if request.preview:
            return api.CreateResponse("", foreseen(kind, inputs, dict.fromkeys(kind.computed, UNKNOWN), secrets))
        self._demand(request.urn, kind)
        resource_id, live = kind.create(inputs)
        return api.CreateResponse(resource_id, outputs(kind, inputs, live, secrets))

    async def update(self, request: api.UpdateRequest) -> api.UpdateResponse:
        """Change the resource in place, or say at a preview what stays known."""
        old, new, state = self.old_inputs[request.urn], plain_map(request.news), plain_map(request.olds)
        kind = self.kind(request.type, new)
        secrets = secret_names(request.news)
        if request.preview:
            moved = kind.volatile if kind.moves(old, new) else ()
            known = {path: UNKNOWN if path in moved else part(state, path) for path in kind.computed}
            return api.UpdateResponse(foreseen(kind, new, known, secrets))
        self._demand(request.urn, kind)
        live = kind.update(request.resource_id, old, new)
        return api.UpdateResponse(outputs(kind, new, live, secrets))

    async def read(self, request: api.ReadRequest) -> api.ReadResponse:
        """Refresh or import."""
        inputs, state = plain_map(request.inputs), plain_map(request.properties)
        kind = self.kind(request.type, inputs or state)
        if not inputs and not state and guard.offline_import_allowed(request.urn):
            return offline_import(kind, request.resource_id)
        self._demand(request.urn, kind)
        try:
            live = kind.read(request.resource_id, state)
        except NotFoundError:
            return api.ReadResponse("", {}, {})
        fresh = refreshed(kind, inputs, live) if inputs else imported(kind, live)
        secrets = secret_names(request.inputs) | secret_names(request.properties)
        secrets |= set(kind.secret)
        return api.ReadResponse(request.resource_id, outputs(kind, fresh, live, secrets), wrap_map(fresh, secrets))

    async def delete(self, request: api.DeleteRequest) -> None:
        """Remove the resource; one that is gone already is no error."""
        state = plain_map(request.properties)
        kind = self.kind(request.type, state)
        self._demand(request.urn, kind)
        try:
            kind.delete(request.resource_id, state)
        except NotFoundError:
            return

    async def invoke(self, request: api.InvokeRequest) -> api.InvokeResponse:
        """The functions that a program may ask."""
        arguments = plain_map(request.args)
        match request.tok:
            case "aws:index/getCallerIdentity:getCallerIdentity":
                account = CloudClients(self.region).account
                answer = {"accountId": account, "id": account, "arn": f"arn:aws:iam::{account}:root", "userId": account}
            case "aws-native:cognito:getUserPool":
                answer = self._live_pool(arguments["userPoolId"])
            case other:
                raise ProviderError(f"{other}: the sandbox has no such function")
        return api.InvokeResponse({key: wrap(value) for key, value in answer.items()})

    def _live_pool(self, pool_id: str) -> Properties:
        """The pool's live properties; none at an offline preview, which asks nobody."""
        import os

        if os.environ.get(guard.OFFLINE) == "true":
            return {}
        return self.kind("aws-native:cognito:UserPool", {}).read(pool_id, {})

    def _demand(self, urn: str, kind: Kind) -> None:
        guard.demand_local(urn)
        guard.demand_account(self.allowed_accounts, kind.clients)


def outputs(kind: Kind, inputs: Properties, live: Properties, secrets: set[str]) -> dict[str, Any]:
    """What the state keeps: what is live, overlaid by what the program asked for."""
    return foreseen(kind, inputs, live | {path: part(live, path) for path in kind.computed}, secrets)


def foreseen(kind: Kind, inputs: Properties, found: Properties, secrets: set[str]) -> dict[str, Any]:
    """The outputs when `found`, by path, is all that is known beside the inputs."""
    hidden = set(kind.hidden)
    kept = {key: value for key, value in found.items() if "." not in key}
    kept |= {key: value for key, value in inputs.items() if key not in hidden}
    for path in kind.computed:
        if "." in path:
            kept = with_part(kept, path, found.get(path))
    known = {key: value for key, value in kept.items() if value is not None}
    return wrap_map(known, secrets | set(kind.secret))


def refreshed(kind: Kind, inputs: Properties, live: Properties) -> Properties:
    """The inputs as they are live, on the paths that the program owns."""

    def fresh(key: str, value: Any) -> Any:
        if key in kind.hidden or key not in live or (key in kind.json_text and same_json(value, live[key])):
            return value
        return kind.like(key, value, owned(value, live[key]))

    return {key: fresh(key, value) for key, value in inputs.items()}


def imported(kind: Kind, live: Properties) -> Properties:
    """All that is live and could be asked for."""
    for path in kind.computed:
        live = with_part(live, path, None)
    return {key: value for key, value in live.items() if value not in (None, [], {})}


def offline_import(kind: Kind, resource_id: str) -> api.ReadResponse:
    """An import that nobody can look at: its ID is known, nothing else."""
    known = {key: resource_id for key in kind.computed if key in ("userPoolId", "arn")}
    return api.ReadResponse(
        resource_id, {key: wrap(value) for key, value in known.items()}, {"name": wrap(resource_id)}
    )
