"""A Cloud Control resource type: CloudFormation models inside, the SDK's names outside."""

from __future__ import annotations

import functools
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from sandbox.providers.cloud_clients import CloudClients
from sandbox.providers.kind import Kind, Properties

if TYPE_CHECKING:
    from sandbox.providers.native.schema import Schema

Model = dict[str, Any]
"""Properties in CloudFormation's spelling."""


class NativeKind(Kind):
    """Create, read and update speak models; an update is a patch on the model as read, as Cloud Control does it.

    Replacements need no create-only list: the SDK itself sends replaceOnChanges.
    """

    cloud_formation: ClassVar[str]
    delete_before_replace = True

    def __init__(self, clients: CloudClients) -> None:
        super().__init__(clients)
        self.computed = self.schema.names("readOnlyProperties")

    @functools.cached_property
    def schema(self) -> Schema:
        """The type's schema in this Region."""
        from sandbox.providers.native import schema  # 0.7 s: not for a plugin that handles classic types

        return schema.load(self.cloud_formation, self.region)

    @property
    def cognito(self) -> Any:
        """The Cognito client of this Region."""
        return self.clients.client("cognito-idp")

    @abstractmethod
    def create_model(self, model: Model) -> str:
        """Make the resource; its identifier."""

    @abstractmethod
    def read_model(self, resource_id: str) -> Model:
        """What the type's read handler returns; raises NotFoundError."""

    def apply(self, resource_id: str, model: Model, changed: frozenset[str]) -> None:
        """Send a whole model to the service; `changed` are the top-level properties of the patch."""
        raise RuntimeError(f"{self.token} has no property that changes in place")

    def failures(self, inputs: Properties) -> Iterator[tuple[str, str]]:
        """What CloudFormation's schema refuses."""
        yield from self.schema.refusals(inputs)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateResource."""
        resource_id = self.create_model(self.schema.to_model(inputs))
        return resource_id, self.read(resource_id, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """GetResource."""
        return self.schema.to_sdk(self.read_model(resource_id))

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """UpdateResource: changed top-level properties only, each replaced whole, on the live model."""
        before, after = self.schema.to_model(old), self.schema.to_model(new)
        written_only = self.schema.root.get("writeOnlyProperties", ())
        always = {path.removeprefix("/properties/") for path in written_only} & after.keys()
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} | always
        model = self.read_model(resource_id)
        for key in changed:
            if key in after:
                model[key] = after[key]
            else:
                model.pop(key, None)
        self.apply(resource_id, model, frozenset(changed))
        return self.read(resource_id, new)


def given(model: Model, names: tuple[str, ...]) -> Model:
    """The named properties that a model has."""
    return {name: model[name] for name in names if model.get(name) is not None}
