"""Whether Cognito can use the key for the pool: a policy that locks it out stops every login."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .actions import DATA, DESCRIBE
from .conditions import CONTEXT, SOURCE, SOURCE_ACCOUNT, Condition
from .scope import SERVICES, Scope
from .statements import Statement


def lacking(statements: Iterable[Statement], scope: Scope) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Service, pool ARN and the actions that no statement surely gives it, or that one denies it outright.

    Data may carry either Region's ARN, so both services need every action for both.
    """
    statements = list(statements)
    for service in SERVICES:
        denied = frozenset(action for one in statements for action in _denied(one, service))
        for arn in sorted(scope.pools):
            given = frozenset(action for one in statements for action in _given(one, service, arn, scope))
            if missing := (DATA | DESCRIBE) - (given - denied):
                yield service, arn, missing


def _given(statement: Statement, service: str, arn: str, scope: Scope) -> frozenset[str]:
    """What a statement gives for an ARN; one with further conditions is not counted on, they may not be met.

    Nor is one without Resource, which KMS accepts and then never applies, or with another key's ARN.
    """
    if not statement.allows or statement.inverted or ("Service", service) not in statement.principals:
        return frozenset()
    if not any(map(scope.is_key, statement.resources)):
        return frozenset()
    carried = {SOURCE: arn, SOURCE_ACCOUNT: scope.account, CONTEXT: arn}
    if not all(_met(one, carried.get(one.key.lower())) for one in statement.conditions):
        return frozenset()
    # DescribeKey carries no encryption context, so a statement that asks for one never gives it.
    bound = any(one.key.lower() == CONTEXT for one in statement.conditions)
    return statement.actions - (DESCRIBE if bound else frozenset())


def _met(condition: Condition, carried: str | None) -> bool:
    """Whether a request surely meets a condition, which is on a key that it carries and names its value."""
    pinned = condition.pinned
    return carried is not None and (condition.demands_key or (pinned is not None and carried in pinned))


def _denied(statement: Statement, service: str) -> frozenset[str]:
    """What a Deny takes from a service. One under conditions may or may not strike: it is not read."""
    if statement.allows or statement.conditions:
        return frozenset()
    named = {("Service", service), ("AWS", "*")} & set(statement.principals)
    spared = statement.other_than and ("Service", service) not in statement.other_than
    return statement.actions if named or spared else frozenset()
