"""What a statement's conditions demand of a request, whatever operator says it.

Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .texts import Unreadable, texts

SOURCE: Final = "aws:sourcearn"
SOURCE_ACCOUNT: Final = "aws:sourceaccount"
VIA: Final = "kms:viaservice"
CALLER: Final = "kms:calleraccount"
CONTEXT: Final = "kms:encryptioncontext:aws:cognito-idp:userpool-arn"

# Operators that pin a key to the values named. Negated and unknown ones let a request pass with any other value.
PINNING: Final = frozenset({"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"})
ARNS: Final = frozenset({SOURCE, CONTEXT})
# Pool IDs differ by case alone; host names and account numbers do not.
CASELESS: Final = frozenset({SOURCE_ACCOUNT, VIA, CALLER})


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One operator on one key, as written."""

    operator: str
    key: str
    values: tuple[str, ...]

    @property
    def base(self) -> str:
        """The operator in lower case, without set qualifier and IfExists."""
        return self.operator.lower().rpartition(":")[2].removesuffix("ifexists")

    @property
    def may_lack_key(self) -> bool:
        """Whether a request passes that does not carry the key: ForAllValues and IfExists."""
        operator = self.operator.lower()
        return operator.startswith("forallvalues:") or operator.endswith("ifexists")

    @property
    def demands_key(self) -> bool:
        """Whether a request passes only if it carries the key: Null with false."""
        return self.base == "null" and bool(self.values) and {value.lower() for value in self.values} == {"false"}

    @property
    def pinned(self) -> frozenset[str] | None:
        """The only values that the key may have, where it is there; None when others pass.

        The keys in question have one value each, so ForAnyValue and ForAllValues change nothing but what is said
        of an absent key.
        """
        key, qualifier = self.key.lower(), self.operator.lower().rpartition(":")[0]
        if self.base not in PINNING or qualifier not in ("", "foranyvalue", "forallvalues") or not self.values:
            return None
        if self.base.startswith("arn") and key not in ARNS:
            return None  # no ARN at all, so it would match nothing
        if self.base == "stringequals" and re.search(r"[*?]", "".join(self.values)):
            return None  # taken literally, so it would match nothing; whoever wrote it meant a pattern
        if self.base != "stringequalsignorecase":
            return frozenset(self.values)
        return frozenset(value.lower() for value in self.values) if key in CASELESS else None


def conditions(value: Any, name: str) -> tuple[Condition, ...]:
    """Every operator on every key. Raises Unreadable."""
    if value is None:
        return ()
    if not isinstance(value, Mapping) or not all(isinstance(keys, Mapping) for keys in value.values()):
        raise Unreadable(f"{name} has no readable condition")
    return tuple(
        Condition(operator=str(operator), key=str(key), values=tuple(texts(wanted, name)))
        for operator, keys in value.items()
        for key, wanted in keys.items()
    )


def pins(every: Iterable[Condition]) -> dict[str, list[frozenset[str]]]:
    """For each key, in lower case, sets of values: a request must match each set.

    Two sets are never intersected as text: `*` and `arn:*` share no spelling and yet admit everything.
    """
    found: dict[str, list[frozenset[str]]] = {}
    every = list(every)
    present = {one.key.lower() for one in every if one.demands_key}
    for one in every:
        if one.pinned is not None and (not one.may_lack_key or one.key.lower() in present):
            found.setdefault(one.key.lower(), []).append(one.pinned)
    return found
