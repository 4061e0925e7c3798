"""What the rules call types and properties is what the providers' SDKs call them: a misspelt one judges nothing."""

import functools
import importlib
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pack import functions, spelling, trigger_configs, types

PACKAGES = {"aws": "pulumi_aws", "aws-native": "pulumi_aws_native"}


@functools.cache
def classes(package: str) -> dict[str, str]:
    """The class of every type token that an SDK registers; read as text, because importing the SDK takes seconds."""
    spec = importlib.util.find_spec(PACKAGES[package])
    assert spec
    assert spec.origin
    text = Path(spec.origin).read_text()
    listed = re.search(r'resource_modules="""(.*?)"""', text, re.DOTALL)
    assert listed
    return {
        token: f"{module['fqn']}.{name}"
        for module in json.loads(listed[1])
        for token, name in module["classes"].items()
    }


def getters(name: str) -> dict[str, Any]:
    """The properties of an SDK's class by the engine's names, each with its annotation."""
    module, _, kind = name.rpartition(".")
    members = vars(getattr(importlib.import_module(module), kind)).values()
    known = {member.fget.__name__: member.fget for member in members if isinstance(member, property)}
    return {getattr(get, "_pulumi_name", plain): get.__annotations__["return"] for plain, get in known.items()}


def has(token: str, path: str) -> bool:
    """Whether a type has a property, at any depth."""
    name = classes(token.partition(":")[0])[token]
    for step in path.split("."):
        found = getters(name)
        if step not in found:
            return False
        inner = re.search(r"outputs\.(\w+)", str(found[step]))
        name = f"{name.rpartition('.')[0].removesuffix('.outputs')}.outputs.{inner[1]}" if inner else "builtins.object"
    return True


def tokens() -> list[str]:
    """Every token that `types` names; ours are no provider's."""
    named = [value for name, value in vars(types).items() if name.isupper()]
    listed = [token for value in named for token in ([value] if isinstance(value, str) else value)]
    return sorted({token for token in listed if not token.startswith("cognito-dr:")})


@pytest.mark.parametrize("token", tokens())
def test_a_type_of_the_rules_is_registered_by_its_provider(token: str) -> None:
    assert token in classes(token.partition(":")[0])


@pytest.mark.parametrize(("token", "path"), sorted(types.KEYS.items()))
def test_a_key_policy_stands_where_the_provider_has_it(token: str, path: str) -> None:
    assert has(token, path)


@pytest.mark.parametrize(("token", "path"), sorted(types.LISTENERS.items()))
def test_a_listeners_actions_stand_where_the_provider_has_them(token: str, path: str) -> None:
    assert has(token, path)


@pytest.mark.parametrize(
    ("token", "classic", "native"),
    [(token, *pair) for token, names in spelling.NATIVE.items() for pair in names.items()],
)
def test_a_property_has_both_its_names(token: str, classic: str, native: str) -> None:
    kind = {"RecordSet": "Record"}.get(token.rpartition(":")[2], token.rpartition(":")[2])
    twins = [one for one in classes("aws") if one.rpartition(":")[2] == kind]
    assert has(token, below_actions(token, native))
    assert any(has(twin, below_actions(twin, classic)) for twin in twins)


def below_actions(token: str, path: str) -> str:
    """A listener's names are those of its actions."""
    actions = types.LISTENERS.get(token)
    return f"{actions}.{path}" if actions else path


@pytest.mark.parametrize("path", [path for path, _, _ in functions.COMPARED])
def test_what_two_triggers_are_compared_by_is_a_property_of_a_function(path: str) -> None:
    assert all(has(token, path) for token in types.FUNCTIONS)


CLIENT_PATHS = ("callbackUrls", "logoutUrls", "defaultRedirectUri", "writeAttributes")
REST_PATHS = ("endpointConfiguration.types", "regionalCertificateArn", "certificateArn")


@pytest.mark.parametrize("token", types.CLIENTS)
def test_what_a_client_is_judged_by_is_a_property_of_each_kind(token: str) -> None:
    flows = spelling.NATIVE.get(token, {}).get("allowedOauthFlows", "allowedOauthFlows")
    assert [path for path in (*CLIENT_PATHS, flows) if not has(token, path)] == []


@pytest.mark.parametrize("token", types.REST_DOMAINS)
def test_what_a_rest_apis_domain_is_judged_by_is_a_property_of_each_kind(token: str) -> None:
    assert [path for path in REST_PATHS if not has(token, path)] == []


def test_a_validation_names_its_certificate_where_the_provider_has_it() -> None:
    assert has(types.VALIDATION, "certificateArn")


@pytest.mark.parametrize("token", [types.POOL, types.ATTACHMENT])
def test_a_trigger_with_a_version_has_it_where_the_provider_has_it(token: str) -> None:
    paths = [f"{trigger_configs.CONFIG}.{key}.lambdaVersion" for key in trigger_configs.VERSIONED]
    assert [path for path in paths if not has(token, path)] == []


def test_a_misspelt_name_would_be_noticed() -> None:
    assert not has("aws:kms/key:Key", "keyPolicy")
    assert not has("aws-native:route53:HealthCheck", "healthCheckConfig.fqdn")
    assert "aws:kms/key:Keys" not in classes("aws")
