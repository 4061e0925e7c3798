"""App clients: redirect URIs that differ or are loose, claims that a user can write."""

from __future__ import annotations

from typing import Any, Final

from tests.policies.mutants.edits import GONE, Edit, NotHereError, add, all_of, beside, put, put_field
from tests.policies.mutants.kit import Maker, Mutant

LOOSE: Final = {
    "plain http": "http://shop.example.com/callback",
    "a wildcard host": "https://*.example.com/callback",
    "a wildcard path": "https://shop.example.com/*",
    "a fragment": "https://shop.example.com/#token",
    "a script": "javascript:alert(1)",
    "no scheme": "shop.example.com/callback",
    "a user name": "https://shop.example.com@evil.example.org/",
    "a backslash": "https://shop.example.com\\@evil.example.org/",
    "data": "data:text/html,x",
}
FLOWS: Final = {"allowedOAuthFlows": ["code"], "userPoolId": "$pool"}
CLIENT: Final = "aws-native:cognito:UserPoolClient"


def _extended(uri: str) -> Any:
    return lambda old: [*old, uri]


def _twice(old: list[str]) -> list[str]:
    return [*old, old[0].replace("https://", "HTTPS://")]


def _both(path: str, value: Any) -> Edit:
    """The application is declared with it, and each of its clients gets it."""
    return all_of(
        put("Application", path, value, "application-shop"),
        put("UserPoolClient", path, value, "*shop-", every=True),
    )


def _redirects() -> list[Mutant]:
    maker = Maker("redirect-uris-identical")
    one = [
        ("without the first URI", lambda old: old[1:]),
        ("with somebody else's", _extended("https://evil.example.org/")),
        ("path in another case", lambda old: [old[0].replace("callback", "Callback"), *old[1:]]),
        ("a trailing slash", lambda old: [f"{old[0]}/", *old[1:]]),
        ("another port", lambda old: [old[0].replace(".com/", ".com:8443/"), *old[1:]]),
        ("another host", lambda old: [old[0].replace("zone", "zones"), *old[1:]]),
        ("a query", lambda old: [f"{old[0]}?x=1", *old[1:]]),
        ("none at all", lambda old: GONE),
        ("one twice in other spelling", _twice),
    ]
    strays = [add(CLIENT, name, **FLOWS, callbackUrls=[f"https://{name}.example.org/"]) for name in ("stray", "twin")]
    return [
        *(
            maker.prop(f"{path}: {name}", put("UserPoolClient", path, value, "shop-web"))
            for path in ("callbackUrls", "logoutUrls")
            for name, value in one
        ),
        *(maker.component(f"declared: {name}", _both("callbackUrls", _extended(uri))) for name, uri in LOOSE.items()),
        maker.component("declared twice", _both("callbackUrls", _twice)),
        maker.component(
            "declared, not passed on",
            put("Application", "logoutUrls", ["https://shop.example.com/out"], "application-shop"),
        ),
        maker.state("two clients of no application", all_of(*strays)),
        maker.state(
            "clients moved out of their application",
            put_field("UserPoolClient", "parent", "urn:pulumi:generated::cognito-dr::a:b:C::x", "*shop-", every=True),
        ),
    ]


def _claims() -> list[Mutant]:
    maker = Maker("claims-not-user-writable")
    names = ("web", "app")
    machine = {"userPoolId": "$pool", "allowedOAuthFlows": ["client_credentials"]}
    standard = ("email", "name", "phone_number", "profile", "zoneinfo", "given_name")

    def writing(attributes: list[str], name: str) -> Edit:
        """A client may write these, in a stack whose triggers make claims."""
        return beside("RegionalTriggers", put("UserPoolClient", "writeAttributes", attributes, name))

    def from_standard(name: str) -> Edit:
        """A claim is made from an attribute that every user may write by default."""
        return all_of(
            put("RegionalTriggers", "claimAttributes", [name], every=True),
            put("UserPoolClient", "writeAttributes", GONE, every=True),
        )

    return [
        *(maker.prop(f"{name} may write the tenant", writing(["custom:tenant"], f"shop-{name}")) for name in names),
        *(
            maker.prop(
                f"{name} may write the tenant among others", writing(["email", "custom:tenant", "name"], f"shop-{name}")
            )
            for name in names
        ),
        maker.prop("the drill's client may", writing(["zoneinfo", "custom:tenant"], "drill-drill")),
        *(maker.component(f"a claim from {name}, which anybody may write", from_standard(name)) for name in standard),
        maker.component(
            "a claim from what one client may write",
            put("RegionalTriggers", "claimAttributes", ["custom:tenant", "zoneinfo"], every=True),
        ),
        maker.component(
            "a claim from one more attribute in one Region", put("RegionalTriggers", "claimAttributes", ["zoneinfo"])
        ),
        maker.state(
            "an empty list, which is Cognito's default",
            all_of(
                put("RegionalTriggers", "claimAttributes", ["email"], every=True),
                put("UserPoolClient", "writeAttributes", [], every=True),
            ),
        ),
        maker.state(
            "a machine's client by hand",
            beside("RegionalTriggers", add(CLIENT, "machine", **machine, writeAttributes=["custom:tenant"])),
        ),
    ]


def _registrations() -> list[Mutant]:
    """What is registered at an identity provider is somebody else's, of another domain or not enough."""
    maker = Maker("redirect-uris-identical")

    def declared(value: Any) -> Edit:
        return beside("AuthDomain", put("IdentityProvider", "registeredUris", value))

    wrong = [
        ("nothing", lambda old: []),
        ("not said what", lambda old: GONE),
        ("one more of somebody else's", _extended("https://evil.example.org/saml2/idpresponse")),
        ("one more on the name of the API", _extended("https://api.$zone/oauth2/idpresponse")),
        ("the name before", lambda old: [old[0].replace("auth.", "login.")]),
        ("a trailing slash", lambda old: [f"{old[0]}/", *old[1:]]),
        ("only http", lambda old: [old[0].replace("https", "http"), *old[1:]]),
        ("the login page", lambda old: ["https://auth.$zone/login"]),
        ("the prefix domain alone", lambda old: ["https://x.auth.$primary.amazoncognito.com/oauth2/idpresponse"]),
        ("one twice in other spelling", _twice),
        ("a wildcard", lambda old: [*old, "https://*.$zone/saml2/idpresponse"]),
        ("the other protocol's", _other_protocol),
    ]
    provider = "aws:cognito/identityProvider:IdentityProvider"
    social = {"userPoolId": "$pool", "providerName": "Google", "providerType": "Google"}
    return [
        *(maker.component(f"registered: {name}", declared(value)) for name, value in wrong),
        maker.prop(
            "signs out where nothing is registered",
            beside("AuthDomain", put("UserPoolIdentityProvider", "providerDetails.IDPSignout", _switched_on)),
        ),
        maker.prop(
            "speaks another protocol now",
            beside("AuthDomain", put("UserPoolIdentityProvider", "providerType", _other_kind)),
        ),
        maker.state("a provider made by hand", beside("AuthDomain", add(provider, "Google", **social))),
        maker.state(
            "a provider moved out of its declaration",
            beside(
                "AuthDomain", put_field("UserPoolIdentityProvider", "parent", "urn:pulumi:generated::cognito-dr::a::x")
            ),
        ),
    ]


def _other_protocol(old: list[str]) -> list[str]:
    host = old[0].split("/")[2]
    return [f"https://{host}/{'oauth2' if 'saml2' in old[0] else 'saml2'}/idpresponse"]


def _other_kind(old: str) -> str:
    return "SAML" if old == "OIDC" else "OIDC"


def _switched_on(old: str) -> str:
    if old == "true":
        raise NotHereError("a provider that does not sign out")
    return "true"


MUTANTS: Final = [*_redirects(), *_registrations(), *_claims()]
