"""Identity providers as the program asks for them, and their clients' secrets, which nothing shows."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest
from pulumi.runtime import config

from components import provider_secrets
from components.identity_providers import provider_details
from settings import IdentityProvider, Secrecy
from tests.components.mocks import SECRET, Deployment, deployed
from tests.test_identity_provider_settings import OIDC, SAML, WITH_OIDC, WITH_SAML

KEY = "cognito-dr:identityProviderSecrets"


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
    assert published == {"identityProvider": "staff", "kind": "SAML", "registeredUris": SAML["registeredUris"]}


def test_an_oidc_providers_secret_reaches_cognito_and_nothing_else() -> None:
    deployment = deployed(WITH_OIDC)
    assert provider(deployment).inputs["providerDetails"]["client_secret"] == SECRET
    others = [one.inputs for one in deployment.resources if one.type.split(":")[-1] != "UserPoolIdentityProvider"]
    assert SECRET not in json.dumps([others, deployment.outputs, deployment.manifest], default=str)


def test_the_details_are_texts_as_cognito_wants_them() -> None:
    about = IdentityProvider.model_validate_json(json.dumps(OIDC))
    assert provider_details(about) == {
        "oidc_issuer": "https://idp.example.com",
        "client_id": "client",
        "authorize_scopes": "openid email",
        "attributes_request_method": "GET",
    }
    signing_out = IdentityProvider.model_validate_json(json.dumps(SAML | {"singleSignOut": True}))
    assert provider_details(signing_out)["IDPSignout"] == "true"


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
    monkeypatch: pytest.MonkeyPatch, text: str | None, encrypted: bool, shown: dict[str, Any]
) -> None:
    monkeypatch.setattr(pulumi.runtime.settings, "get_project", lambda: "cognito-dr")
    before = dict(config.CONFIG.get())
    config.set_all_config({} if text is None else {KEY: text}, [KEY] if encrypted else [])
    try:
        assert provider_secrets.secrecy() == shown
    finally:
        config.set_all_config(before, [])
