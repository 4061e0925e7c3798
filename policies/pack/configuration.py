"""The pack's configuration file as the engine hands it on, and what is wrong with it.

The engine checks the options that a policy declares; names and options that no policy has it accepts in silence, and
so somebody believes in a rule that is never configured.
Source: pulumi.com/docs/insights/policy/policy-packs/configuration
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from .findings import Finding
from .suppressions import Suppression, Unfit, read

ITSELF: Final = "configuration"
UNDECIDED: Final = "-undecided"
ALL: Final = "all"
"""What the engine calls the level of every policy that the file gives none. It hands the entry on."""
MILD: Final = frozenset({"advisory", "disabled"})
SUPPRESSIONS: Final = "suppressions"
WHEN_DEPLOYED: Final = "whenDeployed"
Given = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """What the file says, read once a run."""

    given: Given = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
    problems: tuple[str, ...] = ()

    def options(self, policy: str) -> Mapping[str, Any]:
        """The properties given for a policy, with the defaults that the engine fills in."""
        return self.given.get(policy, {})

    def excuse(self, finding: Finding) -> Suppression | None:
        """The suppression of a finding, the one that lasts longest."""
        covering = [one for one in self.suppressions if one.covers(finding)]
        return max(covering, key=lambda one: one.expires, default=None)

    def stops_when_deployed(self, rule: str) -> bool:
        """Whether what stays undecided although a pool is deployed stops the run."""
        return self.options(rule + UNDECIDED).get(WHEN_DEPLOYED, "mandatory") == "mandatory"


def configuration(
    given: Given,
    schemas: Mapping[str, Collection[str]],
    rules: Collection[str],
    today: date,
    levels: Mapping[str, str] = MappingProxyType({}),
) -> Configuration:
    """The configuration, judged by the policies' names and their options, the rules' names, the date and the levels."""
    problems = list(_silenced(levels))
    problems += [f"{name} is no policy of the pack" for name in sorted(given.keys() - schemas.keys() - {ALL})]
    for name in sorted(given.keys() & schemas.keys()):
        unknown = sorted(given[name].keys() - set(schemas[name]))
        problems += [f"{name} has no option {option}" for option in unknown]
    suppressions, unfit = _suppressions(given.get(ITSELF, {}).get(SUPPRESSIONS, []), rules, today)
    return Configuration(given=given, suppressions=suppressions, problems=(*problems, *unfit))


def _silenced(levels: Mapping[str, str]) -> Iterator[str]:
    """Levels that would excuse everything without a reason and an end."""
    if (level := levels.get(ALL)) in MILD:
        yield f"{ALL} is {level}, which silences every rule without reason or end: name the rules, or suppress findings"
    elif (level := levels.get(ITSELF)) in MILD:
        yield f"{ITSELF} is {level}, but it always stops the run: take its level out"


def _suppressions(entries: Any, rules: Collection[str], today: date) -> tuple[tuple[Suppression, ...], tuple[str, ...]]:
    """The exceptions that count, and what is wrong with the others, each by its place from one."""
    if not isinstance(entries, list):
        return (), (f"{SUPPRESSIONS} is no list: put each exception into [ ]",)
    fit: dict[tuple[str, str], Suppression] = {}
    unfit = []
    for index, entry in enumerate(entries, 1):
        try:
            one = read(entry, rules, today)
        except Unfit as error:
            unfit.append(f"suppression {index} {error}")
        else:
            if fit.setdefault((one.rule, one.urn), one) is not one:
                unfit.append(f"suppression {index} repeats {one}: keep one of them")
    return tuple(fit.values()), tuple(unfit)
