"""Exceptions from a rule have a reason and an end; whatever is wrong with them is itself a violation."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pack.configuration import Configuration, configuration
from pack.facts import UNKNOWN, StackFacts
from pack.remarks import on_configuration
from pack.suppressions import Unfit, read

from tests.policies.good_stack import changed, good_stack, with_props
from tests.policies.servicer import TODAY, Pack

PARTS = "urn:pulumi:prod::cognito-dr"
REPLICA = "aws-native:cognito:UserPoolReplica"
REGIONAL = f"{PARTS}::aws-native:cognito:UserPoolRegionalConfigurationAttachment::regional"
ENTRY = {
    "rule": "pool-owned-and-protected",
    "urn": f"{PARTS}::{REPLICA}::copy",
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


@pytest.mark.parametrize("other", [{"rule": "replica-complete"}, {"urn": REGIONAL}], ids=str)
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
    pack.configure(suppressing(ENTRY | {"urn": f"{PARTS}::{REPLICA}::gone"}))
    ((policy, level, text),) = pack.on_stack(good_stack())
    assert (policy, level) == ("configuration", "mandatory")
    assert f"pool-owned-and-protected for {PARTS}::{REPLICA}::gone means no resource" in text


TOO_WIDE = [
    "urn:pulumi:*::*::*::*e*",
    f"{PARTS}::*::*",
    f"{PARTS}::*::copy",
    f"{PARTS}::*UserPoolReplica::copy",
    f"{PARTS}::aws-native:*::copy",
    f"{PARTS}::{REPLICA}::*",
    f"{PARTS}::{REPLICA}::*copy",
    f"{PARTS}::{REPLICA}::copy*",
    f"{PARTS}::{REPLICA}::a::*",
    f"{PARTS}::{REPLICA}::a::copy",
    f"{PARTS}::{REPLICA}",
    f"{PARTS}::{REPLICA}::",
    f"{PARTS}::::copy",
    f"urn:pulumi:::cognito-dr::{REPLICA}::copy",
    f"prod::cognito-dr::{REPLICA}::copy",
]


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
        *((ENTRY | {"urn": urn}, "neither begin nor end") for urn in TOO_WIDE),
        (ENTRY | {"expires": "31.12.2026"}, "expected a date"),
        (ENTRY | {"expires": "2026-13-01"}, "expected a date"),
        (ENTRY | {"expires": "2027-W05-1"}, "expected a date"),
        (ENTRY | {"expires": "20270131"}, "expected a date"),
        (ENTRY | {"expires": "9999-12-31"}, "expected 2027-11-25 at the latest"),
        (ENTRY | {"expires": "2027-11-26"}, "expected 2027-11-25 at the latest"),
        (ENTRY | {"expires": "2026-11-23"}, "expired on 2026-11-23"),
    ],
)
def test_an_unfit_entry_is_refused_with_what_is_wrong(entry: Any, words: str) -> None:
    with pytest.raises(Unfit, match=words.replace("*", r"\*")):
        read(entry, [ENTRY["rule"]], TODAY)


@pytest.mark.parametrize(
    ("pattern", "urn", "matched"),
    [
        (f"{PARTS}::a$b::copy", f"{PARTS}::a$b::copy", True),
        (f"{PARTS}::a$b::copy", f"{PARTS}::a$b::copy-2", False),
        (f"{PARTS}::a$b::copy", "urn:pulumi:staging::cognito-dr::a$b::copy", False),
        ("urn:pulumi:*::*::a$b::copy", "urn:pulumi:staging::other::a$b::copy", True),
        (f"{PARTS}::a*b::c*y", f"{PARTS}::a$x:y:b::copy", True),
        (f"{PARTS}::a*b::c*y", f"{PARTS}::a::b::copy", False),
        ("urn:pulumi:*::p::a::b", "urn:pulumi:s::p::a::n::p::a::b", False),
    ],
)
def test_a_pattern_is_matched_part_by_part(pattern: str, urn: str, matched: bool) -> None:
    assert read(ENTRY | {"urn": pattern}, [ENTRY["rule"]], TODAY).matches(urn) is matched


def test_an_entry_may_last_a_leap_year() -> None:
    assert read(ENTRY | {"expires": "2027-11-25"}, [ENTRY["rule"]], TODAY).expires == date(2027, 11, 25)


def test_of_two_entries_the_longer_one_is_shown() -> None:
    longer = ENTRY | {"urn": f"urn:pulumi:*::cognito-dr::{REPLICA}::copy", "expires": "2027-02-01"}
    given = suppressing(longer, ENTRY)
    made = configuration(given, {"configuration": ["suppressions"]}, [ENTRY["rule"]], TODAY)
    assert made.problems == ()
    assert sorted(one.expires for one in made.suppressions) == [date(2026, 12, 31), date(2027, 2, 1)]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (suppressing(ENTRY, ENTRY | {"expires": "2027-02-01"}), f"suppression 2 repeats {ENTRY['rule']} for"),
        ({"configuration": {"suppressions": ENTRY}}, "suppressions is no list"),
    ],
    ids=["twice", "no list"],
)
def test_a_list_names_each_exception_once(given: dict[str, Any], words: str) -> None:
    made = configuration(given, {"configuration": ["suppressions"]}, [ENTRY["rule"]], TODAY)
    (problem,) = made.problems
    assert problem.startswith(words)


def test_an_undecided_finding_can_be_suppressed(pack: Pack) -> None:
    unknown = ENTRY | {"rule": "replica-complete", "urn": REGIONAL}
    pack.configure(suppressing(unknown))
    found = pack.on_stack(with_props(good_stack(), "regional", status=UNKNOWN))
    assert [said[:2] for said in found] == [("replica-complete-undecided", "advisory")]
    assert "Suppressed until" in found[0][2]


def test_what_is_wrong_with_the_configuration_is_said_of_no_resource() -> None:
    (remark,) = on_configuration(Configuration(problems=("a mistake",)), StackFacts(resources=[]))
    assert (remark.policy, remark.urn, remark.text) == ("configuration", "", "a mistake")
