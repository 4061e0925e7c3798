"""CloudFormation's schemas, as cfn-lint ships them: property names, computed properties, and what AWS refuses."""

from __future__ import annotations

import difflib
import functools
import importlib.resources
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import regex
from jsonschema import Draft7Validator, validators
from jsonschema.exceptions import ValidationError
from pulumi.runtime.rpc import UNKNOWN

DATA = importlib.resources.files("cfnlint") / "data" / "schemas"
JSON = dict[str, Any]


def sdk_name(name: str) -> str:
    """aws-native's spelling of a CloudFormation name: `KMSKeyID` is `kmsKeyId`."""
    lower = regex.sub(r"[A-Z]{2,}s?$|[A-Z]{2,}(?=[A-Z][a-z])", lambda run: run[0].capitalize(), name)
    return lower[0].lower() + lower[1:]


@functools.cache
def _region(region: str) -> dict[str, str]:
    return json.loads((DATA / "providers" / f"{region}.json").read_text())


@functools.cache
def load(name: str, region: str) -> Schema:
    """The schema of a CloudFormation type in a Region. Raises LookupError where the Region does not have it."""
    known = _region(region)
    if name not in known:
        raise LookupError(f"{name}: CloudFormation has no such type in {region}")
    return Schema(name, json.loads((DATA / "resources" / f"{known[name]}.json").read_text()))


@dataclass(frozen=True)
class Schema:
    """One resource type."""

    name: str
    root: JSON = field(repr=False)

    def names(self, key: str) -> tuple[str, ...]:
        """Top-level property names (SDK spelling) of one of the schema's lists, such as readOnlyProperties."""
        return tuple(sdk_name(path.removeprefix("/properties/")) for path in self.root.get(key) or ())

    def to_model(self, inputs: Any) -> JSON:
        """SDK spelling to CloudFormation's; only declared names are touched, tag maps stay."""
        return self._rename(inputs, self.root, lambda name: name.lower(), lambda declared: declared)

    def to_sdk(self, model: Any) -> JSON:
        """CloudFormation's spelling to the SDK's."""
        return self._rename(model, self.root, lambda name: name.lower(), sdk_name)

    def _rename(self, value: Any, node: JSON, key: Any, spell: Any) -> Any:
        variants = list(self._variants(node))
        if isinstance(value, dict):
            declared = {key(n): (n, s) for v in variants for n, s in v.get("properties", {}).items()}
            renamed = {}
            for name, item in value.items():
                known, below = declared.get(key(name), (None, {}))
                renamed[spell(known) if known else name] = self._rename(item, below, key, spell)
            return renamed
        if isinstance(value, list):
            below = next((v["items"] for v in variants if "items" in v), {})
            return [self._rename(item, below, key, spell) for item in value]
        return value

    def _variants(self, node: JSON) -> Iterator[JSON]:
        while "$ref" in node:
            found: Any = self.root
            for part in node["$ref"].lstrip("#/").split("/"):
                found = found[part]
            node = found
        yield node
        for word in ("oneOf", "anyOf", "allOf"):
            for variant in node.get(word, ()):
                yield from self._variants(variant)

    def refusals(self, inputs: JSON) -> Iterator[tuple[str, str]]:
        """Path (SDK spelling) and reason of everything CloudFormation would refuse at create."""
        model = self.to_model(inputs)
        for name in model.keys() & {n.removeprefix("/properties/") for n in self.root.get("readOnlyProperties", ())}:
            yield sdk_name(name), "AWS refuses this at create: it is computed and cannot be set"
        for error in _validator(self.name, json.dumps(self.root)).iter_errors(model):
            path = ".".join(sdk_name(p) if isinstance(p, str) else str(p) for p in error.absolute_path)
            yield path or sdk_name(self.name.rsplit(":", 1)[-1]), f"AWS refuses this at create: {error.message}"


@functools.cache
def _pattern(text: str) -> Any:
    return regex.compile(text.replace("^(?s)", "(?s)^"))


def _matches(validator: Any, pattern: str, instance: Any, schema: JSON) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _pattern(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _pattern_properties(validator: Any, patterns: JSON, instance: Any, schema: JSON) -> Iterator[ValidationError]:
    for pattern, below in patterns.items() if isinstance(instance, dict) else ():
        for key, item in instance.items():
            if _pattern(pattern).search(key):
                yield from validator.descend(item, below, path=key, schema_path=pattern)


def _additional(validator: Any, allowed: Any, instance: Any, schema: JSON) -> Iterator[ValidationError]:
    if allowed is not False or not isinstance(instance, dict):
        return
    known = {name.lower(): name for name in schema.get("properties", {})}
    for key in instance:
        if key.lower() in known or any(_pattern(p).search(key) for p in schema.get("patternProperties", {})):
            continue
        near = difflib.get_close_matches(key.lower(), known, 1)
        hint = f"; did you mean {sdk_name(known[near[0]])!r}?" if near else ""
        yield ValidationError(f"unknown property {key!r}{hint}")


def _known_only(check: Any) -> Any:
    return lambda validator, word, instance, schema: (
        () if instance == UNKNOWN else check(validator, word, instance, schema)
    )


OURS = {"pattern": _matches, "patternProperties": _pattern_properties, "additionalProperties": _additional}


@functools.cache
def _validator(name: str, root: str) -> Any:
    words = {word: _known_only(OURS.get(word, check)) for word, check in Draft7Validator.VALIDATORS.items()}
    return validators.extend(Draft7Validator, words)(json.loads(root))
