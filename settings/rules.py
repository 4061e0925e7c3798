"""Rules that hold between keys of a stack file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from settings import claim_rules, failover_rules, identity_provider_rules, redirects, siblings
from settings.errors import MISSING, Problem
from settings.look import at, clients, entries, texts

STANDARD_SCOPES = frozenset({"openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"})
LATER = ("replication", "domain", "live")
"""Phases that need the pool's ID."""
ADOPTABLE = frozenset(
    [
        "accountRecoverySetting",
        "adminCreateUserConfig",
        "aliasAttributes",
        "autoVerifiedAttributes",
        "deviceConfiguration",
        "emailAuthenticationMessage",
        "emailAuthenticationSubject",
        "emailConfiguration",
        "emailVerificationMessage",
        "emailVerificationSubject",
        "enabledMfas",
        "lambdaConfig",
        "smsAuthenticationMessage",
        "smsConfiguration",
        "smsVerificationMessage",
        "userAttributeUpdateSettings",
        "userPoolAddOns",
        "usernameAttributes",
        "usernameConfiguration",
        "verificationMessageTemplate",
        "webAuthnRelyingPartyId",
        "webAuthnUserVerification",
    ]
)
"""Properties of aws-native's UserPool for which the settings have no key of their own."""


def broken(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Every rule that the values break; values of a wrong type are left to the type check."""
    yield from _regions(values)
    yield from _pool_id(values)
    yield from _adoption(values)
    yield from _deploy_roles(values)
    yield from _attributes(values)
    yield from _scopes(values)
    yield from redirects.broken(values)
    yield from claim_rules.broken(values)
    yield from failover_rules.broken(values)
    yield from identity_provider_rules.broken(values)
    yield from siblings.broken(values)


def _regions(values: Mapping[str, Any]) -> Iterator[Problem]:
    primary, secondary = at(values, "regions", "primary"), at(values, "regions", "secondary")
    if primary is not None and primary == secondary:
        rule = "must differ from regions.primary, because a replica lives in another Region. Set another Region."
        yield Problem(path=("regions", "secondary"), found=secondary, rule=rule)


def _pool_id(values: Mapping[str, Any]) -> Iterator[Problem]:
    pool_id, primary = at(values, "pool", "id"), at(values, "regions", "primary")
    path = ("pool", "id")
    if pool_id is None and at(values, "rollout", "phase") in LATER:
        rule = (
            "must be set from phase replication on, because permissions and key policies name the pool by its ID. "
            "Run phase foundation first and set the ID that the manifest shows."
        )
        yield Problem(path=path, found=MISSING, rule=rule)
    elif pool_id is None and at(values, "pool", "adopt") is True:
        rule = "must be set when pool.adopt is true, because it says which pool to adopt. Set the pool's ID."
        yield Problem(path=path, found=MISSING, rule=rule)
    elif isinstance(pool_id, str) and isinstance(primary, str) and not pool_id.startswith(f"{primary}_"):
        rule = (
            f"must begin with {primary}_, because a pool's ID names the Region in which it was made and that is the "
            "primary. Mend the ID or regions.primary."
        )
        yield Problem(path=path, found=pool_id, rule=rule)


def _adoption(values: Mapping[str, Any]) -> Iterator[Problem]:
    for name, _ in entries(values, "pool", "adopted"):
        if at(values, "pool", "adopt") is not True:
            rule = "must not be there while pool.adopt is false, because it describes an existing pool. Remove it."
            yield Problem(path=("pool", "adopted"), found=name, rule=rule)
        elif name not in ADOPTABLE:
            rule = f"must be one of {', '.join(sorted(ADOPTABLE))}, because the rest has keys of its own. Move it."
            yield Problem(path=("pool", "adopted"), found=name, rule=rule)


def _deploy_roles(values: Mapping[str, Any]) -> Iterator[Problem]:
    account = at(values, "account")
    pattern = re.compile(rf"arn:aws:iam::{re.escape(str(account))}:role/[\w+=,.@/-]+")
    for place, arn in texts(values, "deployRoles"):
        if not pattern.fullmatch(arn):
            rule = (
                f"must be the ARN of a role of account {account}, because the key policy lets it use the key through "
                "Cognito. Set one such as arn:aws:iam::<account>:role/deploy."
            )
            yield Problem(path=("deployRoles", place), found=arn, rule=rule)


def _attributes(values: Mapping[str, Any]) -> Iterator[Problem]:
    for name, attribute in entries(values, "pool", "attributes"):
        low, high = at(attribute, "minLength"), at(attribute, "maxLength")
        if isinstance(low, int) and isinstance(high, int) and low > high:
            rule = f"must be at most maxLength ({high}), because no value could fit. Mend one of them."
            yield Problem(path=("pool", "attributes", name, "minLength"), found=low, rule=rule)
        if not re.fullmatch(r"[\w-]{1,20}", name):
            rule = "must be 1 to 20 letters, digits, - or _, because Cognito takes no other name. Rename it."
            yield Problem(path=("pool", "attributes"), found=name, rule=rule)
    known = {f"custom:{name}" for name, _ in entries(values, "pool", "attributes")} | claim_rules.STANDARD_ATTRIBUTES
    readable = known | {"email_verified", "phone_number_verified", "sub"}
    for application, client, about in clients(values):
        for key, allowed in (("readAttributes", readable), ("writeAttributes", known)):
            for place, attribute in texts(about, key):
                if attribute not in allowed:
                    rule = "must be an attribute of the pool, because Cognito refuses others. Declare it or mend it."
                    path = ("applications", application, "clients", client, key, place)
                    yield Problem(path=path, found=attribute, rule=rule)


def _scopes(values: Mapping[str, Any]) -> Iterator[Problem]:
    known = set(STANDARD_SCOPES)
    for identifier, server in entries(values, "resourceServers"):
        known |= {f"{identifier}/{scope}" for scope, _ in entries(server, "scopes")}
    for name, application in entries(values, "applications"):
        for place, scope in texts(application, "scopes"):
            if scope not in known:
                rule = (
                    "must be a standard scope or <resource server>/<scope>, because Cognito refuses others. "
                    "Declare it under resourceServers or mend it."
                )
                yield Problem(path=("applications", name, "scopes", place), found=scope, rule=rule)
