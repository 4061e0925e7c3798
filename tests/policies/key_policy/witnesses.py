"""Requests that could tell a leak, made from a policy's own literals, and which requests a key is there for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pack.key_policy import Scope

from tests.policies.key_policy.documents import (
    ACCOUNT,
    DEPLOYER,
    OPERATOR,
    OTHER_POOL,
    SERVICES,
    SEVEN,
    STRANGER,
    Policy,
)
from tests.policies.key_policy.oracle import Request, applies, concerns, holds, many

SOURCE, SOURCE_ACCOUNT = "aws:sourcearn", "aws:sourceaccount"
VIA, CALLER = "kms:viaservice", "kms:calleraccount"
CONTEXT = "kms:encryptioncontext:aws:cognito-idp:userpool-arn"
STRANGERS = {SOURCE: OTHER_POOL, CONTEXT: OTHER_POOL, SOURCE_ACCOUNT: STRANGER, CALLER: STRANGER}
STRANGERS[VIA] = "s3.us-east-1.amazonaws.com"
DATA = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKeyWithoutPlaintext"]
OTHER_USE = ["kms:CreateGrant", "kms:GenerateDataKey", "kms:GenerateDataKeyPair", "kms:GenerateMac", "kms:Sign"]
ADMINISTRATION = ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:GetKeyPolicy"]
ACTIONS = ["kms:DescribeKey", *DATA, *OTHER_USE, *ADMINISTRATION]
WHO = [("Service", name) for name in [*SERVICES, "lambda.amazonaws.com"]]
WHO += [("AWS", arn) for arn in (OPERATOR, DEPLOYER, f"arn:aws:iam::{STRANGER}:role/x")]


def may(request: Request, scope: Scope) -> bool:
    """Whether the key is there for this request: the promise, said once more in other words."""
    through = request.context.get(VIA) == f"cognito-idp.{scope.region}.amazonaws.com"
    own = request.kind == "AWS" and request.who.split(":")[4] == ACCOUNT
    if own and request.action in ["kms:DescribeKey", *ADMINISTRATION]:
        return True
    if request.who == DEPLOYER and through and request.action in SEVEN:
        return True
    for_pool = request.action == "kms:DescribeKey" or is_pool(request.context.get(CONTEXT), scope)
    if request.action not in ["kms:DescribeKey", *DATA] or not for_pool:
        return False
    if through and request.context.get(CALLER) == ACCOUNT:
        return True
    asked = is_pool(request.context.get(SOURCE), scope) and request.context.get(SOURCE_ACCOUNT) == ACCOUNT
    return request.kind == "Service" and request.who in SERVICES and asked


def is_pool(arn: Any, scope: Scope) -> bool:
    """The pool in one of its Regions; while it is being founded, any pool of the account there."""
    parts = str(arn).split(":", 5)
    if parts[:3] != ["arn", "aws", "cognito-idp"] or parts[3] not in scope.regions or parts[4] != ACCOUNT:
        return False
    return parts[5] == f"userpool/{scope.pool_id}" if scope.pool_id else parts[5].startswith("userpool/")


def leak(policy: Policy, scope: Scope) -> Request | None:
    """A request that the policy allows and must not, None when there is none among its witnesses.

    An Allow opens by itself, so only the keys matter that it or a Deny speaks of; all others are left out of the
    request, which suits no promise.
    """
    denials = [part for part in policy["Statement"] if part["Effect"] == "Deny"]
    values = literals(policy)
    for part in policy["Statement"]:
        for request in requests(part, denials, values) if part["Effect"] == "Allow" else ():
            if not may(request, scope) and not any(applies(denial, request) for denial in denials):
                return request
    return None


def requests(part: Policy, denials: list[Policy], values: Mapping[str, list[str]]) -> Iterator[Request]:
    """Every witness to which a statement applies. Its conditions are met key by key, before keys are combined."""
    keys = sorted({key.lower() for each in [part, *denials] for key in keys_of(each)})
    choices = [[value for value in [None, *values[key]] if suits(part, key, value)] for key in keys]
    for (kind, who), action in itertools.product(WHO, ACTIONS):
        if concerns(part, Request(kind, who, action)):
            for chosen in itertools.product(*choices):
                context = {key: each for key, each in zip(keys, chosen, strict=True) if each is not None}
                yield Request(kind, who, action, context)


def suits(part: Policy, key: str, value: str | None) -> bool:
    """Whether all that a statement says of one key holds for a value, or for its absence."""
    context: dict[str, str | list[str]] = {} if value is None else {key: value}
    said = [(operator, keys) for operator, keys in part.get("Condition", {}).items()]
    return all(
        holds(operator, name, wanted, context)
        for operator, keys in said
        for name, wanted in keys.items()
        if name.lower() == key
    )


def literals(policy: Policy) -> dict[str, list[str]]:
    """For each key the values that the policy names, wildcards filled in two ways, and one that it should not admit."""
    found = {key: {stranger} for key, stranger in STRANGERS.items()}
    for part in policy["Statement"]:
        for keys in part.get("Condition", {}).values():
            for key, wanted in keys.items():
                found[key.lower()] |= {filled for each in many(wanted) for filled in fillings(str(each))}
    return {key: sorted(values) for key, values in found.items()}


def fillings(pattern: str) -> Iterable[str]:
    return {pattern.replace("*", filling).replace("?", "q") for filling in ("x", "Q9:r:s:t/u")}


def keys_of(part: Policy) -> Iterator[str]:
    for keys in part.get("Condition", {}).values():
        yield from keys


def needed(scope: Scope) -> Iterator[Request]:
    """What Cognito asks for in its own name, in either Region."""
    for service, region, action in itertools.product(SERVICES, scope.regions, ["kms:DescribeKey", *DATA]):
        arn = f"arn:aws:cognito-idp:{region}:{ACCOUNT}:userpool/{scope.pool_id or 'us-east-1_New000001'}"
        context = {SOURCE: arn, SOURCE_ACCOUNT: ACCOUNT} | ({} if action == "kms:DescribeKey" else {CONTEXT: arn})
        yield Request("Service", service, action, context)
