"""Whether a key policy allows one request: a small evaluator that judges the rule and shares no code with it.

Written from docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
docs.aws.amazon.com/kms/latest/developerguide/key-policies.html. It answers for the key policy alone: what the account's
root has, IAM can hand on, so a request of the account counts as allowed when its root is.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

KEY = "arn:aws:kms:us-east-1:111122223333:key/mrk-0a1b2c3d"


@dataclass(frozen=True)
class Request:
    """Who asks for what of which key. `kind` is AWS (an ARN) or Service (a name); context keys are in lower case."""

    kind: str
    who: str
    action: str
    context: Mapping[str, str | list[str]] = field(default_factory=dict)
    key: str = KEY


def allowed(policy: Mapping[str, Any], request: Request) -> bool:
    """An explicit Deny beats every Allow."""
    hits = [part["Effect"] for part in many(policy["Statement"]) if applies(part, request)]
    return "Allow" in hits and "Deny" not in hits


def applies(part: Mapping[str, Any], request: Request) -> bool:
    """Whether a statement speaks of the request."""
    return concerns(part, request) and all(
        holds(operator, key, wanted, request.context)
        for operator, keys in part.get("Condition", {}).items()
        for key, wanted in keys.items()
    )


def concerns(part: Mapping[str, Any], request: Request) -> bool:
    """Whether principal, action and key are the statement's, whatever its conditions say; without a key it has none."""
    excluded = "NotPrincipal" in part
    if names(part["NotPrincipal" if excluded else "Principal"], request) == excluded:
        return False
    others = "NotResource" in part
    keys = many(part.get("NotResource" if others else "Resource", []))
    if any(like(pattern, request.key) for pattern in keys) == others:
        return False
    spared = "NotAction" in part
    return covers(part["NotAction" if spared else "Action"], request.action) != spared


def names(principal: Any, request: Request) -> bool:
    """A lone star, or one under AWS, is everybody, services too; an account is all of its identities."""
    if principal == "*" or "*" in many(principal.get("AWS", [])):
        return True
    listed = many(principal.get(request.kind, []))
    if request.kind == "AWS":
        account = request.who.split(":")[4]
        listed += [request.who for one in listed if one in (account, f"arn:aws:iam::{account}:root")]
    return request.who in listed


def covers(patterns: Any, action: str) -> bool:
    return any(like(pattern.lower(), action.lower()) for pattern in many(patterns))


def holds(operator: str, key: str, wanted: Any, context: Mapping[str, str | list[str]]) -> bool:
    """One operator on one key. Raises KeyError for an operator that is not in the table."""
    words = operator.lower().split(":")
    name, qualifier = words[-1], words[0] if len(words) == 2 else ""
    optional, name = name.endswith("ifexists"), re.sub("ifexists$", "", name)
    found = context.get(key.lower())
    texts = [str(each).lower() if isinstance(each, bool) else str(each) for each in many(wanted)]
    if name == "null":
        return any((found is None) == (text.lower() == "true") for text in texts)
    negated = "not" in name
    test = OPERATORS[name.replace("not", "")]
    if found is None:
        return optional or qualifier == "forallvalues" or (negated and qualifier == "")
    # A negated operator holds for a value that matches none of those named.
    results = [negated != any(test(text, each) for text in texts) for each in many(found)]
    return any(results) if qualifier == "foranyvalue" else all(results)


def like(pattern: str, text: str) -> bool:
    """Star and question mark, nothing else: fnmatch's brackets are characters here."""
    return fnmatch.fnmatchcase(text, pattern.replace("[", "[[]"))


def arn_like(pattern: str, text: str) -> bool:
    """Each of the six parts by itself: a star does not reach over a colon."""
    wanted, found = pattern.split(":", 5), text.split(":", 5)
    return len(wanted) == len(found) == 6 and all(map(like, wanted, found))


OPERATORS: Mapping[str, Callable[[str, str], bool]] = {
    "stringequals": lambda wanted, found: wanted == found,
    "stringequalsignorecase": lambda wanted, found: wanted.casefold() == found.casefold(),
    "stringlike": like,
    "arnequals": arn_like,
    "arnlike": arn_like,
    "bool": lambda wanted, found: wanted.lower() == found.lower(),
}


def many(value: Any) -> list[Any]:
    """One value or several."""
    return list(value) if isinstance(value, list) else [value]
