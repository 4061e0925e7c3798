"""What facts say about relations and Regions, asked directly: rules of a good stack never reach these corners."""

import pytest
from pack.deployment import deployed
from pack.facts import MISSING, UNKNOWN, Context, Provider, Resource, StackFacts, texts
from pack.types import POOL

URN = "urn:pulumi:prod::cognito-dr::"


def made(name: str, kind: str = "a:b:C", **more: object) -> Resource:
    return Resource(type=kind, name=name, urn=f"{URN}{kind}::{name}", **more)  # ty: ignore[invalid-argument-type]


def test_a_list_that_is_no_list_may_hold_anything() -> None:
    assert not texts(UNKNOWN).whole
    assert not texts("one").whole
    assert texts(["one", UNKNOWN]).known == ["one"]
    assert texts(MISSING).whole


@pytest.mark.parametrize(
    ("urn", "lineage"),
    [
        (f"{URN}x:y:Outer$a:b:C::n", ["x:y:Outer", "a:b:C"]),
        ("urn:pulumi:prod::cognito-dr::x:y:Other", ["a:b:C"]),  # no name: no URN
        ("odd", ["a:b:C"]),
    ],
)
def test_the_lineage_is_what_the_urn_keeps(urn: str, lineage: list[str]) -> None:
    assert Resource(type="a:b:C", name="n", urn=urn).lineage == lineage


def test_resources_of_several_types_come_in_the_order_of_urns() -> None:
    last, first, middle = made("1", "z:z:Z"), made("2", "a:a:A"), made("3", "m:m:M")
    stack = StackFacts(resources=[last, first, middle])
    assert stack.of_type("z:z:Z", "a:a:A") == [first, last]
    assert stack.of_type("z:z:Z", "m:m:M", "a:a:A", "z:z:Z") == [first, middle, last]
    assert stack.of_type("z:z:Z") == [last]


def test_a_setting_is_missing_where_the_stack_file_has_none() -> None:
    config = {"cognito-dr:pool": '{"id": "x"}', "cognito-dr:account": "111122223333", "cognito-dr:name": "prod"}
    stack = StackFacts(resources=[], context=Context(config=config))
    assert stack.setting("regions") is MISSING
    assert stack.setting("pool") == {"id": "x"}
    assert stack.setting("account") == "111122223333"
    assert stack.setting("name") == "prod"


def test_relations_follow_parents_to_the_top_and_no_further() -> None:
    top = made("top", "x:y:Top")
    inner = made("inner", "x:y:Inner", parent=top.urn)
    leaf, other = made("leaf", parent=inner.urn), made("other", "a:b:D", parent=inner.urn)
    nameless = Resource(type="x:y:Odd", name="odd", urn="", parent=None)
    stack = StackFacts(resources=[leaf, inner, other, top, nameless])
    assert list(stack.ancestors(leaf))[:2] == [inner, top]
    assert stack.children(inner, "a:b:C") == [leaf]
    assert stack.children(inner, "a:b:C", "a:b:D") == [leaf, other]
    assert stack.by_parent[""] == [nameless, top]
    assert stack.below(top, "a:b:C") == [leaf]


def test_a_circle_of_parents_ends() -> None:
    one = Resource(type="a:b:C", name="1", urn="u1", parent="u2")
    two = Resource(type="a:b:C", name="2", urn="u2", parent="u1")
    assert list(StackFacts(resources=[one, two]).ancestors(one)) == [two]


def test_a_source_that_the_stack_does_not_hold_is_none() -> None:
    source = made("source")
    holder = made("holder", property_dependencies={"x": [source.urn, "urn:gone"]})
    assert StackFacts(resources=[source, holder]).sources(holder, "x") == [source]


EAST = Provider(name="p", region="us-east-1")


@pytest.mark.parametrize(
    ("resource", "region"),
    [
        (made("own", props={"region": "eu-west-1"}, provider=EAST), "eu-west-1"),
        (made("providers", provider=EAST), "us-east-1"),
        (made("computed", props={"region": UNKNOWN}, provider=EAST, property_dependencies={"region": ["u"]}), UNKNOWN),
        (made("literal unknown", props={"region": UNKNOWN}, provider=EAST), "us-east-1"),
        (made("absent with sources", provider=EAST, property_dependencies={"region": ["u"]}), "us-east-1"),
        (made("nobody's"), UNKNOWN),
        (made("environment's", provider=Provider(name="default")), UNKNOWN),
    ],
)
def test_a_region_is_the_resources_own_else_its_providers(resource: Resource, region: object) -> None:
    assert StackFacts(resources=[resource]).region(resource) == region


def test_one_deployed_pool_among_several_is_enough() -> None:
    new, old = made("new", POOL, props={"userPoolId": UNKNOWN}), made("old", POOL, props={"userPoolId": "us-east-1_a"})
    assert deployed(StackFacts(resources=[new, old]))
    assert not deployed(StackFacts(resources=[new]))
