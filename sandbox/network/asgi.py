"""What the sandbox's ASGI applications share."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
PREFIX = "/_sandbox/"
"""What the paths of the sandbox's own begin with."""


async def read_body(receive: Receive) -> bytes:
    """The whole body of a request."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def send_json(send: Send, status: int, content: dict[str, Any]) -> None:
    """Answer a request with a JSON document."""
    body = json.dumps(content).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def empty_lifespan(receive: Receive, send: Send) -> None:
    """The life span of an application that has nothing to start or to end."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def host(scope: Scope) -> str:
    """The host name that a request asks for, lower case, without port."""
    value = next((value for name, value in scope["headers"] if name == b"host"), b"")
    return value.decode("latin-1").partition(":")[0].lower().rstrip(".")
