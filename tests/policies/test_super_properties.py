"""What holds of every rule on every stack, good or broken: hypothesis chooses among the generated ones."""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pack.alarms import region_bound
from pack.facts import UNKNOWN, Provider, Resource, StackFacts
from pack.findings import Finding, Verdict
from pack.registry import all_rules

from tests.policies.generated.stacks import bases, exported_bases
from tests.policies.generated.state_file import as_the_pack_reads
from tests.policies.generated.variations import in_regions, stranger
from tests.policies.mutants.all import MUTANTS
from tests.policies.mutants.kit import Mutant
from tests.policies.mutants.matrix import first_broken
from tests.policies.places import Path, hidden, put_at, shuffled, spots

RULES: Final = {rule.id: rule for rule in all_rules()}
PATIENT: Final = settings(suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
JSON: Final = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=6) | st.just(UNKNOWN) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
GOOD: Final = st.deferred(lambda: st.sampled_from(bases()))
MUTATED: Final = st.sampled_from(MUTANTS)


@functools.cache
def broken(mutant: Mutant) -> StackFacts:
    """The mutant on the first stack that it applies to."""
    return as_the_pack_reads(first_broken(mutant)[1])


def findings(stack: StackFacts) -> list[Finding]:
    """What all rules say of it."""
    return [finding for rule in RULES.values() for finding in rule.judge(stack)]


def verdicts(stack: StackFacts) -> set[tuple[str, str, str, Verdict]]:
    """The findings without their words, which may name things in the order in which they stand."""
    return {(one.rule, one.urn, one.path, one.verdict) for one in findings(stack)}


@functools.cache
def places(number: int) -> list[tuple[int, Path]]:
    """Every place of a good stack: the number of the resource, and the path in it."""
    return [(at, path) for at, one in enumerate(bases()[number].resources) for path in spots(one.props)]


@PATIENT
@given(st.deferred(lambda: st.integers(0, len(bases()) - 1)), st.data())
def test_no_rule_raises_on_any_value_anywhere(number: int, data: Any) -> None:
    stack, every = bases()[number], places(number)
    resources = list(stack.resources)
    for at, path in data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=4)):
        props = put_at(resources[at].props, path, data.draw(JSON))
        resources[at] = replace(resources[at], props=props)
    findings(replace(stack, resources=resources))


@PATIENT
@given(GOOD, st.data())
def test_no_rule_raises_on_odd_relations(stack: StackFacts, data: Any) -> None:
    at = data.draw(st.integers(0, len(stack.resources) - 1))
    one, urns = stack.resources[at], [other.urn for other in stack.resources]
    names = st.lists(st.sampled_from([*urns, "", "urn:pulumi:x::y::z::gone"]), max_size=3)
    region = data.draw(st.sampled_from(["", "us-east-1", "nowhere", UNKNOWN]))
    odd = replace(
        one,
        props=data.draw(st.dictionaries(st.sampled_from([*one.props, "region"]), JSON, max_size=4)),
        parent=data.draw(st.sampled_from([None, "", one.urn, *urns])),
        dependencies=data.draw(names),
        property_dependencies=data.draw(st.dictionaries(st.sampled_from([*one.props, "region"]), names, max_size=3)),
        provider=data.draw(st.sampled_from([None, Provider(name="", region=region)])),
    )
    findings(replace(stack, resources=[odd if index == at else r for index, r in enumerate(stack.resources)]))


@PATIENT
@given(MUTATED, st.integers(0, 2**32))
def test_no_verdict_depends_on_any_order(mutant: Mutant, seed: int) -> None:
    stack, order = broken(mutant), random.Random(seed)  # noqa: S311 - a thousand draws an example are too many
    resources = [replace(one, props=shuffled(one.props, order)) for one in stack.resources]
    order.shuffle(resources)
    assert verdicts(replace(stack, resources=resources)) == verdicts(stack)


UNRELATED: Final = st.builds(
    lambda kind, props: stranger(kind, "stranger", "us-east-1", **props),
    st.sampled_from(["aws:sns/topic:Topic", "aws:s3/bucket:Bucket", "aws-native:sqs:Queue", "gcp:pubsub:Topic"]),
    st.dictionaries(st.sampled_from(["name", "policy", "region", "type", "domain", "callbackUrls"]), JSON, max_size=4),
)


@PATIENT
@given(MUTATED, UNRELATED)
def test_an_unrelated_resource_changes_no_verdict(mutant: Mutant, other: Resource) -> None:
    stack = broken(mutant)
    assert findings(replace(stack, resources=[other, *stack.resources])) == findings(stack)


@settings(PATIENT, max_examples=max(200, settings().max_examples))
@given(MUTATED, st.data())
def test_an_unknown_value_never_turns_a_violation_into_a_pass(mutant: Mutant, data: Any) -> None:
    stack, good = broken(mutant), as_the_pack_reads(first_broken(mutant)[0])
    before = {one.urn: one for one in good.resources}
    touched = [one for one in stack.resources if before.get(one.urn) != one]
    one = data.draw(st.sampled_from(touched or stack.resources) | st.sampled_from(stack.resources))
    places = [path for path in spots(one.props) if path]
    if places:
        after = hidden(stack, one, data.draw(st.sampled_from(places)))
        assert RULES[mutant.rule].judge(after), mutant.name


def swapped(stack: StackFacts) -> tuple[StackFacts, Mapping[str, str]]:
    """The stack with its two Regions exchanged; an alarm on a health check stays in us-east-1, where its metric is."""
    facts = next(one.props for one in stack.resources if one.type.endswith(":IdentityPlatform"))
    pair = facts["primaryRegion"], facts["secondaryRegion"]
    exchange = dict(zip(pair, pair[::-1], strict=True))
    mirror = in_regions(stack, exchange)
    pairs = zip(stack.resources, mirror.resources, strict=True)
    kept = [replace(new, provider=old.provider) if region_bound(old) else new for old, new in pairs]
    return replace(mirror, resources=kept), exchange


AWS_OWN: Final = {"certificate-in-us-east-1"}
"""CloudFront reads a user pool domain's certificate from us-east-1 alone: the mirror image of a right one is wrong."""


@PATIENT
@given(MUTATED)
def test_exchanging_the_two_regions_mirrors_the_verdict(mutant: Mutant) -> None:
    # By rule: of two resources that differ, a rule names the later one, whichever Region that is.
    stack = broken(mutant)
    mirror, _ = swapped(stack)
    expected = {(rule, verdict) for rule, _, _, verdict in verdicts(stack) if rule not in AWS_OWN}
    assert {(rule, verdict) for rule, _, _, verdict in verdicts(mirror) if rule not in AWS_OWN} == expected


def test_only_a_pair_without_us_east_1_mirrors_the_certificates_verdict_too() -> None:
    for text in exported_bases():
        stack = as_the_pack_reads(text)
        mirror, exchange = swapped(stack)
        custom = any("customDomainConfig" in one.props for one in stack.resources)
        wrong = {one.rule for one in findings(mirror)}
        assert wrong == (AWS_OWN if custom and "us-east-1" in exchange else set())
