"""Tokens of a replicated pool: one issuer, one key set, valid in both Regions."""

import base64
import json
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from tests.sandbox.cloud_client import PASSWORD, Cloud, Made, refused, until


def claims(token: str) -> dict[str, Any]:
    """The claims of a token, unverified."""
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


def key_set(aws: Cloud, pool: str, region: str) -> dict[str, Any]:
    return aws.get(f"/{pool}/.well-known/jwks.json", region)


@pytest.fixture(scope="module")
def made(aws: Cloud) -> Made:
    made = aws.pool()
    aws.user(made.id, "ada", email="ada@example.com")
    aws.replicate(made)
    return made


def test_tokens_of_both_regions_verify_against_one_key_set_with_one_issuer(aws: Cloud, made: Made) -> None:
    assert key_set(aws, made.id, PRIMARY) == key_set(aws, made.id, SECONDARY)
    keys = KeySet.import_key_set(key_set(aws, made.id, PRIMARY))  # ty: ignore[invalid-argument-type]
    issuer = f"https://issuer-cognito-idp.{PRIMARY}.amazonaws.com/{made.id}"
    rules = jwt.JWTClaimsRegistry(iss={"essential": True, "value": issuer})
    subjects = set()
    for region in (PRIMARY, SECONDARY):
        tokens = aws.sign_in(made, "ada", region)
        for name in ("IdToken", "AccessToken"):
            decoded = jwt.decode(tokens[name], keys, algorithms=["RS256"])
            rules.validate(decoded.claims)
            subjects.add(decoded.claims["sub"])
    assert len(subjects) == 1


@pytest.mark.parametrize("region", [PRIMARY, SECONDARY])
def test_the_discovery_document_names_the_issuer_of_the_tokens(aws: Cloud, made: Made, region: str) -> None:
    document = aws.get(f"/{made.id}/.well-known/openid-configuration", region)
    assert document["issuer"] == claims(aws.sign_in(made, "ada", region)["IdToken"])["iss"]


def test_the_original_issuer_is_the_primarys_in_both_regions(aws: Cloud) -> None:
    made = aws.pool(IssuerConfiguration={"Type": "ORIGINAL"})
    aws.user(made.id, "ada")
    aws.replicate(made)
    issuers = {claims(aws.sign_in(made, "ada", region)["IdToken"])["iss"] for region in (PRIMARY, SECONDARY)}
    assert issuers == {f"https://cognito-idp.{PRIMARY}.amazonaws.com/{made.id}"}


@pytest.mark.parametrize(("issued", "used"), [(PRIMARY, SECONDARY), (SECONDARY, PRIMARY)])
def test_a_refresh_token_of_one_region_works_in_the_other(aws: Cloud, made: Made, issued: str, used: str) -> None:
    tokens = aws.sign_in(made, "ada", issued)
    assert claims(aws.refresh(made, tokens["RefreshToken"], used)["IdToken"])["cognito:username"] == "ada"


def test_an_access_token_of_one_region_works_in_the_other(aws: Cloud, made: Made) -> None:
    token = aws.sign_in(made, "ada")["AccessToken"]
    assert aws.cognito(SECONDARY).get_user(AccessToken=token)["Username"] == "ada"


def test_a_global_sign_out_counts_at_once_here_and_after_the_lag_there(aws: Cloud, made: Made) -> None:
    aws.user(made.id, "eve")
    aws.settle(made)
    with aws.lag(1.0):
        tokens = aws.sign_in(made, "eve", SECONDARY)
        aws.cognito(SECONDARY).global_sign_out(AccessToken=tokens["AccessToken"])
        with refused("NotAuthorizedException", "revoked"):
            aws.refresh(made, tokens["RefreshToken"], SECONDARY)
        assert aws.refresh(made, tokens["RefreshToken"], PRIMARY)
        until(lambda: _is_refused(aws, made, tokens["RefreshToken"], PRIMARY))


def test_a_revoked_token_is_refused_in_the_other_region_after_the_lag(aws: Cloud, made: Made) -> None:
    with aws.lag(1.0):
        token = aws.sign_in(made, "ada")["RefreshToken"]
        aws.cognito().revoke_token(Token=token, ClientId=made.client)
        with refused("NotAuthorizedException", "revoked"):
            aws.refresh(made, token, PRIMARY)
        assert aws.refresh(made, token, SECONDARY)
        until(lambda: _is_refused(aws, made, token, SECONDARY))


def _is_refused(aws: Cloud, made: Made, token: str, region: str) -> bool:
    try:
        aws.refresh(made, token, region)
    except aws.cognito(region).exceptions.NotAuthorizedException:
        return True
    return False


def test_a_wrong_password_is_refused_in_both_regions(aws: Cloud, made: Made) -> None:
    for region in (PRIMARY, SECONDARY):
        with refused("NotAuthorizedException"):
            aws.sign_in(made, "ada", region, password=PASSWORD + "x")
