"""Identity providers in the plugins, as the program asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pulumi_aws_native as aws_native
import pytest

from components.identity_providers import provider_details
from settings import IdentityProvider
from tests.sandbox.plugin import Plugin, sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")
SAML, OIDC = (
    IdentityProvider.model_validate({"kind": kind, "registeredUris": ("https://a.b/",), **about})
    for kind, about in (
        ("SAML", {"metadataUrl": "https://idp.example.com/metadata.xml"}),
        ("OIDC", {"issuer": "https://idp.example.com", "clientId": "c"}),
    )
)


@pytest.fixture
def pool(reachable: None) -> Iterator[str]:
    plugin = Plugin("aws-native", "aws-native:cognito:UserPool")
    pool_id, state = plugin.create({"userPoolName": "p"})
    yield pool_id
    plugin.delete(pool_id, state)


def providers() -> Plugin:
    return Plugin("aws-native", "aws-native:cognito:UserPoolIdentityProvider")


def inputs(pool: str, about: IdentityProvider, **more: Any) -> dict[str, Any]:
    """What the SDK sends for a provider."""
    return sdk_inputs(
        lambda: aws_native.cognito.UserPoolIdentityProvider(
            "staff",
            user_pool_id=pool,
            provider_name="staff",
            provider_type=about.kind,
            provider_details={**provider_details(about), **more},
            attribute_mapping={"email": "mail"},
        )
    )


@pytest.mark.parametrize(("about", "more"), [(SAML, {}), (OIDC, {"client_secret": "hush"})])
def test_a_provider_lives_without_drift_and_dies(pool: str, about: IdentityProvider, more: dict[str, str]) -> None:
    plugin, wanted = providers(), inputs(pool, about, **more)
    resource_id, state = plugin.settles(wanted)
    assert resource_id == f"{pool}|staff"
    changed = {**wanted, "attributeMapping": {"email": "mail", "name": "displayName"}}
    plugin.update(resource_id, wanted, changed, state)
    plugin.unchanged(resource_id, changed, plugin.update(resource_id, changed, changed, state))
    plugin.ends(resource_id, changed, state)


def test_a_provider_without_what_cloud_formation_requires_is_refused() -> None:
    (refusal,) = providers().check({"userPoolId": "us-east-1_a", "providerName": "staff", "providerType": "SAML"})
    assert "'ProviderDetails' is a required property" in refusal
