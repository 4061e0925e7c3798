"""A resource type whose inputs are, but for their spelling, the members of one AWS call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sandbox.providers import api_shapes
from sandbox.providers.kind import Kind, Properties


class Shaped(Kind):
    """Inputs become words of the call and live answers become inputs by botocore's model; so do refusals."""

    service: ClassVar[str]
    call: ClassVar[tuple[str, ...]]
    """The operation that makes the resource, and the member of its input that the inputs belong into, if any."""
    names: ClassVar[Mapping[str, str]] = {}
    """The API's names, at any depth, where they differ in more than case."""
    apart: ClassVar[tuple[str, ...]] = ("region",)
    """Inputs that do not go into the call."""
    defaults: ClassVar[Mapping[str, Any]] = {}
    """What an input that is taken away goes back to; without an entry, to nothing: an empty text, list or map."""

    @property
    def shape(self) -> Any:
        """The structure that the inputs belong into."""
        return api_shapes.input_of(self.service, *self.call)

    @property
    def spelling(self) -> dict[str, str]:
        """The API's name of each input; case means nothing, so `enableSni` is `EnableSNI` too."""
        return {key: key for key in (*self.required, *self.optional)} | dict(self.names)

    def words(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs in the API's spelling."""
        given = {key: value for key, value in inputs.items() if key not in self.apart}
        return api_shapes.to_api(self.shape, given, self.spelling)

    def live(self, answer: Mapping[str, Any]) -> Properties:
        """What of an answer could be asked for, in Pulumi's spelling."""
        found = api_shapes.from_api(self.shape, answer, self.spelling)
        return {key: value for key, value in found.items() if key in {*self.required, *self.optional}}

    def changes(self, old: Properties, new: Properties) -> Properties:
        """The inputs that changed; those taken away with what they go back to."""
        changed = [key for key in (*self.required, *self.optional) if old.get(key) != new.get(key)]
        return {key: new[key] if key in new else self.defaults.get(key, _nothing(old[key])) for key in changed}

    def failures(self, inputs: Properties) -> Iterator[tuple[str, str]]:
        """Beside unknown and missing inputs: values outside the model's enumerations and bounds."""
        yield from super().failures(inputs)
        yield from api_shapes.refusals(self.shape, self.words(inputs), self.spelling)


def _nothing(value: Any) -> Any:
    return type(value)() if isinstance(value, str | bool | list | dict) else value
