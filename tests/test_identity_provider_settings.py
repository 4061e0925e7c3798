"""Identity providers in a stack file: what Cognito would refuse, and sign-ins that would fail at their attributes."""

from __future__ import annotations

from typing import Any

import pytest

from settings import Secrecy, load
from tests.test_settings import GOOD, SHOP, changed, lines

STAFF = "identityProviders.staff"
SAML: dict[str, Any] = {
    "kind": "SAML",
    "metadataUrl": "https://idp.example.com/metadata.xml",
    "attributes": {"email": "mail"},
    "registeredUris": ["https://auth.example.com/saml2/idpresponse"],
}
OIDC: dict[str, Any] = {
    "kind": "OIDC",
    "issuer": "https://idp.example.com",
    "clientId": "client",
    "scopes": ["openid", "email"],
    "registeredUris": ["https://auth.example.com/oauth2/idpresponse"],
}
WITH_SAML = changed(f"{SHOP}.identityProviders", ["staff"], changed("identityProviders", {"staff": SAML}, GOOD))
WITH_OIDC = changed("identityProviderSecrets", {"staff": Secrecy.ENCRYPTED}, changed(STAFF, OIDC, WITH_SAML))
BROKEN = [
    (WITH_SAML, f"{STAFF}.kind", "OAuth", f"{STAFF}.kind is 'OAuth': must be one of SAML, OIDC"),
    (WITH_SAML, f"{STAFF}.metadataUrl", None, f"{STAFF}.metadataUrl is missing: must be set, because Cognito needs it for a provider of kind SAML"),
    (WITH_SAML, f"{STAFF}.metadataUrl", "http://idp.example.com/", f"{STAFF}.metadataUrl is 'http://idp.example.com/': must be an https URL"),
    (WITH_SAML, f"{STAFF}.metadataUrl", "https://[", f"{STAFF}.metadataUrl is 'https://[': must be an https URL"),
    (WITH_SAML, f"{STAFF}.issuer", "https://x.example", f"{STAFF}.issuer is 'https://x.example': must not be there, because a provider of kind SAML has none"),
    (WITH_SAML, f"{STAFF}.scopes", ["openid"], f"{STAFF}.scopes is [\"openid\"]: must not be there"),
    (WITH_OIDC, f"{STAFF}.issuer", None, f"{STAFF}.issuer is missing: must be set"),
    (WITH_OIDC, f"{STAFF}.clientId", None, f"{STAFF}.clientId is missing: must be set"),
    (WITH_OIDC, f"{STAFF}.issuer", "https://a@idp.example.com", f"{STAFF}.issuer is 'https://a@idp.example.com': must be an https URL"),
    (WITH_OIDC, f"{STAFF}.singleSignOut", True, f"{STAFF}.singleSignOut is true: must not be there"),
    (WITH_OIDC, f"{STAFF}.metadataUrl", "https://x.example", f"{STAFF}.metadataUrl is 'https://x.example': must not be there"),
    (WITH_OIDC, "identityProviderSecrets", None, "identityProviderSecrets.staff is missing: must be set, because Cognito redeems"),
    (WITH_OIDC, "identityProviderSecrets.staff", Secrecy.PLAIN, "identityProviderSecrets.staff is 'plain text': must be encrypted"),
    (WITH_OIDC, "identityProviderSecrets.staff", Secrecy.EMPTY, "identityProviderSecrets.staff is 'empty': must be encrypted"),
    (WITH_OIDC, "identityProviderSecrets.other", Secrecy.ENCRYPTED, "identityProviderSecrets is 'other': must be an identity provider of kind OIDC"),
    (WITH_SAML, "identityProviderSecrets", {"staff": Secrecy.ENCRYPTED}, "identityProviderSecrets is 'staff': must be an identity provider of kind OIDC"),
    (WITH_SAML, "identityProviders.ab", SAML, "identityProviders is 'ab': must be 3 to 32 letters"),
    (WITH_SAML, "identityProviders.a_b", SAML, "identityProviders is 'a_b': must be 3 to 32 letters"),
    (WITH_SAML, "identityProviders.Cognito", SAML, "identityProviders is 'Cognito': must be 3 to 32 letters"),
    (WITH_SAML, f"{STAFF}.registeredUris", [], f"{STAFF}.registeredUris is []: must name at least one"),
    (WITH_SAML, f"{STAFF}.registeredUris", None, f"{STAFF}.registeredUris is missing: must be set"),
    (WITH_SAML, f"{STAFF}.registeredUris", ["http://a.b/"], f"{STAFF}.registeredUris[0] is 'http://a.b/': must be https"),
    (WITH_SAML, f"{STAFF}.registeredUris", ["https://a.b/", "https://A.b/"], f"{STAFF}.registeredUris[1] is 'https://A.b/': must not be listed twice"),
    (WITH_SAML, f"{STAFF}.attributes", {"custom:team": "team"}, f"{STAFF}.attributes is 'custom:team': must be an attribute of the pool"),
    (WITH_SAML, f"{STAFF}.attributes", {"custom:tenant": "tenant"}, f"{STAFF}.attributes is 'custom:tenant': must not feed a claim"),
    (changed("claims", {}, changed("pool.attributes", {"tenant": {"mutable": False}}, WITH_SAML)), f"{STAFF}.attributes", {"custom:tenant": "tenant"}, f"{STAFF}.attributes is 'custom:tenant': must be mutable"),
    (changed("claims", {}, WITH_SAML), f"{STAFF}.attributes", {"custom:tenant": "tenant"}, f"{SHOP}.clients.web.writeAttributes is 'absent': must hold custom:tenant"),
    (WITH_SAML, f"{SHOP}.clients.native.writeAttributes", ["name"], f"{SHOP}.clients.native.writeAttributes is [\"name\"]: must hold email"),
    (WITH_SAML, f"{SHOP}.identityProviders", ["staff", "stuff"], f"{SHOP}.identityProviders[1] is 'stuff': must be declared under identityProviders"),
    (WITH_SAML, f"{SHOP}.identityProviders", ["staff", "staff"], f"{SHOP}.identityProviders[1] is 'staff': must not be listed twice"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "path", "value", "message"), BROKEN)
def test_a_broken_provider_gets_its_message(values: dict[str, Any], path: str, value: Any, message: str) -> None:
    found = lines(changed(path, value, values))
    assert [line for line in found if line.startswith(f"Pulumi.test.yaml: {message}")], found
    assert all(len(line.splitlines()) == 1 for line in found)


@pytest.mark.parametrize("values", [WITH_SAML, WITH_OIDC, changed(f"{STAFF}.singleSignOut", True, WITH_SAML)])
def test_a_good_provider_is_taken(values: dict[str, Any]) -> None:
    settings = load(values, "f")
    assert settings.applications["shop"].identity_providers == ("staff",)
    assert settings.identity_providers["staff"].kind == values["identityProviders"]["staff"]["kind"]


def test_what_a_provider_fills_may_be_verified_or_listed() -> None:
    attributes = {"email": "mail", "email_verified": "verified", "custom:team": "team"}
    clients = {"web": {"kind": "web", "writeAttributes": ["email", "custom:team"]}}
    values = changed(f"{STAFF}.attributes", attributes, WITH_SAML)
    values = changed("pool.attributes", {"tenant": {}, "team": {}}, changed(f"{SHOP}.clients", clients, values))
    assert load(values, "f").identity_providers["staff"].attributes == attributes


def test_an_application_without_the_provider_need_not_write_its_attributes() -> None:
    values = changed(
        f"{SHOP}.clients.web.writeAttributes", ["name"], changed(f"{SHOP}.identityProviders", [], WITH_SAML)
    )
    assert load(values, "f").applications["shop"].identity_providers == ()
