"""Who has a right on a key, as a table for an auditor: a pure reading of its policy and its grants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from pack.key_policy import (
    ADMINISTER,
    DESCRIBE,
    GRANT,
    SERVICES,
    Condition,
    Problem,
    Scope,
    Statement,
    judge,
    statements,
    too_open,
    words,
)

WITHIN, NOT_JUDGED = "within the rule", "not judged: AWS does not say whether Cognito makes grants"
Principal = tuple[str, str]


class Asked(StrEnum):
    """What somebody may do."""

    DECRYPT = "decrypt"
    DESCRIBE = "describe"
    ADMINISTER = "administer"
    GRANT = "grant"


ACTIONS: Final[Mapping[Asked, frozenset[str]]] = {
    # To encrypt anew under a key of one's own is to decrypt.
    Asked.DECRYPT: frozenset({"kms:decrypt", "kms:reencryptfrom"}),
    Asked.DESCRIBE: DESCRIBE,
    Asked.ADMINISTER: ADMINISTER - DESCRIBE,
    Asked.GRANT: GRANT,
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One principal of one Region's key."""

    region: str
    who: str
    what: str
    conditions: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key as it is: its policy, its grants as ListGrants tells them, and to whom it is to be confined."""

    policy: Any
    scope: Scope
    grants: Sequence[Mapping[str, Any]] = ()


def problems(key: Key) -> list[Problem]:
    """Everything in which a key is too open, or closed to Cognito, whatever was asked."""
    expected = "no grants: Cognito's callers use the key by its policy"
    opened = [Problem(found=f"{_grant(each)} to {_grantee(each)}", expected=expected) for each in _foreign(key.grants)]
    return [*judge(key.policy, key.scope), *opened]


def rows(key: Key, asked: Asked) -> list[Row]:
    """Who may do what was asked, a row a principal, in the order of the policy; then the grants."""
    found, _ = statements(key.policy)
    narrowed = [replace(one, actions=one.actions & ACTIONS[asked]) for one in found]
    speaking = [one for one in narrowed if one.actions]
    denials = [one for one in speaking if not one.allows]
    by_who: dict[Principal, list[Statement]] = {}
    for one in speaking:
        for who in _beneficiaries(one) if one.allows else ():
            by_who.setdefault(who, []).append(one)
    of_policy = [_row(key.scope, who, given, denials) for who, given in by_who.items()]
    return [*of_policy, *_of_grants(key, asked)]


def _beneficiaries(statement: Statement) -> tuple[Principal, ...]:
    """The principals by name; an exclusion benefits all others at once."""
    if not statement.other_than:
        return tuple(dict.fromkeys(statement.principals))
    return (("other than", ", ".join(name for _, name in statement.other_than)),)


def _row(scope: Scope, who: Principal, given: Sequence[Statement], denials: Iterable[Statement]) -> Row:
    own = [replace(one, principals=(who,)) for one in given]  # what the statement gives to others is their row's
    wrong = dict.fromkeys(problem.expected for one in own for problem in too_open(one, scope))
    ways = dict.fromkeys(", ".join(_said(each, scope) for each in one.conditions) or "none" for one in given)
    spared = [one.name for one in denials if _may_strike(one, who)]
    return Row(
        region=scope.region,
        who=_named(who, scope),
        what=words(frozenset(action for one in given for action in one.actions)),
        conditions=" or ".join(ways) + (f"; unless denied by {', '.join(spared)}" if spared else ""),
        verdict=f"too open: to be {'; '.join(wrong)}" if wrong else WITHIN,
    )


def _said(condition: Condition, scope: Scope) -> str:
    """As written, but for the pool's own ARNs: among so many alike a reader would overlook another pool's."""
    values = [f"this pool in {each.split(':')[3]}" if each in scope.pools else each for each in condition.values]
    return f"{condition.key} {condition.operator} {' | '.join(values)}"


def _named(who: Principal, scope: Scope) -> str:
    kind, name = who
    if kind == "other than":
        return f"everybody but {name}"
    if kind == "AWS" and name == "*":
        return "anybody (*)"
    if kind == "AWS" and scope.is_account(name):
        return f"{name} (whoever has the right by IAM)"
    return name if kind in ("AWS", "Service") else f"{kind} {name}"


def _may_strike(denial: Statement, who: Principal) -> bool:
    """Whether a Deny could concern a principal; a reader has to look, so doubt counts as yes.

    An account holds its roles, and everybody is a service, too; only a service and a named other one are apart.
    """
    wide = bool(denial.other_than) or ("AWS", "*") in denial.principals or who == ("AWS", "*")
    return (
        wide or who[0] == "other than" or any(who == each or who[0] == each[0] == "AWS" for each in denial.principals)
    )


def _of_grants(key: Key, asked: Asked) -> Iterator[Row]:
    """A grant gives its operations past the policy."""
    foreign = list(_foreign(key.grants))
    for grant in key.grants:
        if given := _operations(grant) & ACTIONS[asked]:
            constraints = grant.get("Constraints") or {}
            yield Row(
                region=key.scope.region,
                who=_grantee(grant),
                what=f"{words(given)} by {_grant(grant)}",
                conditions=", ".join(f"{name} {value}" for name, value in constraints.items()) or "none",
                verdict="too open: to be no grant" if grant in foreign else NOT_JUDGED,
            )


def _foreign(grants: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Grants to anybody but Cognito, whose services KMS also names by Region."""
    for grant in grants:
        first, _, rest = _grantee(grant).partition(".")
        if not rest.endswith("amazonaws.com") or f"{first}.amazonaws.com" not in SERVICES:
            yield grant


def _operations(grant: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(f"kms:{name}".lower() for name in grant.get("Operations", ()))


def _grant(grant: Mapping[str, Any]) -> str:
    return f"grant {str(grant.get('GrantId', ''))[:12]}"


def _grantee(grant: Mapping[str, Any]) -> str:
    return str(grant.get("GranteePrincipal", ""))
