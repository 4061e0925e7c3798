"""Identity providers in a stack file: what Cognito would refuse, and sign-ins that would fail at their attributes."""

from __future__ import annotations

from typing import Any

import pytest

from settings import Secrecy, load
from tests.test_settings import GOOD, SHOP, changed, lines

STAFF = "identityProviders.staff"
ANSWER = "https://auth.example.com/saml2/idpresponse"
SAML: dict[str, Any] = {
    "kind": "SAML",
    "metadataUrl": "https://idp.example.com/metadata.xml",
    "attributes": {"email": "mail"},
    "registeredUris": [ANSWER],
}
OIDC: dict[str, Any] = {
    "kind": "OIDC",
    "issuer": "https://idp.example.com",
    "clientId": "client",
    "scopes": ["openid", "email"],
    "registeredUris": ["https://auth.example.com/oauth2/idpresponse"],
}
GOOGLE = {**{key: value for key, value in OIDC.items() if key != "issuer"}, "kind": "Google"}
APPLE = {**GOOGLE, "kind": "SignInWithApple", "teamId": "T1", "keyId": "K1", "scopes": ["email"]}
WITH_SAML = changed(f"{SHOP}.identityProviders", ["staff"], changed("identityProviders", {"staff": SAML}, GOOD))
WITH_OIDC = changed("identityProviderSecrets", {"staff": Secrecy.ENCRYPTED}, changed(STAFF, OIDC, WITH_SAML))
WITH_GOOGLE = changed(
    "identityProviderSecrets", {"Google": Secrecy.ENCRYPTED}, changed("identityProviders", {"Google": GOOGLE}, GOOD)
)
BROKEN = [
    (WITH_SAML, f"{STAFF}.kind", "OAuth", f"{STAFF}.kind is 'OAuth': must be one of SAML, OIDC, Google"),
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
    (WITH_OIDC, "identityProviderSecrets.other", Secrecy.ENCRYPTED, "identityProviderSecrets is 'other': must be an identity provider with a client"),
    (WITH_SAML, "identityProviderSecrets", {"staff": Secrecy.ENCRYPTED}, "identityProviderSecrets is 'staff': must be an identity provider with a client"),
    (WITH_SAML, "identityProviders.ab", SAML, "identityProviders is 'ab': must be 3 to 32 characters"),
    (WITH_SAML, "identityProviders.ab_c", SAML, "identityProviders is 'ab_c': must be 3 to 32 characters"),
    (WITH_SAML, "identityProviders.Cognito", SAML, "identityProviders is 'Cognito': must be 3 to 32 characters"),
    (WITH_SAML, f"{STAFF}.registeredUris", [], f"{STAFF}.registeredUris is []: must name at least one"),
    (WITH_SAML, f"{STAFF}.registeredUris", None, f"{STAFF}.registeredUris is missing: must be set"),
    (WITH_SAML, f"{STAFF}.registeredUris", ["http://a.b/"], f"{STAFF}.registeredUris[0] is 'http://a.b/': must be https://auth.example.com/saml2/idpresponse"),
    (WITH_SAML, f"{STAFF}.registeredUris", [ANSWER, ANSWER.replace("auth", "AUTH")], f"{STAFF}.registeredUris[1] is 'https://AUTH.example.com/saml2/idpresponse': must not be listed twice"),
    (WITH_SAML, f"{STAFF}.attributes", {"custom:team": "team"}, f"{STAFF}.attributes is 'custom:team': must be an attribute of the pool"),
    (WITH_SAML, f"{STAFF}.attributes", {"custom:tenant": "tenant"}, f"{STAFF}.attributes is 'custom:tenant': must not feed a claim"),
    (changed("claims", {}, changed("pool.attributes", {"tenant": {"mutable": False}}, WITH_SAML)), f"{STAFF}.attributes", {"custom:tenant": "tenant"}, f"{STAFF}.attributes is 'custom:tenant': must be mutable"),
    (changed("claims", {}, WITH_SAML), f"{STAFF}.attributes", {"custom:tenant": "tenant"}, f"{SHOP}.clients.web.writeAttributes is 'absent': must hold custom:tenant"),
    (WITH_SAML, f"{SHOP}.clients.native.writeAttributes", ["name"], f"{SHOP}.clients.native.writeAttributes is [\"name\"]: must hold email"),
    (WITH_SAML, f"{SHOP}.identityProviders", ["staff", "stuff"], f"{SHOP}.identityProviders[1] is 'stuff': must be declared under identityProviders"),
    (WITH_SAML, f"{SHOP}.identityProviders", ["staff", "staff"], f"{SHOP}.identityProviders[1] is 'staff': must not be listed twice"),
    (WITH_SAML, f"{STAFF}.kind", ["SAML"], f"{STAFF}.kind is [\"SAML\"]: must be"),
    (WITH_SAML, f"{STAFF}.clientSecret", "hunter2", f"{STAFF}.clientSecret is 'there': must not be there, because a stack file is read by everybody"),
    (WITH_SAML, f"{STAFF}.attributes", {"email": " "}, f"{STAFF}.attributes.email is ' ': must be the provider's name of the attribute"),
    (WITH_SAML, f"{STAFF}.registeredUris", ["https://login.example.com/saml2/idpresponse"], f"{STAFF}.registeredUris[0] is 'https://login.example.com/saml2/idpresponse': must be https://auth.example.com/saml2/idpresponse"),
    (WITH_SAML, f"{STAFF}.registeredUris", [f"{ANSWER}?x"], f"{STAFF}.registeredUris[0] is '{ANSWER}?x': must be https://auth"),
    (WITH_SAML, f"{STAFF}.registeredUris", [f"{ANSWER}#x"], f"{STAFF}.registeredUris[0] is '{ANSWER}#x': must be https://auth"),
    (WITH_SAML, f"{STAFF}.registeredUris", ["https://["], f"{STAFF}.registeredUris[0] is 'https://[': must be https://auth"),
    (WITH_SAML, f"{STAFF}.registeredUris", ["https://auth.example.com/oauth2/idpresponse"], f"{STAFF}.registeredUris[0] is 'https://auth.example.com/oauth2/idpresponse': must be https://auth"),
    (WITH_OIDC, f"{STAFF}.registeredUris", [ANSWER], f"{STAFF}.registeredUris[0] is '{ANSWER}': must be https://auth.example.com/oauth2/idpresponse"),
    (WITH_SAML, f"{STAFF}.alsoRegistered", ["http://a.b/"], f"{STAFF}.alsoRegistered[0] is 'http://a.b/': must be https"),
    (WITH_OIDC, f"{STAFF}.scopes", [], f"{STAFF}.scopes is []: must hold openid"),
    (WITH_OIDC, f"{STAFF}.scopes", ["email"], f"{STAFF}.scopes is [\"email\"]: must hold openid"),
    (WITH_OIDC, f"{STAFF}.scopes", ["openid", "a b"], f"{STAFF}.scopes[1] is 'a b': must be one scope"),
    (WITH_OIDC, f"{STAFF}.clientId", " ", f"{STAFF}.clientId is ' ': must be what the provider calls the client"),
    *((WITH_OIDC, f"{STAFF}.issuer", url, f"{STAFF}.issuer is {url!r}: must be an https URL") for url in ("https://a.b:x", " https://a.b", "https://a.b/c\n", "https://a.b/c d", "https://a.b#x", "HTTPS://a.b", "https://")),
    *((WITH_OIDC, f"{STAFF}.issuer", url, f"{STAFF}.issuer is '{url}': must be the issuer alone") for url in ("https://a.b?x=1", "https://a.b/.well-known/openid-configuration")),
    (WITH_SAML, "identityProviders.Google", SAML, "identityProviders is 'Google': must be another name, because Cognito keeps this one for the kind Google"),
    (WITH_SAML, "identityProviders.ggl", GOOGLE, "identityProviders is 'ggl': must be Google, because Cognito knows a social provider by the name of its kind"),
    (WITH_GOOGLE, "identityProviders.Google.scopes", [], "identityProviders.Google.scopes is []: must name at least one"),
    (WITH_GOOGLE, "identityProviders.Google.scopes", None, "identityProviders.Google.scopes is missing: must be set"),
    (WITH_GOOGLE, "identityProviders.Google.teamId", "T", "identityProviders.Google.teamId is 'T': must not be there"),
    (WITH_GOOGLE, "identityProviderSecrets", None, "identityProviderSecrets.Google is missing: must be set"),
    (WITH_SAML, f"{SHOP}.identityProviders", ["COGNITO"], f"{SHOP}.identityProviders[0] is 'COGNITO': must not be listed, because the pool's own users"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "path", "value", "message"), BROKEN)
def test_a_broken_provider_gets_its_message(values: dict[str, Any], path: str, value: Any, message: str) -> None:
    found = lines(changed(path, value, values))
    assert [line for line in found if line.startswith(f"Pulumi.test.yaml: {message}")], found
    assert all(len(line.splitlines()) == 1 for line in found)


@pytest.mark.parametrize(
    "values",
    [
        WITH_SAML,
        WITH_OIDC,
        changed(f"{STAFF}.singleSignOut", True, WITH_SAML),
        changed(f"{STAFF}.scopes", None, WITH_OIDC),
    ],
)
def test_a_good_provider_is_taken(values: dict[str, Any]) -> None:
    settings = load(values, "f")
    assert settings.applications["shop"].identity_providers == ("staff",)
    assert settings.identity_providers["staff"].kind == values["identityProviders"]["staff"]["kind"]


@pytest.mark.parametrize(("name", "about"), [("Google", GOOGLE), ("SignInWithApple", APPLE), ("azure.ad", SAML)])
def test_each_kind_of_provider_is_taken_under_its_name(name: str, about: dict[str, Any]) -> None:
    secrets = {} if about is SAML else {name: Secrecy.ENCRYPTED}
    values = changed("identityProviderSecrets", secrets, changed("identityProviders", {name: about}, GOOD))
    assert load(values, "f").identity_providers[name].kind == about["kind"]


def test_a_kind_that_nobody_knows_is_told_once() -> None:
    assert len(lines(changed(f"{STAFF}.kind", "oidc", WITH_OIDC))) == 1


def test_no_secret_is_in_a_message() -> None:
    shown = [*lines(changed(f"{STAFF}.client_secret", "hunter2", WITH_OIDC)), *lines(changed("token", "hunter2"))]
    assert shown
    assert "hunter2" not in "".join(shown)


@pytest.mark.parametrize("auth", ["auth.example.com", None])
def test_prefix_domains_may_be_registered_and_any_host_while_the_name_is_open(auth: str | None) -> None:
    by_prefix = "https://shop.auth.us-east-1.amazoncognito.com/saml2/logout"
    values = changed(f"{STAFF}.registeredUris", [ANSWER, by_prefix], WITH_SAML)
    if auth is None:
        values = changed("domains", None, changed(f"{STAFF}.registeredUris", ["https://x.test/saml2/logout"], values))
    assert load(values, "f").identity_providers["staff"].registered_uris


def test_what_else_is_registered_may_be_anything_that_codes_are_sent_to() -> None:
    others = ("https://old.example.com/saml2/idpresponse", "com.example.app:/callback")
    values = changed(f"{STAFF}.alsoRegistered", [*others], WITH_SAML)
    assert load(values, "f").identity_providers["staff"].also_registered == others


def test_what_a_provider_fills_may_be_verified_or_listed() -> None:
    attributes = {"email": "mail", "email_verified": "verified", "username": "sub", "custom:team": "team"}
    clients = {"web": {"kind": "web", "writeAttributes": ["email", "custom:team"]}}
    values = changed(f"{STAFF}.attributes", attributes, WITH_SAML)
    values = changed("pool.attributes", {"tenant": {}, "team": {}}, changed(f"{SHOP}.clients", clients, values))
    assert load(values, "f").identity_providers["staff"].attributes == attributes


def test_an_application_without_the_provider_need_not_write_its_attributes() -> None:
    values = changed(
        f"{SHOP}.clients.web.writeAttributes", ["name"], changed(f"{SHOP}.identityProviders", [], WITH_SAML)
    )
    assert load(values, "f").applications["shop"].identity_providers == ()
