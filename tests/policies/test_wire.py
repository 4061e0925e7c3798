"""What the engine sends, read as facts: values of every kind, secrets, relations, providers."""

from typing import Any

import pytest
from google.protobuf import json_format
from pack import wire
from pack.facts import UNKNOWN, Context, Provider, Resource
from pulumi_policy import policy as engine
from pulumi_policy import proxy

URN = "urn:pulumi:prod::cognito-dr::a:b:C::"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


def sent(properties: dict[str, Any]) -> Any:
    """Properties as the engine sends them."""
    request = engine.proto.AnalyzeRequest()
    json_format.ParseDict(properties, request.properties)
    return request.properties


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("text", "text"),
        (7, 7.0),
        (True, True),
        (None, None),
        ([1, "a", [None]], [1.0, "a", [None]]),
        ({"a": {"b": ["c"]}}, {"a": {"b": ["c"]}}),
        ({**SECRET, "value": "hidden"}, "hidden"),
        ({**SECRET, "value": {"a": [proxy.UNKNOWN_STRING_VALUE]}}, {"a": [UNKNOWN]}),
        (SECRET, SECRET),
        ({next(iter(SECRET)): "another mark", "value": "x"}, {next(iter(SECRET)): "another mark", "value": "x"}),
        ({"value": "x"}, {"value": "x"}),
        (proxy.UNKNOWN_STRING_VALUE, UNKNOWN),
        (proxy.UNKNOWN_NUMBER_VALUE, UNKNOWN),
        ([proxy.UNKNOWN_BOOLEAN_VALUE], [UNKNOWN]),
        (f"{proxy.UNKNOWN_STRING_VALUE} ", f"{proxy.UNKNOWN_STRING_VALUE} "),
    ],
)
def test_a_value_is_read_as_what_it_means(value: Any, read: Any) -> None:
    assert wire.plain(sent({"x": value})) == {"x": read}


def given(message: Any, name: str, /, **provider: Any) -> Any:
    message.type, message.name, message.urn = "a:b:C", name, f"{URN}{name}"
    if provider:
        message.provider.name = provider.pop("name")
        json_format.ParseDict(provider, message.provider.properties)
    return message


def test_a_stacks_relations_lead_only_to_what_it_holds() -> None:
    request = engine.proto.AnalyzeStackRequest()
    top, leaf = given(request.resources.add(), "top"), given(request.resources.add(), "leaf")
    leaf.parent, leaf.options.protect = top.urn, True
    leaf.dependencies.extend([top.urn, "urn:gone"])
    leaf.propertyDependencies["x"].urns.extend(["urn:gone", top.urn])
    top.parent = "urn:the-stack"
    context = Context(stack="prod")
    facts = wire.of_stack(request, context)
    assert facts.context is context
    assert facts.resources == (
        Resource(type="a:b:C", name="top", urn=f"{URN}top"),
        Resource(
            type="a:b:C",
            name="leaf",
            urn=f"{URN}leaf",
            parent=f"{URN}top",
            dependencies=(f"{URN}top",),
            property_dependencies={"x": (f"{URN}top",)},
            protect=True,
        ),
    )


def test_one_resource_keeps_its_parent_though_nothing_else_is_sent() -> None:
    request = given(engine.proto.AnalyzeRequest(), "one")
    assert wire.of_one(request, Context()).resources[0].parent is None
    request.options.parent = f"{URN}top"
    assert wire.of_one(request, Context()).resources[0].parent == f"{URN}top"


@pytest.mark.parametrize(
    ("provider", "read"),
    [
        ({}, None),
        ({"name": "aws"}, Provider(name="aws")),
        ({"name": "aws", "region": "us-east-1"}, Provider(name="aws", region="us-east-1")),
        ({"name": "aws", "region": proxy.UNKNOWN_STRING_VALUE}, Provider(name="aws", region=UNKNOWN)),
        ({"name": "aws", "region": 7}, Provider(name="aws")),
        ({"name": "aws", "profile": "x"}, Provider(name="aws")),
    ],
)
def test_a_provider_has_the_region_that_it_was_given(provider: dict[str, Any], read: Provider | None) -> None:
    request = given(engine.proto.AnalyzeRequest(), "one", **provider)
    assert wire.of_one(request, Context()).resources[0].provider == read
