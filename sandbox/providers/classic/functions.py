"""Lambda functions and their published versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.providers import archive
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found

CONFIGURATION = ("handler", "runtime", "role", "memorySize", "timeout", "environment", "description")


class Function(Kind):
    """A function; its ID is its name. With `publish` every change of code or configuration is a new version."""

    token = "aws:lambda/function:Function"
    required = ("role",)
    optional = (
        *("name", "code", "publish", "architectures", "packageType", "tags", "tagsAll", "region"),
        "reservedConcurrentExecutions",
        *(key for key in CONFIGURATION if key != "role"),
    )
    create_only = ("name", "packageType", "region")
    computed = ("arn", "invokeArn", "codeSha256", "version", "qualifiedArn", "lastModified")
    volatile = ("codeSha256", "version", "qualifiedArn", "lastModified")
    hidden = ("code",)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateFunction, published at once when asked for."""
        self.clients.client("lambda").create_function(
            FunctionName=inputs["name"],
            Code={"ZipFile": archive.zipped(inputs["code"])},
            Publish=inputs.get("publish", False),
            Architectures=inputs.get("architectures", ["x86_64"]),
            **self._configuration(inputs),
        )
        self._reserve(inputs["name"], {}, inputs)
        return inputs["name"], self.read(inputs["name"], inputs)

    def _reserve(self, name: str, old: Properties, new: Properties) -> None:
        """Reserved concurrency; -1 is none."""
        before, after = (values.get("reservedConcurrentExecutions", -1) for values in (old, new))
        client = self.clients.client("lambda")
        if after != -1 and before != after:
            client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=after)
        elif before != after:
            client.delete_function_concurrency(FunctionName=name)

    def _configuration(self, inputs: Properties) -> dict[str, Any]:
        environment = (inputs.get("environment") or {}).get("variables") or {}
        return {
            "Handler": inputs["handler"],
            "Runtime": inputs["runtime"],
            "Role": inputs["role"],
            "Description": inputs.get("description", ""),
            "MemorySize": inputs.get("memorySize", 128),
            "Timeout": inputs.get("timeout", 3),
            "Environment": {"Variables": environment},
        }

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """`version` is the newest published one."""
        client = self.clients.client("lambda")
        with gone_is_not_found(f"function {resource_id}"):
            found = client.get_function_configuration(FunctionName=resource_id)
            pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=resource_id)
            versions = [v["Version"] for page in pages for v in page["Versions"]]
            reserved = client.get_function_concurrency(FunctionName=resource_id)
        version = str(max((int(v) for v in versions if v.isdigit()), default="$LATEST"))
        arn, variables = found["FunctionArn"], (found.get("Environment") or {}).get("Variables") or {}
        live = {
            "name": resource_id,
            "arn": arn,
            "invokeArn": f"arn:aws:apigateway:{self.region}:lambda:path/2015-03-31/functions/{arn}/invocations",
            "codeSha256": found["CodeSha256"],
            "version": version,
            "qualifiedArn": f"{arn}:{version}",
            "lastModified": found["LastModified"],
            "architectures": found.get("Architectures", ["x86_64"]),
            "memorySize": found["MemorySize"],
            "reservedConcurrentExecutions": reserved.get("ReservedConcurrentExecutions", -1),
            **{key: found[api] for key, api in NAMES.items()},
        }
        return live | ({"environment": {"variables": variables}} if variables else {})

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Configuration first, then code and version, as the real provider does."""
        client = self.clients.client("lambda")
        if any(old.get(key) != new.get(key) for key in CONFIGURATION):
            client.update_function_configuration(FunctionName=resource_id, **self._configuration(new))
        if digest(old) != digest(new):
            client.update_function_code(
                FunctionName=resource_id,
                ZipFile=archive.zipped(new["code"]),
                Architectures=new.get("architectures", ["x86_64"]),
            )
        self._reserve(resource_id, old, new)
        if new.get("publish") and self.moves(old, new):
            client.publish_version(FunctionName=resource_id)
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """With all its versions."""
        with gone_is_not_found(f"function {resource_id}"):
            self.clients.client("lambda").delete_function(FunctionName=resource_id)

    def moves(self, old: Properties, new: Properties) -> bool:
        """Code and configuration make a new version; tags do not."""
        keys = (*CONFIGURATION, "publish", "architectures")
        return digest(old) != digest(new) or any(old.get(key) != new.get(key) for key in keys)


NAMES = {"handler": "Handler", "runtime": "Runtime", "role": "Role", "timeout": "Timeout"}


def digest(inputs: Mapping[str, Any]) -> str | None:
    """The digest of the code, when the inputs have code."""
    code = inputs.get("code")
    return code.get("sha256") if isinstance(code, Mapping) else None
