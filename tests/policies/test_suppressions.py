"""Exceptions from a rule have a reason and an end; whatever is wrong with them is itself a violation."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pack.configuration import configuration
from pack.facts import UNKNOWN
from pack.suppressions import Unfit, read

from tests.policies.good_stack import changed, good_stack, with_props
from tests.policies.servicer import TODAY, Pack

ENTRY = {
    "rule": "pool-owned-and-protected",
    "urn": "urn:pulumi:prod::cognito-dr::*::copy",
    "reason": "is replaced in the migration",
    "expires": "2026-12-31",
}
UNPROTECTED = changed(good_stack(), "copy", lambda one: replace(one, protect=False))


@pytest.fixture
def pack() -> Pack:
    return Pack()


def suppressing(*entries: Any) -> dict[str, Any]:
    return {"configuration": {"suppressions": list(entries)}}


def test_a_suppressed_finding_is_advisory_with_its_reason(pack: Pack) -> None:
    pack.configure(suppressing(ENTRY))
    ((policy, level, text),) = pack.on_stack(UNPROTECTED)
    assert (policy, level) == ("pool-owned-and-protected", "advisory")
    assert "protect: found unprotected" in text
    assert "Suppressed until 2026-12-31: is replaced in the migration" in text


def test_without_the_entry_it_is_mandatory(pack: Pack) -> None:
    pack.configure({})
    assert [said[:2] for said in pack.on_stack(UNPROTECTED)] == [("pool-owned-and-protected", "mandatory")]


@pytest.mark.parametrize(
    "other", [{"rule": "replica-complete"}, {"urn": "urn:pulumi:prod::cognito-dr::*::regional"}], ids=str
)
def test_another_rule_or_resource_is_not_excused(pack: Pack, other: dict[str, str]) -> None:
    pack.configure(suppressing(ENTRY | other))
    assert [said[:2] for said in pack.on_stack(UNPROTECTED)] == [("pool-owned-and-protected", "mandatory")]


def test_an_expired_entry_is_a_violation_and_excuses_nothing(pack: Pack) -> None:
    pack.configure(suppressing(ENTRY | {"expires": "2026-11-23"}))
    found = pack.on_stack(UNPROTECTED)
    assert [said[:2] for said in found] == [
        ("configuration", "mandatory"),
        ("pool-owned-and-protected", "mandatory"),
    ]
    assert "expired on 2026-11-23" in found[0][2]


def test_an_entry_counts_on_its_last_day() -> None:
    assert read(ENTRY | {"expires": TODAY.isoformat()}, [ENTRY["rule"]], TODAY).expires == TODAY


def test_an_entry_that_means_no_resource_is_a_violation(pack: Pack) -> None:
    pack.configure(suppressing(ENTRY | {"urn": "urn:pulumi:prod::cognito-dr::*::gone"}))
    ((policy, level, text),) = pack.on_stack(good_stack())
    assert (policy, level) == ("configuration", "mandatory")
    assert "pool-owned-and-protected for urn:pulumi:prod::cognito-dr::*::gone means no resource" in text


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("all", "has not exactly expires, reason, rule, urn"),
        ({key: value for key, value in ENTRY.items() if key != "reason"}, "has not exactly"),
        (ENTRY | {"until": "2027-01-01"}, "has not exactly"),
        (ENTRY | {"reason": "  "}, "has no text in reason"),
        (ENTRY | {"expires": 2027.0}, "has no text in expires"),
        (ENTRY | {"rule": "pool-owned"}, "names pool-owned, which is no rule"),
        (ENTRY | {"rule": "pool-owned-and-protected-undecided"}, "is no rule of the pack"),
        (ENTRY | {"urn": "*"}, "expected urn:pulumi:"),
        (ENTRY | {"urn": "urn:pulumi:*"}, "expected urn:pulumi:"),
        (ENTRY | {"urn": "urn:pulumi:prod::cognito-dr::*::*"}, "never for the whole name"),
        (ENTRY | {"expires": "31.12.2026"}, "expected a date"),
        (ENTRY | {"expires": "2026-11-23"}, "expired on 2026-11-23"),
    ],
)
def test_an_unfit_entry_is_refused_with_what_is_wrong(entry: Any, words: str) -> None:
    with pytest.raises(Unfit, match=words.replace("*", r"\*")):
        read(entry, [ENTRY["rule"]], TODAY)


@pytest.mark.parametrize(
    ("urn", "matched"),
    [
        ("urn:pulumi:prod::cognito-dr::aws-native:cognito:UserPoolReplica::copy", True),
        ("urn:pulumi:prod::cognito-dr::a$b::copy", True),
        ("urn:pulumi:prod::cognito-dr::a::copy-2", False),
        ("urn:pulumi:staging::cognito-dr::a::copy", False),
    ],
)
def test_a_pattern_is_matched_as_a_whole(urn: str, matched: bool) -> None:
    assert read(ENTRY, [ENTRY["rule"]], TODAY).matches(urn) is matched


def test_of_two_entries_the_longer_one_is_shown() -> None:
    longer = ENTRY | {"expires": "2027-02-01", "reason": "longer"}
    given = suppressing(longer, ENTRY)
    made = configuration(given, {"configuration": ["suppressions"]}, [ENTRY["rule"]], TODAY)
    assert made.problems == ()
    assert sorted(one.expires for one in made.suppressions) == [date(2026, 12, 31), date(2027, 2, 1)]


def test_an_undecided_finding_can_be_suppressed(pack: Pack) -> None:
    unknown = ENTRY | {"rule": "replica-complete", "urn": "urn:pulumi:prod::cognito-dr::*::regional"}
    pack.configure(suppressing(unknown))
    found = pack.on_stack(with_props(good_stack(), "regional", status=UNKNOWN))
    assert [said[:2] for said in found] == [("replica-complete-undecided", "advisory")]
    assert "Suppressed until" in found[0][2]
