"""A small AWS on one loopback port: ARC's data plane, a table, a pool; by X-Amz-Target."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RULE = "arn:aws:route53-recovery-control::000000000000:controlpanel/p/safetyrule/r"


class RefusalError(Exception):
    """An answer other than 200."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class FakeAws:
    """What the ports share: control states, items, and what was called at which port."""

    def __init__(self) -> None:
        self.states = {"arn:force": "Off", "arn:pin": "Off"}
        self.items: dict[str, dict[str, Any]] = {}
        self.calls: list[tuple[int, str]] = []
        self.pools = {"us-east-1_abc"}
        self.key_policies: dict[str, str] = {}
        self.grants: dict[str, list[dict[str, Any]]] = {}
        self.majority = True
        self.before_update = lambda: None

    def answer(self, port: int, target: str, body: dict[str, Any]) -> dict[str, Any]:
        operation = target.split(".")[-1]
        self.calls.append((port, operation))
        return getattr(self, operation)(body)

    def GetRoutingControlState(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - the API's name
        self._quorate()
        arn = body["RoutingControlArn"]
        return {"RoutingControlArn": arn, "RoutingControlState": self.states[arn]}

    def UpdateRoutingControlStates(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._quorate()
        self.before_update()
        entries = body["UpdateRoutingControlStateEntries"]
        result = self.states | {each["RoutingControlArn"]: each["RoutingControlState"] for each in entries}
        if all(state == "On" for state in result.values()):
            raise RefusalError(409, "ConflictException", f"safety rule {RULE} would not hold")
        self.states = result
        return {}

    def DescribeUserPool(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if body["UserPoolId"] not in self.pools:
            raise RefusalError(400, "ResourceNotFoundException", "User pool does not exist.")
        return {"UserPool": {"Id": body["UserPoolId"]}}

    def GetKeyPolicy(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if body["KeyId"] not in self.key_policies:
            raise RefusalError(400, "AccessDeniedException", "not authorized to perform: kms:GetKeyPolicy")
        return {"Policy": self.key_policies[body["KeyId"]]}

    def ListGrants(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - a grant a page
        at, grants = int(body.get("Marker", 0)), self.grants.get(body["KeyId"], [])
        more = at + 1 < len(grants)
        return {"Grants": grants[at : at + 1], "Truncated": more} | ({"NextMarker": str(at + 1)} if more else {})

    def GetItem(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        item = self.items.get(body["Key"]["id"]["S"])
        return {"Item": item} if item is not None else {}

    def UpdateItem(self, body: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self.before_update()
        key, values = body["Key"]["id"]["S"], body["ExpressionAttributeValues"]
        item = self.items.setdefault(key, {"id": {"S": key}})
        names = body["ExpressionAttributeNames"]
        if condition := body.get("ConditionExpression"):
            found = re.fullmatch(r"attribute_not_exists\((#\w+)\) OR (#\w+) = (:\w+)", condition)
            assert found is not None, condition
            name = names[found[1]]
            if name in item and item[name] != values[found[3]]:
                raise RefusalError(400, "ConditionalCheckFailedException", "The conditional request failed")
        for name, value in re.findall(r"(#\w+) = (:\w+)", body["UpdateExpression"]):
            item[names[name]] = values[value]
        return {}

    def _quorate(self) -> None:
        if not self.majority:
            raise RefusalError(503, "EndpointTemporarilyUnavailableException", "2 of 5 endpoints are available")


@contextmanager
def serve(fake: FakeAws) -> Generator[int]:
    """The port of one endpoint."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            port = self.connection.getsockname()[1]
            try:
                status, answer = 200, fake.answer(port, self.headers["X-Amz-Target"], body)
            except RefusalError as refusal:
                status, answer = refusal.status, {"__type": refusal.code, "message": str(refusal)}
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
