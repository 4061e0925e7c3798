"""What a property names, where a list is known in parts and a source is of another kind."""

from dataclasses import replace
from typing import Any

import pytest
from pack.facts import MISSING, UNKNOWN, Context, Resource, StackFacts
from pack.health_checks import is_serving
from pack.key_pairs import key_arn, outside_replicas
from pack.pool_keys import Owner, of_configuration, pool_keys
from pack.recovery import control_name
from pack.references import Named, identities, named, named_all
from pack.regions import certificate_region, primary_region
from pack.replicas import replicas_of
from pack.types import CONTROLS, HEALTH_CHECKS, KEY_PAIR, POOL, REPLICA

from tests.policies.good_stack import changed, good_stack
from tests.policies.maker import ACCOUNT, EAST, WEST, component, resource
from tests.policies.maker import key_arn as arn_in

CHECK = "aws:route53/healthCheck:HealthCheck"
TOPIC = "aws:sns/topic:Topic"
CHILDREN = "childHealthchecks"


def check(name: str, **props: Any) -> Resource:
    return resource(CHECK, name, None, **props)


def holder(value: Any, *sources: Resource) -> Resource:
    one = check("holder", id="id-holder", **{CHILDREN: value})
    return replace(one, property_dependencies={CHILDREN: [source.urn for source in sources]})


def children(value: Any, *stack: Resource, sources: tuple[Resource, ...] = ()) -> Named:
    one = holder(value, *sources)
    return named_all(StackFacts(resources=[one, *stack]), one, CHILDREN, HEALTH_CHECKS)


ONE, TWO, NEW = check("one", id="id-one"), check("two", id="id-two"), check("new", id=UNKNOWN)


def test_an_unknown_item_is_the_source_that_the_list_does_not_name() -> None:
    assert children(["id-one", UNKNOWN], ONE, NEW, sources=(ONE, NEW)) == Named(known=[ONE, NEW], whole=True)
    assert children([UNKNOWN], NEW, sources=(NEW,)) == Named(known=[NEW], whole=True)


def test_an_unknown_item_that_no_source_explains_leaves_the_list_open() -> None:
    assert children(["id-one", UNKNOWN], ONE, sources=(ONE,)) == Named(known=[ONE], whole=False)
    assert children(["id-one", UNKNOWN], ONE, TWO) == Named(known=[ONE], whole=False)
    assert children([UNKNOWN, 7.0], ONE, TWO, sources=(ONE,)) == Named(known=[ONE], whole=False)


def test_a_list_that_is_unknown_is_its_sources() -> None:
    assert children(UNKNOWN, ONE, NEW, sources=(ONE, NEW)) == Named(known=[NEW, ONE], whole=True)
    assert children(UNKNOWN, ONE) == Named(known=[], whole=False)
    assert children("odd", ONE, sources=(ONE,)) == Named(known=[ONE], whole=False)
    assert children(None, ONE, sources=(ONE,)) == Named(known=[], whole=True)


def test_a_source_of_another_type_names_nothing() -> None:
    topic = resource(TOPIC, "topic", None)
    assert children([UNKNOWN], topic, NEW, sources=(topic, NEW)) == Named(known=[NEW], whole=True)
    assert children(UNKNOWN, topic, sources=(topic,)) == Named(known=[], whole=False)


def test_a_text_is_the_source_that_has_no_name_yet() -> None:
    assert children(["id-soon"], ONE, NEW, sources=(ONE, NEW)) == Named(known=[NEW], whole=True)
    assert children(["id-soon"], ONE, TWO, sources=(ONE, TWO)) == Named(known=["id-soon"], whole=True)
    two_new = check("newer", id=UNKNOWN)
    assert not children(["id-soon"], NEW, two_new, sources=(NEW, two_new)).whole


def test_an_empty_text_names_nothing() -> None:
    record = resource("aws:route53/record:Record", "r", None, healthCheckId="")
    assert named(StackFacts(resources=[record]), record, "healthCheckId", HEALTH_CHECKS) is MISSING


@pytest.mark.parametrize(
    ("one", "names"),
    [
        (check("c", id="abc", arn="arn:aws:route53:::healthcheck/abc"), {"abc", "arn:aws:route53:::healthcheck/abc"}),
        (check("c", arn="arn:aws:route53:::healthcheck/abc"), {"abc", "arn:aws:route53:::healthcheck/abc"}),
        (resource("aws-native:route53:HealthCheck", "c", None, healthCheckId="abc"), {"abc"}),
        (resource(CONTROLS[0], "c", None, arn="arn:x/y", id="arn:z"), {"arn:x/y"}),
        (resource(CONTROLS[1], "c", None, routingControlArn="arn:x/y"), {"arn:x/y"}),
        (
            resource("aws:kms/key:Key", "k", None, id="key-1", arn="arn:aws:kms:x/key-2"),
            {"key-1", "arn:aws:kms:x/key-2"},
        ),
        (check("c", id=UNKNOWN, arn=""), set()),
    ],
)
def test_a_resource_is_named_by_its_own_names(one: Resource, names: set[str]) -> None:
    assert identities(one) == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (arn_in(EAST), (EAST, "mrk-0a1b2c3d")),
        (f"{arn_in(EAST)}/x", None),
        (f"{arn_in(EAST)}\n", None),
        (f"x{arn_in(EAST)}", None),
        (f"arn:aws:kms:{EAST}:{ACCOUNT}:alias/pool", None),
        ("mrk-0a1b2c3d", None),
        (7.0, None),
    ],
)
def test_a_keys_arn_is_one_from_end_to_end(text: Any, found: tuple[str, str] | None) -> None:
    assert key_arn(text) == found


def test_a_certificate_that_is_not_known_is_where_its_certificate_source_is() -> None:
    certificate = resource("aws:acm/certificate:Certificate", "c", None, WEST)
    topic = resource(TOPIC, "t", None, EAST)
    domain = replace(
        resource("aws-native:cognito:UserPoolDomain", "d", None),
        property_dependencies={"customDomainConfig": [topic.urn, certificate.urn]},
    )
    stack = StackFacts(resources=[certificate, topic, domain])
    assert certificate_region(stack, domain, "customDomainConfig.certificateArn", UNKNOWN) == WEST
    assert certificate_region(stack, topic, "x", UNKNOWN) is UNKNOWN


def test_the_primary_region_is_what_components_say_while_no_pool_is_there() -> None:
    pair = component(KEY_PAIR.rpartition(":")[2], "k", regions={"primary": EAST})
    odd, platform = (
        component("IdentityPlatform", "p", primaryRegion=7.0),
        component("IdentityPlatform", "q", primaryRegion=EAST),
    )
    assert primary_region(StackFacts(resources=[pair])) == EAST
    assert primary_region(StackFacts(resources=[odd, platform])) == EAST
    assert primary_region(StackFacts(resources=[odd])) is UNKNOWN
    assert primary_region(StackFacts(resources=[component("UserPool", "u", region=WEST)])) == WEST
    assert primary_region(StackFacts(resources=[])) is UNKNOWN
    other = component("PoolReplica", "r", primaryRegion=WEST)
    assert primary_region(StackFacts(resources=[pair, other])) is UNKNOWN


def test_a_replica_is_a_pools_unless_it_is_known_to_be_anothers() -> None:
    pool, other = (resource(POOL, name, None, userPoolId=UNKNOWN) for name in ("pool", "other"))
    topic = resource(TOPIC, "t", None)

    def replicas(*sources: Resource) -> list[Resource]:
        one = resource(REPLICA, "replica", None, userPoolId=UNKNOWN)
        one = replace(one, property_dependencies={"userPoolId": [source.urn for source in sources]})
        return replicas_of(StackFacts(resources=[pool, other, topic, one]), pool)

    assert replicas()
    assert replicas(pool)
    assert replicas(topic)
    assert not replicas(other)


def owner(**changes: Any) -> Owner:
    known: dict[str, Any] = {
        "account": ACCOUNT,
        "regions": {"primary": EAST, "secondary": WEST},
        "pool_id": MISSING,
        "deploy_roles": MISSING,
    }
    return Owner(**(known | changes))


@pytest.mark.parametrize(
    ("changes", "region"),
    [
        ({"account": UNKNOWN}, EAST),
        ({"account": MISSING}, EAST),
        ({"account": 7.0}, EAST),
        ({"regions": UNKNOWN}, EAST),
        ({"regions": {}}, EAST),
        ({"regions": "us-east-1"}, EAST),
        ({"pool_id": UNKNOWN}, EAST),
        ({"deploy_roles": [UNKNOWN]}, EAST),
        ({}, UNKNOWN),
        ({}, MISSING),
    ],
)
def test_a_scope_is_unknown_while_any_part_of_it_is(changes: dict[str, Any], region: Any) -> None:
    assert owner(**changes).scope(region) is UNKNOWN


def test_a_scope_is_what_the_owner_says() -> None:
    scope: Any = owner(pool_id="us-east-1_a", deploy_roles=["arn:role"]).scope(WEST)
    assert (scope.account, scope.region, scope.regions) == (ACCOUNT, WEST, (EAST, WEST))
    assert (scope.pool_id, scope.deploy_roles) == ("us-east-1_a", ("arn:role",))
    founding: Any = owner(pool_id="").scope(EAST)
    assert (founding.pool_id, founding.deploy_roles) == (None, ())


def test_without_a_belowthe_stack_file_says_whose_the_keys_are() -> None:
    config = {
        "cognito-dr:account": ACCOUNT,
        "cognito-dr:regions": '{"primary": "us-east-1"}',
        "cognito-dr:pool": '{"name": "x"}',
        "cognito-dr:deployRoles": '["arn:role"]',
    }
    said = of_configuration(StackFacts(resources=[], context=Context(config=config)))
    assert said == Owner(account=ACCOUNT, regions={"primary": EAST}, pool_id=MISSING, deploy_roles=["arn:role"])
    named_pool = Context(config=config | {"cognito-dr:pool": '{"id": "us-east-1_a"}'})
    assert of_configuration(StackFacts(resources=[], context=named_pool)).pool_id == "us-east-1_a"
    assert of_configuration(StackFacts(resources=[])).pool_id is MISSING


def test_a_key_below_another_belowis_a_pools_only_when_the_pool_names_it() -> None:
    other = component("Backup", "backup")
    key = resource("aws:kms/key:Key", "key", other, arn=arn_in(EAST))
    pool = resource(POOL, "pool", None, keyConfiguration={"kmsKeyArn": arn_in(EAST)})
    assert list(pool_keys(StackFacts(resources=[other, key]))) == []
    found = list(pool_keys(StackFacts(resources=[other, key, pool])))
    assert found == [(key, of_configuration(StackFacts(resources=[])))]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("prod-force-secondary", "force-secondary"),
        ("pin-primary", "pin-primary"),
        ("force-secondary-old", MISSING),
        (UNKNOWN, UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_a_control_is_known_by_the_end_of_its_name(name: Any, found: Any) -> None:
    assert control_name(resource(CONTROLS[0], "c", None, name=name)) == found


def test_a_check_that_may_be_the_serving_one_is_not_decided() -> None:
    stack = good_stack()
    stack = changed(stack, "serving-check", lambda one: replace(one, props={**one.props, "servingCheckId": UNKNOWN}))
    twin = next(one for one in stack.resources if one.name == "check-serving")
    below = next(one for one in stack.resources if one.name == "serving-check")
    assert is_serving(stack, below, twin) is True
    second = replace(twin, name="check-twin", urn=f"{twin.urn}-twin", props={**twin.props, "id": "id-twin"})
    assert is_serving(replace(stack, resources=[*stack.resources, second]), below, twin) is UNKNOWN


def test_a_replica_of_the_pools_key_is_found_by_the_key_id_that_all_regions_share() -> None:
    stack = good_stack()
    far = resource("aws:kms/replicaKey:ReplicaKey", "far", None, "eu-west-1", primaryKeyArn=arn_in("eu-west-1"))
    other = replace(far, name="other", urn=f"{far.urn}-other", props={"primaryKeyArn": arn_in("eu-west-1") + "0"})
    found = outside_replicas(replace(stack, resources=[*stack.resources, far, other]))
    assert [(one.name, isinstance(owner, Owner)) for one, owner in found] == [("far", True)]
