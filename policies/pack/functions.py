"""A Lambda function as far as two Regions must agree on it.

Source of the defaults: docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .facts import MISSING, UNKNOWN, Resource, StackFacts
from .types import FUNCTIONS

# Property, its name in the fingerprint that the component publishes, and AWS's default.
COMPARED: Final = (
    ("runtime", "runtime", None),
    ("handler", "handler", None),
    ("memorySize", "memory", 128),
    ("timeout", "timeout", 3),
    ("architectures", "architecture", ["x86_64"]),
    ("environment.variables", "environment", {}),
    ("layers", "layers", []),
    ("ephemeralStorage.size", "storage", 512),
    ("tracingConfig.mode", "tracing", "PassThrough"),
    ("vpcConfig", "vpc", False),
)
# The classic provider says of these at the preview of a new function that it will know them, given or not.
COMPUTED: Final = frozenset({"ephemeralStorage", "tracingConfig"})


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """One trigger in one Region: the function and what its component published about it."""

    name: str
    function: Resource
    fingerprint: Any

    def value(self, path: str, published: str, default: Any) -> Any:
        """The property, else its published value while the provider does not know it yet, else the default."""
        value = MISSING if self._not_given(path) else self.function.get(path)
        if value is UNKNOWN and isinstance(self.fingerprint, dict):
            value = self.fingerprint.get(published, UNKNOWN)
        return default if value is MISSING else _comparable(path, value)

    def knows(self, path: str) -> bool:
        """Whether the function itself says it; what is published proves a difference, never that there is none."""
        return self._not_given(path) or self.function.get(path) is not UNKNOWN

    def _not_given(self, path: str) -> bool:
        """Whether the program leaves it to AWS: the engine names every property that a program gives."""
        first, given = path.split(".")[0], self.function.property_dependencies
        return first in COMPUTED and self.function.get(first) is UNKNOWN and bool(given) and first not in given

    @property
    def code(self) -> Any:
        """The hash of its source; `code` itself looks different on AWS and in the sandbox."""
        if isinstance(self.fingerprint, dict):
            return self.fingerprint.get("codeSha256", MISSING)
        return MISSING if self.fingerprint is MISSING else UNKNOWN

    def roles(self, stack: StackFacts) -> Any:
        """Its role's ARN, or, before there is one, the role resource it will come from."""
        role = self.function.get("role")
        if isinstance(role, str):
            return role
        sources = [source.urn for source in stack.sources(self.function, "role")]
        return sources[0] if len(sources) == 1 else UNKNOWN


def triggers_of(stack: StackFacts, component: Resource) -> Iterator[Trigger]:
    """The functions of one Region's component by physical name."""
    fingerprints = component.get("fingerprints")
    for function in stack.below(component, *FUNCTIONS):
        name = function.get("functionName" if "native" in function.type else "name")
        known = name if isinstance(name, str) else ""
        fingerprint = fingerprints.get(known, MISSING) if isinstance(fingerprints, dict) else UNKNOWN
        yield Trigger(name=known, function=function, fingerprint=fingerprint)


def _comparable(path: str, value: Any) -> Any:
    """Layers are named by regional ARNs, networks by regional IDs; the architecture is a word elsewhere."""
    if path == "vpcConfig" and isinstance(value, Mapping):
        subnets = value.get("subnetIds")
        return subnets if subnets is UNKNOWN else bool(subnets)
    if path == "architectures" and isinstance(value, str):
        return [value]
    if path == "layers" and isinstance(value, list):
        return [re.sub(r"^(arn:[^:]+:lambda:)[^:]+", r"\1*", v) if isinstance(v, str) else v for v in value]
    return value
