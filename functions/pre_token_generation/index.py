"""Adds the configured claims to the ID and the access token (Cognito pre token generation, event version V2_0).

Claims come from the user's attributes and groups alone: the same input gives the same claims in both Regions, so a
token does not show which Region issued it. Standard library only and no network call, because Cognito waits at most
five seconds and every sign-in passes here.
Source: docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
"""

import json
import os

# {"attributes": {attribute: claim}, "groups": {"claim": name, "names": {group: value}}}, equal in both Regions.
CLAIMS = json.loads(os.environ.get("CLAIMS", "{}"))


def claims_of(configured: dict, attributes: dict, groups: list) -> dict:
    """The claims for a user with these attributes and groups; an attribute without a value adds no claim."""
    claims = {
        claim: attributes[attribute]
        for attribute, claim in sorted(configured.get("attributes", {}).items())
        if attributes.get(attribute)
    }
    by_group = configured.get("groups")
    if by_group:
        names = by_group["names"]
        # A set and sorted: Cognito promises no order of groups, and two groups may share one value.
        claims[by_group["claim"]] = sorted({names[group] for group in groups if group in names})
    return claims


def handler(event: dict, context: object) -> dict:
    """Answer Cognito's event with the claims to add to both tokens."""
    request = event["request"]
    groups = (request.get("groupConfiguration") or {}).get("groupsToOverride") or []
    claims = claims_of(CLAIMS, request.get("userAttributes") or {}, groups)
    event["response"]["claimsAndScopeOverrideDetails"] = {
        "idTokenGeneration": {"claimsToAddOrOverride": claims},
        "accessTokenGeneration": {"claimsToAddOrOverride": claims},
    }
    return event
