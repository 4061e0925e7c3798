"""What every resource type of the plugins offers to the operations that all types share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sandbox.providers.cloud_clients import CloudClients

Properties = dict[str, Any]
"""Plain values by Pulumi property name (camelCase): no PropertyValue, no secret wrapper, integers as int."""


class Kind(ABC):
    """One resource type in one Region; the class attributes say what the engine has to know about it."""

    token: ClassVar[str]
    required: ClassVar[tuple[str, ...]] = ()
    """Inputs without which AWS refuses the resource."""
    optional: ClassVar[tuple[str, ...]] = ()
    """The other inputs that this plugin understands; anything else is an unknown property."""
    create_only: ClassVar[tuple[str, ...]] = ()
    """Inputs whose change replaces the resource."""
    computed: tuple[str, ...] = ()
    """Outputs unknown at the preview of a creation; `input.part` is a computed part of an input."""
    volatile: ClassVar[tuple[str, ...]] = ()
    """Computed outputs unknown at the preview of an update too, when `moves` says so; the others stay known."""
    hidden: ClassVar[tuple[str, ...]] = ()
    """Inputs that never become outputs."""
    json_text: ClassVar[tuple[str, ...]] = ()
    """Inputs whose JSON texts are compared by meaning."""
    unordered: ClassVar[tuple[str, ...]] = ()
    """Inputs whose lists are sets: AWS answers in an order of its own."""
    secret: ClassVar[tuple[str, ...]] = ()
    """Outputs that are always secret."""

    delete_before_replace: ClassVar[bool] = False
    """Whether a replacement deletes first, as aws-native always does."""

    def __init__(self, clients: CloudClients) -> None:
        self.clients = clients

    @property
    def region(self) -> str:
        """Where the resource lives."""
        return self.clients.region

    @abstractmethod
    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Make it; its ID and its live properties."""

    @abstractmethod
    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """The live properties, inputs and computed ones; raises NotFoundError. `state` is empty at an import."""

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Change it in place from the old to the new inputs; its live properties."""
        raise RuntimeError(f"{self.token} has no input that changes in place")

    @abstractmethod
    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Remove it; raises NotFoundError when it is gone already."""

    def moves(self, old: Properties, new: Properties) -> bool:
        """Whether an update from the old to the new inputs changes the volatile outputs."""
        return old != new

    def failures(self, inputs: Properties) -> Iterator[tuple[str, str]]:
        """Path and reason of everything that the type refuses in these inputs."""
        for key in inputs.keys() - {*self.required, *self.optional}:
            yield key, f"unknown property of {self.token}: the sandbox knows {', '.join(sorted(self.optional))}"
        for key in self.required:
            if key not in inputs:
                yield key, f"missing required property of {self.token}"

    def like(self, key: str, wanted: Any, live: Any) -> Any:
        """The live value of an input, written as the program wrote it where both mean the same."""
        same = key in self.unordered and sorted(wanted, key=repr) == sorted(live, key=repr)
        return wanted if same else live
