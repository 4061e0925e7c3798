"""Identity providers as the program asks for them, and their clients' secrets, which nothing shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml
from pulumi.runtime import config

from components import provider_secrets
from components.identity_providers import provider_details
from settings import IdentityProvider, Secrecy
from tests.components.mocks import SECRET, Deployment, deployed
from tests.test_identity_provider_settings import APPLE, GOOGLE, OIDC, SAML, WITH_OIDC, WITH_SAML
from tests.test_settings import GOOD, changed

KEY = "cognito-dr:identityProviderSecrets"
Configure = Callable[[dict[str, str], list[str]], None]


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    """Sets what the engine hands over: values, and the keys that hold anything encrypted."""
    monkeypatch.setattr(pulumi.runtime.settings, "get_project", lambda: "cognito-dr")
    before = dict(config.CONFIG.get())
    yield config.set_all_config
    config.set_all_config(before, [])


def provider(deployment: Deployment) -> Any:
    (found,) = deployment.of("UserPoolIdentityProvider")
    return found


def test_a_saml_provider_is_known_to_the_pool_and_to_the_application() -> None:
    deployment = deployed(WITH_SAML)
    about = provider(deployment).inputs
    assert (about["providerName"], about["providerType"]) == ("staff", "SAML")
    assert about["providerDetails"] == {"MetadataURL": SAML["metadataUrl"], "IDPSignout": "false"}
    assert about["attributeMapping"] == {"email": "mail"}
    accepted = {client.name: client.inputs["supportedIdentityProviders"] for client in deployment.of("UserPoolClient")}
    assert accepted == {
        "shop-web": ["COGNITO", "staff"],
        "shop-native": ["COGNITO", "staff"],
        "drill-drill": ["COGNITO"],
    }


def test_what_is_registered_is_published_for_the_pack() -> None:
    published = deployed(WITH_SAML).outputs["identity-provider-staff"]
    assert published == {
        "identityProvider": "staff",
        "kind": "SAML",
        "registeredUris": SAML["registeredUris"],
        "alsoRegistered": [],
    }


def test_an_oidc_providers_secret_reaches_cognito_and_nothing_else() -> None:
    deployment = deployed(WITH_OIDC)
    assert provider(deployment).inputs["providerDetails"]["client_secret"] == SECRET
    others = [one.inputs for one in deployment.resources if one.type.split(":")[-1] != "UserPoolIdentityProvider"]
    assert SECRET not in json.dumps([others, deployment.outputs, deployment.manifest], default=str)


def details(about: dict[str, Any], **more: Any) -> dict[str, Any]:
    return provider_details(IdentityProvider.model_validate_json(json.dumps({**about, **more})))


def test_the_details_are_texts_as_cognito_wants_them() -> None:
    client = {"client_id": "client", "authorize_scopes": "openid email"}
    issuer = {"oidc_issuer": "https://idp.example.com", "attributes_request_method": "GET"}
    assert details(OIDC) == client | issuer
    assert details(OIDC, scopes=None)["authorize_scopes"] == "openid"
    assert details(SAML, singleSignOut=True)["IDPSignout"] == "true"
    assert details(GOOGLE) == client
    assert details(GOOGLE, kind="Facebook")["authorize_scopes"] == "openid,email"
    assert details(APPLE) == {"client_id": "client", "authorize_scopes": "email", "team_id": "T1", "key_id": "K1"}


def test_apples_secret_is_its_private_key() -> None:
    values = changed("identityProviderSecrets", {"SignInWithApple": Secrecy.ENCRYPTED}, GOOD)
    deployment = deployed(changed("identityProviders", {"SignInWithApple": APPLE}, values))
    assert provider(deployment).inputs["providerDetails"]["private_key"] == SECRET


@pytest.mark.parametrize(
    ("text", "encrypted", "shown"),
    [
        (None, False, {}),
        ("{}", False, {}),
        ('{"a": "s3cret", "b": ""}', True, {"a": Secrecy.ENCRYPTED, "b": Secrecy.EMPTY}),
        ('{"a": "s3cret", "b": 7}', False, {"a": Secrecy.PLAIN, "b": Secrecy.EMPTY}),
        ('["s3cret"]', True, {"*": Secrecy.PLAIN}),
        ("s3cret", True, {"*": Secrecy.PLAIN}),
    ],
)
def test_the_settings_learn_of_a_secret_that_it_is_there(
    configured: Configure, tmp_path: Path, text: str | None, encrypted: bool, shown: dict[str, Any]
) -> None:
    configured({} if text is None else {KEY: text}, [KEY] if encrypted else [])
    assert provider_secrets.secrecy(tmp_path / "Pulumi.nowhere.yaml") == shown


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        ({"config": {KEY: {"a": {"secure": "v1:x"}, "b": "in-the-open"}}}, {"b"}),
        ({"config": {KEY: {"secure": "v1:x"}}}, set()),
        ({"config": {}}, set()),
        (["config"], set()),
        ({"config": {KEY: "text"}}, set()),
    ],
)
def test_a_plain_secret_beside_an_encrypted_one_is_seen_in_the_file(
    configured: Configure, tmp_path: Path, content: Any, plain: set[str]
) -> None:
    file = tmp_path / "Pulumi.test.yaml"
    file.write_text(yaml.safe_dump(content))
    configured({KEY: '{"a": "s3cret", "b": "in-the-open"}'}, [KEY])
    known = {"a": Secrecy.ENCRYPTED, "b": Secrecy.ENCRYPTED}
    assert provider_secrets.secrecy(file) == known | dict.fromkeys(plain, Secrecy.PLAIN)


def test_a_file_that_is_no_yaml_tells_nothing(configured: Configure, tmp_path: Path) -> None:
    file = tmp_path / "Pulumi.test.yaml"
    file.write_text("{")
    configured({KEY: '{"a": "s3cret"}'}, [KEY])
    assert provider_secrets.secrecy(file) == {"a": Secrecy.ENCRYPTED}


def test_any_other_key_that_is_encrypted_is_refused(configured: Configure) -> None:
    configured({"cognito-dr:tags": "{}", "cognito-dr:name": "x"}, ["cognito-dr:tags"])
    (problem,) = provider_secrets.encrypted_elsewhere(["name", "tags"])
    assert (problem.path, problem.found) == (("tags",), "encrypted")
