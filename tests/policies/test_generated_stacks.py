"""Good stacks in number have no violation, and each rule has looked at what it is about."""

from collections import Counter

from pack.facts import StackFacts
from pack.registry import all_rules

from tests.policies.generated.stacks import bases, good_stacks
from tests.policies.generated.subjects import SUBJECTS, subjects
from tests.policies.looking import looking, watched

AT_LEAST = 500


def judged(stack: StackFacts, judged_by: Counter[str]) -> list[str]:
    """What all rules say, and by rule how many of its subjects it has looked into."""
    seen, found = watched(stack), []
    for rule in all_rules():
        with looking() as looked:
            found += [f"{finding.rule} {finding.urn} {finding.message}" for finding in rule.judge(seen)]
        about = subjects(rule.id, stack)
        assert not about or looked & about, f"{rule.id} looked at none of {len(about)}"
        judged_by[rule.id] += len(looked & about)
    return found


def test_no_good_stack_of_five_hundred_has_a_finding_and_every_rule_has_run() -> None:
    distinct, judged_by = set(), Counter[str]()
    for stack in good_stacks():
        assert judged(stack, judged_by) == []
        distinct.add(repr(stack.resources))
    assert len(distinct) >= AT_LEAST
    assert set(judged_by) == set(SUBJECTS) == {rule.id for rule in all_rules()}
    print(f"{len(distinct)} good stacks; resources judged by rule: {dict(judged_by)}")  # noqa: T201 - shown by -rP


def test_the_good_stacks_cover_every_mode_in_every_phase() -> None:
    shapes = Counter[tuple[str, str]]()
    for stack in bases():
        props = {one.type.split(":")[-1]: one.props for one in stack.resources}
        shapes["phase", str(props["IdentityPlatform"]["phase"])] += 1
        shapes["mode", str(props.get("ServingCheck", {}).get("mode"))] += 1
        shapes["override", "controls" if "RoutingControls" in props else "item"] += 1
        shapes["probers", str(len(props.get("Probe", {}).get("probers", [])))] += 1
        shapes["api", "sample" if "SampleApi" in props else "targets"] += 1
    wanted = {
        *(("phase", phase) for phase in ("foundation", "replication", "domain", "live")),
        *(("mode", mode) for mode in ("calculated", "verdict")),
        *(("override", override) for override in ("controls", "item")),
        *(("probers", number) for number in ("1", "2")),
        *(("api", api) for api in ("sample", "targets")),
    }
    assert wanted <= set(shapes)
