"""Two items of one DynamoDB table, read with the standard library: a boto3 client costs a cold start 300 to 400 ms.

http.client is imported by the first read, not by the import of the function. GetItem is one signed POST.
Signature version 4: docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
"""

import hashlib
import hmac
import json
import os
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

BUDGET_SECONDS = 1.0
"""For all reads of one answer: a checker waits two seconds."""
BODY_BYTES = 400_000
SERVICE = "dynamodb"


class UnreadableError(Exception):
    """The table did not give an item; the text holds a status or an exception's class and nothing else."""


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def sign(headers: Mapping[str, str], body: bytes, region: str, secret: str, key_id: str) -> str:
    """The Authorization header for a POST to `/`. All `headers` are signed: lower case, with host and x-amz-date."""
    stamp = headers["x-amz-date"]
    scope = f"{stamp[:8]}/{region}/{SERVICE}/aws4_request"
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    canonical = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = _hmac(key, part)
    signature = _hmac(key, text).hex()
    return f"AWS4-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"


def plain(attributes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """An item's texts, whole numbers and booleans."""
    item: dict[str, Any] = {}
    for key, value in attributes.items():
        if "N" in value:
            item[key] = int(float(value["N"]))
        elif "S" in value or "BOOL" in value:
            item[key] = value.get("S", value.get("BOOL"))
    return item


class Reader:
    """Reads items; the connection is kept between invocations. `connect` makes one from scheme, address and seconds."""

    def __init__(self, table: str, environment: Mapping[str, str] = os.environ) -> None:
        self.table, self.region, self._environment = table, environment["AWS_REGION"], environment
        default = f"https://{SERVICE}.{self.region}.amazonaws.com"
        self.url = environment.get("AWS_ENDPOINT_URL_DYNAMODB") or environment.get("AWS_ENDPOINT_URL") or default
        self._kept: Any = None

    def items(self, *keys: str) -> list[dict[str, Any] | None]:
        """The items by key, None for one that is not there. Raises UnreadableError within BUDGET_SECONDS."""
        deadline = time.monotonic() + BUDGET_SECONDS
        return [self._item(key, deadline) for key in keys]

    def _item(self, key: str, deadline: float) -> dict[str, Any] | None:
        body = json.dumps({"TableName": self.table, "Key": {"id": {"S": key}}, "ConsistentRead": True}).encode()
        import http.client

        reused = self._kept is not None
        try:
            answer = self._post(body, deadline)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if not reused:
                raise UnreadableError(type(error).__name__) from None
            # The other side closes idle connections: that says nothing about the table. Once more, on a new one.
            return self._item(key, deadline)
        return plain(answer["Item"]) if "Item" in answer else None

    def _post(self, body: bytes, deadline: float) -> dict[str, Any]:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connection = self._connection(left)
        connection.request("POST", "/", body, self._headers(body))
        response = connection.getresponse()
        content = response.read(BODY_BYTES)
        if response.status != 200:
            raise UnreadableError(f"status {response.status}")
        return json.loads(content)

    def _headers(self, body: bytes) -> dict[str, str]:
        environment = self._environment
        signed = {
            "content-type": "application/x-amz-json-1.0",
            "host": urlsplit(self.url).netloc,
            "x-amz-date": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()),
            "x-amz-target": "DynamoDB_20120810.GetItem",
        }
        if token := environment.get("AWS_SESSION_TOKEN"):
            signed["x-amz-security-token"] = token
        secret, key_id = environment["AWS_SECRET_ACCESS_KEY"], environment["AWS_ACCESS_KEY_ID"]
        return signed | {"authorization": sign(signed, body, self.region, secret, key_id)}

    def _connection(self, seconds: float) -> Any:
        import http.client

        if self._kept is None:
            parts = urlsplit(self.url)
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            self._kept = kind(parts.netloc, timeout=seconds)
        self._kept.timeout = seconds
        if self._kept.sock is not None:
            self._kept.sock.settimeout(seconds)
        return self._kept

    def close(self) -> None:
        """Forget the connection."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
