"""How far a finding goes: what is undecided advises before there is a pool, and stops where nothing excuses it."""

from dataclasses import replace

import pytest
from pack.deployment import deployed
from pack.facts import UNKNOWN, Provider, StackFacts

from tests.policies.cases import UNKNOWNS
from tests.policies.first_preview import first_preview
from tests.policies.good_stack import changed, good_stack, with_props
from tests.policies.maker import POOL, policy, resource
from tests.policies.mutations import Mutation
from tests.policies.servicer import Pack, Said

UNDECIDED = with_props(good_stack(), "regional", status=UNKNOWN)


@pytest.fixture
def pack() -> Pack:
    pack = Pack()
    pack.configure({})
    pack.stack()
    return pack


def new(stack: StackFacts) -> StackFacts:
    """The stack with a pool that this update makes."""
    return with_props(stack, "pool", "aws-native", userPoolId=UNKNOWN)


def brief(said: list[Said]) -> list[tuple[str, str]]:
    return sorted({one[:2] for one in said})


def test_undecided_on_a_deployed_stack_is_mandatory_with_urn_and_path(pack: Pack) -> None:
    ((policy, level, text),) = pack.on_stack(UNDECIDED)
    assert (policy, level) == ("replica-complete-undecided", "mandatory")
    assert "::regional\nstatus: not known before the update" in text


@pytest.mark.parametrize(("rule", "mutation"), [one for one in UNKNOWNS if one[0] != "explicit-provider-region"])
def test_each_rules_undecided_findings_stop_a_deployed_stack_alone(pack: Pack, rule: str, mutation: Mutation) -> None:
    stack = mutation(good_stack())
    assert brief(pack.on_stack(stack)) == [(f"{rule}-undecided", "mandatory" if deployed(stack) else "advisory")]


def test_undecided_without_a_deployed_pool_is_advisory(pack: Pack) -> None:
    found = brief(pack.on_stack(new(UNDECIDED)))
    assert ("replica-complete-undecided", "advisory") in found
    assert {level for _, level in found} == {"advisory"}


def test_a_cluster_that_this_update_makes_is_no_reason_to_stop(pack: Pack) -> None:
    stack = with_props(good_stack(), "cluster", clusterEndpoints=UNKNOWN)
    stack = with_props(with_props(stack, "controls", endpoints=UNKNOWN), "prod", clusterEndpoints=UNKNOWN)
    assert brief(pack.on_stack(stack)) == [("routing-controls-guarded-undecided", "advisory")]


def test_endpoints_that_are_hidden_although_the_cluster_exists_stop(pack: Pack) -> None:
    stack = with_props(good_stack(), "controls", endpoints=UNKNOWN)
    assert brief(pack.on_stack(stack)) == [("routing-controls-guarded-undecided", "mandatory")]


def test_a_first_preview_is_advisory_throughout(pack: Pack) -> None:
    found = brief(pack.on_stack(new(first_preview(good_stack()))))
    assert {level for _, level in found} == {"advisory"}


@pytest.mark.parametrize("level", ["mandatory", "advisory"])
def test_the_level_without_a_pool_is_the_configured_one(pack: Pack, level: str) -> None:
    pack.configure({"replica-complete-undecided": level})
    assert ("replica-complete-undecided", level) in brief(pack.on_stack(new(UNDECIDED)))


def test_the_level_with_a_pool_can_be_configured_too(pack: Pack) -> None:
    pack.configure({"replica-complete-undecided": {"whenDeployed": "advisory"}})
    assert brief(pack.on_stack(UNDECIDED)) == [("replica-complete-undecided", "advisory")]


def test_nothing_undecided_goes_further_than_a_violation(pack: Pack) -> None:
    pack.configure({"replica-complete": "advisory"})
    assert brief(pack.on_stack(UNDECIDED)) == [("replica-complete-undecided", "advisory")]
    pack.configure({"replica-complete": "disabled", "replica-complete-undecided": "mandatory"})
    assert brief(pack.on_stack(UNDECIDED)) == [("replica-complete-undecided", "mandatory")]


def test_a_policy_that_is_switched_off_is_silent(pack: Pack) -> None:
    pack.configure({"replica-complete-undecided": "disabled"})
    assert pack.on_stack(UNDECIDED) == []


def test_one_resource_alone_is_of_a_deployed_stack_where_the_settings_name_the_pool(pack: Pack) -> None:
    topic = resource("aws:sns/topic:Topic", "topic", None, region=UNKNOWN)
    topic = replace(topic, provider=Provider(name="default_7_51_1"))
    assert brief(pack.on_resource(topic)) == [("explicit-provider-region-undecided", "advisory")]
    pack.stack(pool=f'{{"id": "{POOL}"}}')
    assert brief(pack.on_resource(topic)) == [("explicit-provider-region-undecided", "mandatory")]


def test_a_guard_speaks_before_a_resource_is_applied_and_not_in_a_preview(pack: Pack) -> None:
    open_to_all = replace(resource("aws:kms/key:Key", "key-east", None, policy=policy("us-east-1").replace(POOL, "*")))
    pair = "urn:pulumi:prod::cognito-dr::cognito-dr:index:KeyPair$aws:kms/key:Key::key-east"
    key = replace(open_to_all, urn=pair)
    settings = {
        "account": '"111122223333"',
        "regions": '{"primary": "us-east-1", "secondary": "us-west-2"}',
        "pool": f'{{"id": "{POOL}"}}',
        "deployRoles": '["arn:aws:iam::111122223333:role/deploy"]',
    }
    pack.stack(dry_run=True, **settings)
    assert pack.on_resource(key) == []
    pack.stack(dry_run=False, **settings)
    assert brief(pack.on_resource(key)) == [("key-policy-pool-scoped-guard", "mandatory")]


def test_a_good_stack_is_silent_on_the_wire(pack: Pack) -> None:
    assert pack.on_stack(good_stack()) == []
    for one in good_stack().resources:
        assert pack.on_resource(one) == []


def test_a_violation_says_how_it_is_mended(pack: Pack) -> None:
    stack = changed(good_stack(), "copy", lambda one: replace(one, protect=False))
    ((_, level, text),) = pack.on_stack(stack)
    assert level == "mandatory"
    assert "expected protected: `protect=True`.\nManage the pool by aws-native alone" in text


def test_a_guard_is_silent_about_what_is_not_applied(pack: Pack) -> None:
    pack.stack(dry_run=False)
    pair = next(one for one in good_stack().resources if one.type.endswith(":KeyPair"))
    assert pack.on_resource(replace(pair, props={**pair.props, "deployRoles": ["*"]})) == []
