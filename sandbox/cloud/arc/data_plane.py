"""The service route53-recovery-cluster: JSON calls, one ASGI application behind all five endpoints.

Source: API reference of the routing control data plane. An endpoint's URL is `http://127.0.0.1:PORT/v1/ID`
with the cluster's ID; the port is the endpoint's Region.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from sandbox.cloud.arc import shapes
from sandbox.cloud.arc.errors import ArcError, ResourceNotFoundError, ValidationError
from sandbox.cloud.arc.pages import page
from sandbox.cloud.arc.state import Arc

TARGET = "ToggleCustomerAPI."
VERSION = "/v1"
PAGE = 500

Message = MutableMapping[str, Any]
Answer = dict[str, Any]


class DataPlane:
    """The ASGI application. *regions* are the endpoints' Regions by port."""

    def __init__(self, arc: Arc, regions: Mapping[int, str]) -> None:
        self._arc = arc
        self._regions = regions
        self._operations: dict[str, Callable[[Answer, str, str], Answer]] = {
            "GetRoutingControlState": self._get,
            "ListRoutingControls": self._list,
            "UpdateRoutingControlState": self._update_one,
            "UpdateRoutingControlStates": self._update_many,
        }

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        target = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"x-amz-target"), "")
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        status, content = self.answer(self._regions[scope["server"][1]], scope["path"], target, body)
        raw = json.dumps(content).encode()
        headers = [(b"content-type", b"application/x-amz-json-1.0"), (b"content-length", str(len(raw)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": raw})

    def answer(self, endpoint: str, path: str, target: str, body: bytes) -> tuple[int, Answer]:
        """Status and JSON answer of one call to the endpoint in Region *endpoint*."""
        try:
            operation = self._operations.get(target.removeprefix(TARGET))
            if operation is None or not target.startswith(TARGET):
                raise ValidationError(f"unknown operation {target!r}", reason="unknownOperation")
            return 200, operation(_parsed(body), endpoint, self._cluster(path))
        except ArcError as error:
            return error.status, {"__type": error.code, "message": error.message, **error.details}
        except (TypeError, ValueError) as error:
            return 400, {"__type": "ValidationException", "message": f"malformed: {error}", "reason": "cannotParse"}

    def _cluster(self, path: str) -> str:
        """The ARN of the cluster that the endpoint's path names."""
        name = path.removeprefix(VERSION).strip("/")
        for arn in self._arc.clusters:
            if path.startswith(f"{VERSION}/") and arn.endswith(f"/{name}"):
                return arn
        raise ResourceNotFoundError(f"no cluster has an endpoint with the path {path!r}")

    def _get(self, data: Answer, endpoint: str, cluster: str) -> Answer:
        found = shapes.state(self._arc, self._arc.get(data["RoutingControlArn"], endpoint, cluster))
        return {key: found[key] for key in ("RoutingControlArn", "RoutingControlName", "RoutingControlState")}

    def _list(self, data: Answer, endpoint: str, cluster: str) -> Answer:
        found = self._arc.list(data.get("ControlPanelArn"), endpoint, cluster)
        rows, more = page([shapes.state(self._arc, one) for one in found], data, PAGE)
        return {"RoutingControls": rows, **more}

    def _update_one(self, data: Answer, endpoint: str, cluster: str) -> Answer:
        return self._update([data], data, endpoint, cluster)

    def _update_many(self, data: Answer, endpoint: str, cluster: str) -> Answer:
        return self._update(data["UpdateRoutingControlStateEntries"], data, endpoint, cluster)

    def _update(self, entries: list[Answer], data: Answer, endpoint: str, cluster: str) -> Answer:
        wanted = {entry["RoutingControlArn"]: entry["RoutingControlState"] for entry in entries}
        if len(wanted) != len(entries):
            raise ValidationError("a routing control is named twice", reason="fieldValidationFailed")
        self._arc.update(wanted, data.get("SafetyRulesToOverride") or (), endpoint, cluster)
        return {}


def _parsed(body: bytes) -> Answer:
    try:
        data = json.loads(body or b"{}", object_hook=_Required)
    except ValueError:
        raise ValidationError("the body is no JSON", reason="cannotParse") from None
    if not isinstance(data, dict):
        raise ValidationError("the body is no JSON object", reason="cannotParse")
    return data


class _Required(dict[str, Any]):
    """A request; a member that is missing is a ValidationException, not a KeyError."""

    def __missing__(self, key: str) -> Any:
        raise ValidationError(f"{key} is required", reason="fieldValidationFailed")
