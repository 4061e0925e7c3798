"""Verifies Cognito's tokens as an application would: one JWKS, one issuer, RS256."""

from __future__ import annotations

import json
import urllib.request
from typing import Any, cast

from joserfc import jwt
from joserfc.jwk import KeySet, KeySetSerialization

STANDARD = frozenset(
    {
        "iss",
        "sub",
        "aud",
        "exp",
        "iat",
        "nbf",
        "jti",
        "origin_jti",
        "event_id",
        "auth_time",
        "token_use",
        "client_id",
        "username",
        "scope",
        "at_hash",
        "cognito:username",
        "cognito:groups",
        "cognito:roles",
        "cognito:preferred_role",
        "email_verified",
        "version",
    }
)
"""Claims that Cognito sets itself; the rest came from attributes and triggers."""


def fetch_jwks(endpoint: str, pool_id: str) -> dict[str, Any]:
    """The pool's JSON Web Key Set from one Region's Cognito endpoint."""
    opener = urllib.request.build_opener()
    with opener.open(f"{endpoint}/{pool_id}/.well-known/jwks.json", timeout=10) as answer:
        return json.load(answer)


def verify(token: str, jwks: dict[str, Any], issuer: str, use: str, client_id: str) -> dict[str, Any]:
    """The claims of a token whose signature, issuer, expiry, use and audience are right; raises JoseError."""
    keys = KeySet.import_key_set(cast(KeySetSerialization, jwks))
    claims = jwt.decode(token, keys, algorithms=["RS256"]).claims
    audience = {"id": "aud", "access": "client_id"}[use]
    wanted = {"iss": issuer, "token_use": use, audience: client_id}
    options: Any = {name: {"essential": True, "value": value} for name, value in wanted.items()}
    registry = jwt.JWTClaimsRegistry(exp={"essential": True}, **options)
    registry.validate(claims)
    return claims


def added_claims(claims: dict[str, Any]) -> dict[str, Any]:
    """The claims that do not come from Cognito itself."""
    return {name: value for name, value in claims.items() if name not in STANDARD}
