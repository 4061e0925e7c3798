"""Exceptions from a rule, written in the pack's configuration: for which resource, why, and until when."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from .facts import StackFacts
from .findings import Finding

FIELDS: Final = frozenset({"rule", "urn", "reason", "expires"})
LONGEST: Final = timedelta(days=366)
"""What is to last longer belongs into the rule or into its options."""
DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FORM: Final = (
    "urn:pulumi:<stack>::<project>::<type>::<name>, where `*` stands for any text of one part; type and name neither "
    "begin nor end with it"
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
        """Whether a resource is meant; a star never reaches over `::` into the next part."""
        return re.fullmatch("(?:(?!::).)*".join(map(re.escape, self.urn.split("*"))), urn, re.S) is not None

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is excused."""
        return finding.rule == self.rule and self.matches(finding.urn)

    def __str__(self) -> str:
        return f"{self.rule} for {self.urn}"


def read(entry: Any, rules: Collection[str], today: date) -> Suppression:
    """One entry; raises Unfit where it is no entry, names no rule of the pack, means too much, or has expired."""
    if not isinstance(entry, Mapping) or entry.keys() != FIELDS:
        raise Unfit(f"has not exactly {', '.join(sorted(FIELDS))}")
    texts = {key: value.strip() if isinstance(value, str) else "" for key, value in entry.items()}
    if blank := sorted(key for key, value in texts.items() if not value):
        raise Unfit(f"has no text in {', '.join(blank)}")
    if texts["rule"] not in rules:
        raise Unfit(f"names {texts['rule']}, which is no rule of the pack")
    if not _fits(texts["urn"]):
        raise Unfit(f"has the URN {texts['urn']}; expected {FORM}")
    expires = _day(texts["expires"])
    if expires < today:
        raise Unfit(f"for {texts['rule']} expired on {expires}: mend {texts['urn']}, or say anew why not")
    if expires > today + LONGEST:
        raise Unfit(f"expires on {expires}; expected {today + LONGEST} at the latest, {LONGEST.days} days from today")
    return Suppression(rule=texts["rule"], urn=texts["urn"], reason=texts["reason"], expires=expires)


def _fits(urn: str) -> bool:
    """Whether a pattern has the four parts of a URN, and a type and a name that are more than any text."""
    parts = urn.removeprefix("urn:pulumi:").split("::")
    named = parts[2:]
    return (
        urn.startswith("urn:pulumi:")
        and len(parts) == 4
        and all(parts)
        and not any(part.startswith("*") or part.endswith("*") for part in named)
    )


def _day(text: str) -> date:
    """A date as the form has it: `fromisoformat` alone takes weeks, too. Raises Unfit."""
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Unfit(f"expires on {text}; expected a date, YYYY-MM-DD")


def strangers(suppressions: Collection[Suppression], stack: StackFacts) -> Iterator[Suppression]:
    """Those that mean no resource of the stack: what they excused is gone, or was never there."""
    for suppression in suppressions:
        if not any(suppression.matches(resource.urn) for resource in stack.resources):
            yield suppression
