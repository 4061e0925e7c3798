"""What the plugins know, held against the SDKs, AWS's models and the documentation."""

from __future__ import annotations

import importlib
from pathlib import Path

import pulumi
import pytest
from pulumi._types import resource_types

from sandbox.providers import api_shapes
from sandbox.providers.classic import KINDS as CLASSIC
from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.cloud_clients import CloudClients
from sandbox.providers.kind import Kind
from sandbox.providers.native import KINDS as NATIVE

SHAPED = {token: kind for token, kind in CLASSIC.items() if issubclass(kind, Shaped)}
SANDBOX = Path(__file__).parents[2] / "docs" / "sandbox.md"


def sdk_class(token: str) -> type[pulumi.CustomResource]:
    _, module, name = token.split(":")
    folder = module.split("/")[0]
    found = importlib.import_module(f"pulumi_aws.{folder}" + ("_" if folder == "lambda" else ""))
    return getattr(found, name)


@pytest.mark.parametrize("token", CLASSIC)
def test_a_types_inputs_and_outputs_are_the_sdks(token: str) -> None:
    kind, sdk = CLASSIC[token], sdk_class(token)
    names = set(resource_types(sdk)) | {"tagsAll"}
    assert vars(sdk)["pulumi_type"] == token
    assert {path.split(".")[0] for path in (*kind.required, *kind.optional, *kind.computed)} - names == set()


@pytest.mark.parametrize("token", CLASSIC)
def test_a_types_lists_name_inputs_only(token: str) -> None:
    kind = CLASSIC[token]
    inputs = {*kind.required, *kind.optional}
    assert {*kind.create_only, *kind.json_text, *kind.unordered, *kind.hidden} - inputs == set()
    assert set(kind.volatile) - set(kind.computed) == set()
    assert inputs.isdisjoint(kind.computed)


@pytest.mark.parametrize("token", SHAPED)
def test_every_input_reaches_its_call_or_is_named_apart(token: str) -> None:
    kind = SHAPED[token](CloudClients("us-east-1"))
    inputs = {*kind.required, *kind.optional}
    lost = {key for key in inputs if api_shapes.member_of(kind.shape, key, kind.spelling) is None}
    assert lost - set(kind.apart) == set()
    assert set(kind.apart) - inputs - {"region"} == set()


def documented(kind: type[Kind]) -> str:
    package, module, name = kind.token.split(":")
    return f"`{module.split('/')[0]}` {name}" if package == "aws" else f"`{module}` {name}"


def test_the_documentation_lists_every_type() -> None:
    section = SANDBOX.read_text().split("## The provider plugins", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| `")]
    listed = {f"{module.strip()} {name}" for module, names in rows for name in names.strip().split(", ")}
    assert listed == {documented(kind) for kind in (*CLASSIC.values(), *NATIVE.values())}
