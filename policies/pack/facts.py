"""What a rule may know about a stack: plain data, with explicit marks for what is not known.

The engine's own proxies raise at the first unknown value and so end a whole policy as an advisory
skip; a preview of a new stack would pass unchecked. Here an unknown is a value that a rule can see.
Source: pulumi.com/docs/insights/policy/policy-packs/authoring
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, Final


class Mark(Enum):
    """Stands where a value should be."""

    UNKNOWN = "unknown"  # exists, but is not known before the update, or is not readable as expected
    MISSING = "missing"  # not set at all


UNKNOWN: Final = Mark.UNKNOWN
MISSING: Final = Mark.MISSING


def holds_unknown(value: Any) -> bool:
    """Tell whether a value is unknown, wholly or in any part."""
    if isinstance(value, Mapping):
        return any(holds_unknown(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(holds_unknown(item) for item in value)
    return value is UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Texts:
    """A list of strings as far as it is known; `whole` is False when there may be more."""

    known: list[str]
    whole: bool


def texts(value: Any) -> Texts:
    """Read a list of strings. A missing list is empty; another form, or an item that is no text, is unknown."""
    if value is MISSING:
        return Texts(known=[], whole=True)
    items = list(value) if isinstance(value, list | tuple) else [UNKNOWN]
    known = [item for item in items if isinstance(item, str)]
    return Texts(known=known, whole=len(known) == len(items))


@dataclass(frozen=True, kw_only=True)
class Provider:
    """The provider that makes a resource. `region` is None when it comes from the environment."""

    name: str
    region: str | Mark = MISSING


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One resource or component; `props` are plain data in the engine's camelCase names."""

    type: str
    name: str
    urn: str
    props: Mapping[str, Any] = field(default_factory=dict)
    parent: str | None = None
    dependencies: Sequence[str] = ()
    property_dependencies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    provider: Provider | None = None
    protect: bool = False

    def get(self, path: str) -> Any:
        """Follow a dotted path. What cannot be followed because it is no object counts as unknown."""
        value: Any = self.props
        for key in path.split("."):
            if not isinstance(value, Mapping):
                return UNKNOWN
            value = value.get(key, MISSING)
            if value is None or value is MISSING:
                return MISSING
        return value

    @property
    def lineage(self) -> list[str]:
        """The types of its ancestors and its own, as the URN keeps them."""
        parts = self.urn.split("::")
        return parts[2].split("$") if len(parts) > 3 else [self.type]


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the engine says about the run. `config` values are text, objects as JSON."""

    stack: str | None = None
    project: str | None = None
    dry_run: bool = False
    config: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StackFacts:
    """All resources of a stack, or the one that is about to be applied."""

    resources: Sequence[Resource]
    context: Context = Context()

    @cached_property
    def by_urn(self) -> Mapping[str, Resource]:
        """Every resource by its URN."""
        return {resource.urn: resource for resource in self.resources}

    @cached_property
    def by_type(self) -> Mapping[str, Sequence[Resource]]:
        """Every resource by its type token, in the order of URNs."""
        found: dict[str, list[Resource]] = {}
        for resource in sorted(self.resources, key=lambda one: one.urn):
            found.setdefault(resource.type, []).append(resource)
        return found

    def of_type(self, *types: str) -> list[Resource]:
        """All resources of these type tokens, ordered by URN so that findings are, too."""
        found = [resource for kind in dict.fromkeys(types) for resource in self.by_type.get(kind, ())]
        return sorted(found, key=lambda one: one.urn) if len(types) > 1 else found

    def setting(self, key: str) -> Any:
        """A setting of the program; objects travel as JSON text, an account ID must stay text."""
        text = self.context.config.get(f"cognito-dr:{key}")
        if text is None:
            return MISSING
        try:
            value = json.loads(text)
        except ValueError:
            return text
        return value if isinstance(value, dict | list | str) else text

    @cached_property
    def by_parent(self) -> Mapping[str, Sequence[Resource]]:
        """Every resource by its parent's URN, in the order of URNs."""
        found: dict[str, list[Resource]] = {}
        for resource in sorted(self.resources, key=lambda one: one.urn):
            found.setdefault(resource.parent or "", []).append(resource)
        return found

    @cached_property
    def indexes(self) -> dict[Any, Any]:
        """What others derive from all resources once, because looking through them for each would take squares."""
        return {}

    def children(self, parent: Resource, *types: str) -> list[Resource]:
        """The direct children of a component."""
        return [resource for resource in self.by_parent.get(parent.urn, ()) if resource.type in types]

    def ancestors(self, resource: Resource) -> Iterator[Resource]:
        """The parents from the nearest to the stack itself."""
        seen = {resource.urn}
        parent = self.by_urn.get(resource.parent or "")
        while parent is not None and parent.urn not in seen:
            seen.add(parent.urn)
            yield parent
            parent = self.by_urn.get(parent.parent or "")

    def below(self, component: Resource, *types: str) -> list[Resource]:
        """Every resource of these types that a component holds, at any depth."""
        return [r for r in self.of_type(*types) if component in self.ancestors(r)]

    def sources(self, resource: Resource, prop: str) -> list[Resource]:
        """The resources that a property's value came from; known even when the value is not."""
        urns = resource.property_dependencies.get(prop, ())
        return [self.by_urn[urn] for urn in sorted(set(urns)) if urn in self.by_urn]

    def region(self, resource: Resource) -> str | Mark:
        """The Region a resource is made in: its own `region`, else its provider's."""
        own = resource.get("region")
        if isinstance(own, str):
            return own
        if own is UNKNOWN and resource.property_dependencies.get("region"):
            return UNKNOWN  # the program computes it; the provider's Region would be a guess
        region = resource.provider.region if resource.provider else MISSING
        return region if isinstance(region, str) else UNKNOWN
