"""Where a record of the front door leads, how it is routed, and which names are the front door's."""

from dataclasses import replace
from typing import Any

import pytest
from pack.facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from pack.front_doors import failover_role, leads_to, unrouted

from tests.policies.maker import EAST, WEST, component, resource

RECORD, NATIVE = "aws:route53/record:Record", "aws-native:route53:RecordSet"
DOMAIN = "aws:apigatewayv2/domainName:DomainName"
DOOR = component("FrontDoor", "door", api="api.example.com")


@pytest.mark.parametrize(
    ("policies", "found"),
    [
        (None, MISSING),
        ([], MISSING),
        ([{"type": "PRIMARY"}], "PRIMARY"),
        ([{"type": "SECONDARY"}], "SECONDARY"),
        ([{"type": "THIRD"}], UNKNOWN),
        ([{}], UNKNOWN),
        (["PRIMARY"], UNKNOWN),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_a_role_of_failover_routing_is_a_word_or_a_mark(policies: Any, found: str | Mark) -> None:
    assert failover_role(resource(RECORD, "r", None, failoverRoutingPolicies=policies)) == found


def test_the_other_provider_says_the_role_itself() -> None:
    assert failover_role(resource(NATIVE, "r", None, failover="SECONDARY")) == "SECONDARY"


def led(record: Resource, *others: Resource) -> str | Mark:
    return leads_to(StackFacts(resources=[record, *others]), record, (EAST, WEST))


@pytest.mark.parametrize(
    ("props", "found"),
    [
        ({"records": [f"x.{WEST}.example.com"]}, WEST),
        ({"records": [f"x.{WEST}.example.com"], "setIdentifier": EAST}, WEST),
        ({"records": [f"x.{WEST}.example.com", 7.0]}, WEST),
        ({"records": [f"x.{EAST}.example.com", f"x.{WEST}.example.com"], "setIdentifier": EAST}, MISSING),
        ({"records": "odd", "setIdentifier": EAST}, EAST),
        ({"records": [f"x-{WEST}.example.com"], "setIdentifier": "blue"}, MISSING),
        ({"records": [f"x.{WEST}.example.com"], "setIdentifier": "blue"}, WEST),
        ({"aliases": [{"name": f"x.{WEST}.example.com"}]}, WEST),
        ({"aliases": ["odd"]}, MISSING),
        ({"aliases": [{"name": UNKNOWN}], "setIdentifier": EAST}, UNKNOWN),
        ({"records": UNKNOWN, "setIdentifier": EAST}, UNKNOWN),
        ({"records": [UNKNOWN, f"x.{WEST}.example.com"], "setIdentifier": EAST}, WEST),
        ({"setIdentifier": UNKNOWN}, UNKNOWN),
        ({"setIdentifier": ["odd"]}, MISSING),
    ],
)
def test_a_record_leads_where_its_host_says_else_its_identifier(props: dict[str, Any], found: str | Mark) -> None:
    assert led(resource(RECORD, "r", None, **props)) == found


def test_the_other_provider_names_target_and_values_in_its_own_way() -> None:
    assert led(resource(NATIVE, "r", None, aliasTarget={"dnsName": f"x.{WEST}.example.com"})) == WEST
    assert led(resource(NATIVE, "r", None, resourceRecords=[f"x.{WEST}.example.com"])) == WEST


@pytest.mark.parametrize(("kind", "prop"), [(RECORD, "aliases"), (RECORD, "records"), (NATIVE, "aliasTarget")])
def test_a_new_target_is_where_the_apis_domain_is_and_no_other_source_counts(kind: str, prop: str) -> None:
    domain, other = resource(DOMAIN, "d", None, WEST), resource("aws:ssm/parameter:Parameter", "p", None, EAST)
    record = replace(
        resource(kind, "r", None, **{prop: UNKNOWN}, setIdentifier=EAST),
        property_dependencies={prop: [domain.urn, other.urn]},
    )
    assert led(record, domain, other) == WEST
    assert led(replace(record, property_dependencies={prop: [other.urn]}), other) == UNKNOWN
    nowhere = replace(domain, provider=None)
    assert led(record, nowhere) == UNKNOWN


def plain(name: Any, kind: Any = "A", **props: Any) -> Resource:
    return resource(RECORD, "plain", DOOR, name=name, type=kind, **props)


def test_the_front_doors_names_are_published_weighted_or_an_apis() -> None:
    domain = resource(DOMAIN, "d", None, domainName="Own.example.com")
    weighted = resource(RECORD, "w", None, name="w.example.com", weightedRoutingPolicies=[{"weight": 1.0}])
    for name, found in (
        ("api.example.com", True),
        ("own.example.com.", True),
        ("w.example.com", True),
        ("plain.example.com", False),
    ):
        stack = StackFacts(resources=[DOOR, domain, weighted, plain(name)])
        assert [answers for _, answers in unrouted(stack)] == [found]
    serving = replace(DOOR, props={"serving": "s.example.com", "api": UNKNOWN})
    assert [one for _, one in unrouted(StackFacts(resources=[serving, plain("s.example.com")]))] == [True]


def test_a_record_outside_of_the_front_door_is_nobodys_business() -> None:
    record = replace(plain("api.example.com"), parent=None)
    assert list(unrouted(StackFacts(resources=[DOOR, record]))) == []


def test_a_record_of_an_unknown_type_matters_only_under_a_name_of_the_front_door() -> None:
    for name, found in (("api.example.com", UNKNOWN), ("x.example.com", False), (UNKNOWN, UNKNOWN)):
        assert [one for _, one in unrouted(StackFacts(resources=[DOOR, plain(name, UNKNOWN)]))] == [found]
    assert [one for _, one in unrouted(StackFacts(resources=[DOOR, plain(UNKNOWN, "NS")]))] == [False]


def test_an_unknown_role_of_failover_routing_is_no_plain_record() -> None:
    assert list(unrouted(StackFacts(resources=[DOOR, plain("api.example.com", failoverRoutingPolicies=UNKNOWN)]))) == []
