"""Whether a key policy admits Cognito for one pool, callers through it, and nobody else.

The form is AWS's documented one, stricter in two points: callers are bound to the account, and the root
and roles of the account administer the key without using it or granting its use, because IAM can hand
on whatever the root has. A Deny never widens and excuses no Allow: what it takes from one request another
may still have, and the next edit may drop it.
Source: docs.aws.amazon.com/cognito/latest/developerguide/data-protection.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .actions import ADMINISTER, DATA, DEPLOY, DESCRIBE, words
from .completeness import lacking
from .conditions import CALLER, CONTEXT, SOURCE, SOURCE_ACCOUNT, VIA
from .scope import SERVICES, Scope
from .statements import Statement, statements

Refusals = Iterator[tuple[str, frozenset[str]]]
NOTHING: frozenset[str] = frozenset()
BY_CONTEXT = "the pool's ARN as kms:EncryptionContext:aws:cognito-idp:userpool-arn"


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    """One way in which a policy is too open (or, for Cognito, too narrow)."""

    found: str
    expected: str


def judge(policy: Any, scope: Scope, *, partial: bool = False) -> list[Problem]:
    """All problems of a policy, sorted. `partial`: statements are left out, so none counts as missing."""
    found, wrong = statements(policy)
    problems = [Problem(found=text, expected="a key policy that KMS accepts") for text in wrong]
    problems += [problem for one in found if one.allows for problem in too_open(one, scope)]
    if not partial and not wrong:
        problems += [
            Problem(
                found=f"too narrow: {service} without {words(actions)} for {arn}",
                expected="the pool's own use of the key, with both of its ARNs, in statements with the Resource '*'",
            )
            for service, arn, actions in lacking(found, scope)
        ]
    return sorted(set(problems))


def too_open(statement: Statement, scope: Scope) -> Iterator[Problem]:
    """What an Allow gives to whom it must not, whatever the other statements say."""
    if statement.inverted:
        found = f"{statement.name} with NotPrincipal, NotAction or NotResource"
        yield Problem(found=found, expected="principals and actions by name: an exclusion admits all others")
        return
    for kind, who in statement.principals:
        for expected, refused in _refusals(kind, who, statement, scope):
            if refused:
                yield Problem(found=f"{statement.name} gives {who} {words(refused)}", expected=expected)


def _refusals(kind: str, who: str, statement: Statement, scope: Scope) -> Refusals:
    """What must hold for a principal, and the actions for which it does not."""
    if kind == "Service" and who in SERVICES:
        yield from _of_cognito(statement, scope)
    elif kind == "AWS" and (who == "*" or scope.is_own_principal(who)):
        yield from _of_callers(who, statement, scope)
    else:
        yield "Cognito or a principal of this account", statement.actions


def _of_cognito(statement: Statement, scope: Scope) -> Refusals:
    """The services use the key for this pool, called for by nobody else's."""
    actions = statement.actions
    bound = _pool(statement, SOURCE, scope) and _exactly(statement, SOURCE_ACCOUNT, scope.account)
    yield "aws:SourceArn of the pool and aws:SourceAccount of the account", NOTHING if bound else actions
    yield "no action but the pool's own use of the key", actions - DATA - DESCRIBE
    yield BY_CONTEXT, NOTHING if _pool(statement, CONTEXT, scope) else actions & DATA


def _of_callers(who: str, statement: Statement, scope: Scope) -> Refusals:
    """Own principals administer freely; whoever else, and for whatever else, must come through Cognito."""
    rest = statement.actions - (NOTHING if who == "*" else ADMINISTER)
    if not _exactly(statement, VIA, scope.via):
        yield _only_through(who, scope), rest
        return
    if scope.is_deploy_role(who):
        yield "the seven actions of a deploy role", rest - DEPLOY
        return
    yield "no action but the use of the key through Cognito", rest - DATA - DESCRIBE
    yield f"kms:CallerAccount {scope.account}", NOTHING if _exactly(statement, CALLER, scope.account) else rest
    yield BY_CONTEXT, NOTHING if _pool(statement, CONTEXT, scope) else rest & DATA


def _only_through(who: str, scope: Scope) -> str:
    if who == "*":
        return f"kms:ViaService {scope.via}"
    why = ", because IAM can hand on whatever the account has" if scope.is_account(who) else ""
    return f"administration only{why}, or use through {scope.via}"


def _exactly(statement: Statement, key: str, value: str) -> bool:
    return any(values == {value} for values in statement.pins.get(key, []))


def _pool(statement: Statement, key: str, scope: Scope) -> bool:
    return any(all(map(scope.admits_pool, values)) for values in statement.pins.get(key, []))
