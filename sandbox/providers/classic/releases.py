"""What makes a function's version serve: smoke invocation, alias and permission."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sandbox.providers.errors import NotFoundError, ProviderError
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found


class Alias(Kind):
    """A name for a version; its ID is its ARN."""

    token = "aws:lambda/alias:Alias"
    required = ("functionName", "functionVersion")
    optional = ("name", "description", "region")
    create_only = ("name", "functionName", "region")
    computed = ("arn", "invokeArn")

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateAlias."""
        made = self.clients.client("lambda").create_alias(
            FunctionName=inputs["functionName"],
            Name=inputs["name"],
            FunctionVersion=inputs["functionVersion"],
            Description=inputs.get("description", ""),
        )
        return made["AliasArn"], self.read(made["AliasArn"], inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """An import may name it `function/alias`."""
        function, name = resource_id.split(":")[6:8] if ":" in resource_id else resource_id.split("/")
        with gone_is_not_found(f"alias {name} of {function}"):
            found = self.clients.client("lambda").get_alias(FunctionName=function, Name=name)
        path = f"path/2015-03-31/functions/{found['AliasArn']}/invocations"
        return {
            "name": name,
            "functionName": function,
            "functionVersion": found["FunctionVersion"],
            "arn": found["AliasArn"],
            "invokeArn": f"arn:aws:apigateway:{self.region}:lambda:{path}",
        }

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Move the alias to another version."""
        self.clients.client("lambda").update_alias(
            FunctionName=new["functionName"], Name=new["name"], FunctionVersion=new["functionVersion"]
        )
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """The version stays."""
        function, name = resource_id.split(":")[6:8]
        with gone_is_not_found(f"alias {name} of {function}"):
            self.clients.client("lambda").delete_alias(FunctionName=function, Name=name)


class Permission(Kind):
    """One statement of a function's or alias's resource policy; nothing of it changes in place."""

    token = "aws:lambda/permission:Permission"
    required = ("action", "function", "principal")
    optional = ("sourceArn", "sourceAccount", "statementId", "qualifier", "region")
    create_only = (*required, *optional)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """AddPermission; the ID is the statement's."""
        names = {"sourceArn": "SourceArn", "sourceAccount": "SourceAccount", "qualifier": "Qualifier"}
        self.clients.client("lambda").add_permission(
            FunctionName=inputs["function"],
            StatementId=inputs["statementId"],
            Action=inputs["action"],
            Principal=inputs["principal"],
            **{api: inputs[name] for name, api in names.items() if name in inputs},
        )
        return inputs["statementId"], dict(inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """An import names it `function[:qualifier]/statement`."""
        if not state:
            target, resource_id = resource_id.rsplit("/", 1)
            function, _, qualifier = target.partition(":")
            state = {"function": function} | ({"qualifier": qualifier} if qualifier else {})
        words = {"FunctionName": state["function"], **_qualifier(state)}
        with gone_is_not_found(f"permission {resource_id}"):
            policy = json.loads(self.clients.client("lambda").get_policy(**words)["Policy"])
        found = next((s for s in policy["Statement"] if s["Sid"] == resource_id), None)
        if found is None:
            raise NotFoundError(f"permission {resource_id} of {state['function']} does not exist")
        return {"statementId": resource_id, **_statement(found), **_kept(state)}

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """RemovePermission."""
        words = {"FunctionName": state["function"], "StatementId": resource_id, **_qualifier(state)}
        with gone_is_not_found(f"permission {resource_id}"):
            self.clients.client("lambda").remove_permission(**words)


def _qualifier(state: Mapping[str, Any]) -> dict[str, str]:
    return {"Qualifier": state["qualifier"]} if state.get("qualifier") else {}


def _kept(state: Mapping[str, Any]) -> Properties:
    return {key: state[key] for key in ("function", "qualifier") if state.get(key)}


def _statement(found: Mapping[str, Any]) -> Properties:
    principal = found["Principal"]
    condition = found.get("Condition") or {}
    arn = next((v for op in condition.values() for k, v in op.items() if k.lower() == "aws:sourcearn"), None)
    account = next((v for op in condition.values() for k, v in op.items() if k.lower() == "aws:sourceaccount"), None)
    live = {
        "action": found["Action"],
        "principal": principal.get("Service") or principal.get("AWS") if isinstance(principal, dict) else principal,
    }
    return live | ({"sourceArn": arn} if arn else {}) | ({"sourceAccount": account} if account else {})


class Invocation(Kind):
    """One call of a function when it is made; nothing to read or remove afterwards."""

    token = "aws:lambda/invocation:Invocation"
    required = ("functionName", "input")
    optional = ("qualifier", "triggers", "lifecycleScope", "region")
    create_only = ("functionName", "input", "qualifier", "triggers", "lifecycleScope", "region")
    computed = ("result",)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Invoke; a function that raises is an error with its own words."""
        name, qualifier = inputs["functionName"], inputs.get("qualifier", "$LATEST")
        answer = self.clients.client("lambda").invoke(
            FunctionName=name, Qualifier=qualifier, Payload=inputs["input"].encode()
        )
        body = answer["Payload"].read().decode()
        if "FunctionError" in answer:
            raise ProviderError(f"Lambda function ({name}), version {qualifier}, returned an error: {_said(body)}")
        payload = hashlib.md5(inputs["input"].encode(), usedforsecurity=False).hexdigest()
        return f"{name},{qualifier},{payload}", {**inputs, "result": body}

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """Never seen as gone."""
        return dict(state)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Nothing: a call cannot be taken back."""


def _said(body: str) -> str:
    try:
        error = json.loads(body)
    except ValueError:
        return body
    return f"{error.get('errorType', 'Error')}: {error.get('errorMessage', body)}" if isinstance(error, dict) else body
