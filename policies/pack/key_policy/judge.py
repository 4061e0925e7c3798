"""Whether a key policy admits Cognito for one pool, callers through it, and nobody else.

The form is AWS's documented one, stricter in two points: callers are bound to the account, and the root
and roles of the account administer the key without using it or granting its use, because IAM can hand
on whatever the root has. A Deny never widens, so it is not read.
Source: docs.aws.amazon.com/cognito/latest/developerguide/data-protection.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .actions import ADMINISTER, ALL, DATA, DEPLOY, DESCRIBE, expanded
from .scope import SERVICES, Scope
from .statements import Statement, Unreadable, parsed, read

SOURCE = "aws:sourcearn"
SOURCE_ACCOUNT = "aws:sourceaccount"
VIA = "kms:viaservice"
CALLER = "kms:calleraccount"
CONTEXT = "kms:encryptioncontext:aws:cognito-idp:userpool-arn"


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    """One way in which a policy is too open (or, for Cognito, too narrow)."""

    found: str
    expected: str


def judge(policy: Any, scope: Scope, *, partial: bool = False) -> list[Problem]:
    """All problems of a policy, sorted. `partial`: statements are left out, so none counts as missing."""
    try:
        statements = [read(raw, index) for index, raw in enumerate(parsed(policy), 1)]
    except Unreadable as error:
        return [Problem(found=str(error), expected="a key policy that KMS accepts")]
    allowing = [statement for statement in statements if statement.allows]
    problems = [problem for statement in allowing for problem in _of_statement(statement, scope)]
    if not partial:
        problems += _missing(allowing, scope)
    return sorted(set(problems))


def _of_statement(statement: Statement, scope: Scope) -> Iterator[Problem]:
    if statement.inverted:
        found = f"{statement.name} with NotPrincipal, NotAction or NotResource"
        yield Problem(found=found, expected="principals and actions by name: an exclusion admits all others")
        return
    actions = frozenset(one for pattern in statement.actions for one in expanded(pattern))
    for kind, who in statement.principals:
        for expected, refused in _refusals(kind, who, actions, statement, scope):
            if refused:
                yield Problem(found=f"{statement.name} gives {who} {_words(refused)}", expected=expected)


def _refusals(
    kind: str, who: str, actions: frozenset[str], statement: Statement, scope: Scope
) -> Iterator[tuple[str, frozenset[str]]]:
    """What must hold for a principal, and the actions for which it does not."""
    if kind == "Service" and who in SERVICES:
        bound = _pool(statement, SOURCE, scope) and _exactly(statement, SOURCE_ACCOUNT, scope.account)
        yield (
            "aws:SourceArn of the pool and aws:SourceAccount of the account",
            frozenset() if bound else actions,
        )
        yield "no action but the pool's own use of the key", actions - DATA - DESCRIBE
        yield _CONTEXT, frozenset() if _pool(statement, CONTEXT, scope) else actions & DATA
    elif kind == "AWS" and (who == "*" or scope.is_own_principal(who) or who in scope.deploy_roles):
        yield from _of_callers(who, actions, statement, scope)
    else:
        yield "Cognito, this account or a deploy role", actions


_CONTEXT = "the pool's ARN as kms:EncryptionContext:aws:cognito-idp:userpool-arn"


def _of_callers(
    who: str, actions: frozenset[str], statement: Statement, scope: Scope
) -> Iterator[tuple[str, frozenset[str]]]:
    """Own principals administer freely; whoever else, and for whatever else, must come through Cognito."""
    named = who != "*"
    rest = actions - ADMINISTER if named else actions
    deploys = who in scope.deploy_roles
    through = _exactly(statement, VIA, scope.via)
    if not through:
        whose = "administration only" if named else f"kms:ViaService {scope.via}"
        yield whose + (f", or use through {scope.via}" if named else ""), rest
        return
    if deploys:
        yield "the seven actions of a deploy role", rest - DEPLOY
        return
    yield "no action but the use of the key through Cognito", rest - DATA - DESCRIBE
    caller = _exactly(statement, CALLER, scope.account)
    yield f"kms:CallerAccount {scope.account}", frozenset() if caller else rest
    yield _CONTEXT, frozenset() if _pool(statement, CONTEXT, scope) else rest & DATA


def _exactly(statement: Statement, key: str, value: str) -> bool:
    return any(values <= {value} for values in statement.pins.get(key, []))


def _pool(statement: Statement, key: str, scope: Scope) -> bool:
    return any(all(map(scope.admits_pool, values)) for values in statement.pins.get(key, []))


def _missing(statements: list[Statement], scope: Scope) -> Iterator[Problem]:
    """Both services need every action for the ARNs of both Regions, or the pool fails where one is lacking."""
    for service in SERVICES:
        for arn in sorted(scope.pools):
            lacking = (DATA | DESCRIBE) - _given(statements, service, arn)
            if lacking:
                found = f"{service} without {_words(lacking)} for {arn}"
                yield Problem(found=found, expected="the pool's own use of the key, with both of its ARNs")


def _given(statements: list[Statement], service: str, arn: str) -> frozenset[str]:
    given: set[str] = set()
    for statement in statements:
        if statement.inverted or ("Service", service) not in statement.principals:
            continue
        actions = {one for pattern in statement.actions for one in expanded(pattern)}
        if all(arn in values for values in statement.pins.get(SOURCE, [])):
            bound = statement.pins.get(CONTEXT, [])
            given |= actions if all(arn in values for values in bound) else set()
    return frozenset(given)


def _words(actions: frozenset[str]) -> str:
    """Name the actions; all of them together are kms:*."""
    if actions >= ALL:
        return "kms:*"
    names = sorted(actions)
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
