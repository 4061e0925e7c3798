"""Cases of `redirect-uris-identical` about what is registered at identity providers."""

from __future__ import annotations

from typing import Any

from pack.facts import UNKNOWN

from tests.policies.good_domains import certificate_arn
from tests.policies.good_login import ANSWER, METADATA
from tests.policies.maker import EAST, POOL, WEST, resource
from tests.policies.mutations import Mutation, added, alone, both, coming_from, in_region, prop

DECLARED, PROVIDER, DOMAIN, PREFIX = "identity-provider-staff", "staff", "domain", "prefix"
OTHER_POOL = "us-east-1_Another11"
OUT, CODE = "https://auth.example.com/saml2/logout", "https://auth.example.com/oauth2/idpresponse"
BY_PREFIX = "https://prod-us-east-1.auth.us-east-1.amazoncognito.com/saml2/idpresponse"
EVIL = "https://evil.example.org/saml2/idpresponse"


def registered(*uris: Any) -> Mutation:
    """These are registered at the provider."""
    return prop(DECLARED, registeredUris=[*uris])


def signing_out(value: Any) -> Mutation:
    """Whether Cognito signs users out at the provider, too."""
    return prop(PROVIDER, providerDetails={"MetadataURL": METADATA, "IDPSignout": value})


def second_domain(pool: Any) -> Mutation:
    """One more custom domain, of this or another pool."""
    routing = {"failover": {"secondaryRegion": WEST, "primaryRoute53HealthCheckId": "id-serving"}}
    own = {"customDomainConfig": {"certificateArn": certificate_arn(EAST, "auth")}, "routing": routing}
    kind = "aws-native:cognito:UserPoolDomain"
    return added(
        resource(kind, "second", None, domain="login.example.com", managedLoginVersion=2.0, userPoolId=pool, **own)
    )


def stray(pool: Any) -> Mutation:
    """A provider that nothing declares, by the classic provider."""
    kind = "aws:cognito/identityProvider:IdentityProvider"
    return added(resource(kind, "stray", None, providerName="stray", providerType="Google", userPoolId=pool))


def of_unknown_pool(*names: str) -> Mutation:
    """The pool's ID is not known yet; it comes from the pool."""
    return both(*(coming_from(name, kind, "userPoolId", "pool") for name, kind in names_and_kinds(*names)))


def names_and_kinds(*names: str) -> list[tuple[str, str]]:
    """Each resource with the type that tells it from others of its name."""
    return [(name, "UserPoolDomain" if name in (DOMAIN, PREFIX) else "UserPoolIdentityProvider") for name in names]


OIDC = prop(PROVIDER, providerType="OIDC", providerDetails={"oidc_issuer": "https://idp.example.com"})
PREFIX_ELSEWHERE = in_region(PREFIX, WEST)
VIOLATIONS = [
    registered(),
    prop(DECLARED, registeredUris=None),
    registered(EVIL),
    registered(ANSWER, EVIL),
    registered(ANSWER, EVIL, UNKNOWN),
    registered(f"{ANSWER}/"),
    registered(ANSWER.replace("https", "http"), ANSWER),
    registered(ANSWER, ANSWER.replace("https://auth.example.com", "HTTPS://AUTH.example.com:443")),
    registered(CODE),
    registered(ANSWER, CODE),
    registered(ANSWER, BY_PREFIX.replace("auth.us-east-1", "auth.us-west-2")),
    both(prop(PREFIX, userPoolId=OTHER_POOL), registered(ANSWER, BY_PREFIX)),
    both(OIDC, registered(ANSWER)),
    both(OIDC, registered(CODE, ANSWER)),
    signing_out("true"),
    signing_out(True),
    both(of_unknown_pool(PROVIDER, DOMAIN), registered()),
    second_domain(POOL),
    alone(PROVIDER),
    stray(POOL),
]
NEAR_MISSES = [
    registered(ANSWER.replace("https://auth.example.com", "HTTPS://AUTH.example.com:443")),
    registered(ANSWER, BY_PREFIX),
    both(PREFIX_ELSEWHERE, registered(ANSWER, BY_PREFIX.replace("auth.us-east-1", "auth.us-west-2"))),
    registered(OUT, ANSWER),
    both(signing_out("true"), registered(ANSWER, OUT)),
    signing_out("false"),
    signing_out(False),
    both(OIDC, registered(CODE)),
    both(OIDC, prop(PROVIDER, providerType="Google"), registered(CODE)),
    both(second_domain(POOL), registered(ANSWER, ANSWER.replace("auth", "login"))),
    second_domain(OTHER_POOL),
    stray(OTHER_POOL),
    of_unknown_pool(PROVIDER, DOMAIN, PREFIX),
]
UNKNOWNS = [
    prop(DECLARED, registeredUris=UNKNOWN),
    registered(UNKNOWN),
    both(in_region(PREFIX, UNKNOWN), registered(ANSWER, BY_PREFIX)),
    prop(PROVIDER, providerType=UNKNOWN),
    signing_out(UNKNOWN),
    prop(PROVIDER, providerDetails=UNKNOWN),
    both(registered(), prop(PROVIDER, userPoolId=UNKNOWN)),
    stray(UNKNOWN),
]
MALFORMED = [
    prop(DECLARED, registeredUris=ANSWER),
    registered(7.0, ANSWER),
    prop(PROVIDER, providerType=["SAML"]),
    signing_out(["true"]),
]
