"""The sample API's one answer: which Region served the call, and whose token it was (JWT authorizer of an HTTP API).

API Gateway has verified the token; its claims come with the event. An access token names its client in `client_id`, an
ID token in `aud`.
Source: docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
"""

import json
import os


def member(value: object, *keys: str) -> object:
    """`value[key][key]...`, or None where the event does not have the documented shape."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def handler(event: object, context: object) -> dict:
    """The caller as JSON; 401 when no authorizer has spoken, so that the function alone is no open door."""
    claims = member(event, "requestContext", "authorizer", "jwt", "claims")
    known = isinstance(claims, dict) and "sub" in claims
    body = {"message": "no token"}
    if known:
        body = {
            "region": os.environ.get("AWS_REGION"),
            "subject": member(claims, "sub"),
            "client": member(claims, "client_id") or member(claims, "aud"),
            "issuer": member(claims, "iss"),
        }
    return {
        "statusCode": 200 if known else 401,
        "headers": {"content-type": "application/json", "cache-control": "no-store"},
        "body": json.dumps(body),
    }
