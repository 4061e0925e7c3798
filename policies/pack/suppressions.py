"""Exceptions from a rule, written in the pack's configuration: for which resource, why, and until when."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from .facts import StackFacts
from .findings import Finding

FIELDS: Final = frozenset({"rule", "urn", "reason", "expires"})
FORM: Final = (
    "urn:pulumi:<stack>::<project>::<type>::<name>, where `*` stands for any text but never for the whole name"
)


class Unfit(ValueError):  # noqa: N818 - says what the entry is
    """An entry that suppresses nothing, and what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Suppression:
    """One exception. It counts up to and on the day that it names."""

    rule: str
    urn: str
    reason: str
    expires: date

    def matches(self, urn: str) -> bool:
        """Whether a resource is meant."""
        return re.fullmatch(".*".join(map(re.escape, self.urn.split("*"))), urn, re.S) is not None

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is excused."""
        return finding.rule == self.rule and self.matches(finding.urn)

    def __str__(self) -> str:
        return f"{self.rule} for {self.urn}"


def read(entry: Any, rules: Collection[str], today: date) -> Suppression:
    """One entry; raises Unfit where it is no entry, names no rule of the pack, or has expired."""
    if not isinstance(entry, Mapping) or entry.keys() != FIELDS:
        raise Unfit(f"has not exactly {', '.join(sorted(FIELDS))}")
    texts = {key: value.strip() if isinstance(value, str) else "" for key, value in entry.items()}
    if blank := sorted(key for key, value in texts.items() if not value):
        raise Unfit(f"has no text in {', '.join(blank)}")
    if texts["rule"] not in rules:
        raise Unfit(f"names {texts['rule']}, which is no rule of the pack")
    parts = texts["urn"].split("::")
    if not texts["urn"].startswith("urn:pulumi:") or len(parts) < 4 or not parts[3].strip("*"):
        raise Unfit(f"has the URN {texts['urn']}; expected {FORM}")
    try:
        expires = date.fromisoformat(texts["expires"])
    except ValueError as error:
        raise Unfit(f"expires on {texts['expires']}; expected a date, YYYY-MM-DD") from error
    if expires < today:
        raise Unfit(f"for {texts['rule']} expired on {expires}: mend {texts['urn']}, or say anew why not")
    return Suppression(rule=texts["rule"], urn=texts["urn"], reason=texts["reason"], expires=expires)


def strangers(suppressions: Collection[Suppression], stack: StackFacts) -> Iterator[Suppression]:
    """Those that mean no resource of the stack: what they excused is gone, or was never there."""
    for suppression in suppressions:
        if not any(suppression.matches(resource.urn) for resource in stack.resources):
            yield suppression
