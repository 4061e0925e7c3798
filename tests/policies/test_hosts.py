"""Which host a health check of the failover may ask, where it is known, where it comes from, and where neither is."""

from dataclasses import replace
from typing import Any

import pytest
from pack.facts import UNKNOWN, Mark, Resource, StackFacts
from pack.hosts import moved, wrong_host

from tests.policies.maker import component, resource

CHECK, NATIVE = "aws:route53/healthCheck:HealthCheck", "aws-native:route53:HealthCheck"
API, HOST, SHOP = "aws:apigatewayv2/api:Api", "v.example.com", "shop.example.com"
PROBE = component("Probe", "probe", endpointHost=HOST)
BLIND = component("Probe", "probe", endpointHost=UNKNOWN)
SECOND = component("Probe", "second", endpointHost=SHOP)
OWN_API = resource(API, "own", PROBE, apiEndpoint=f"https://{HOST}")
SHOP_API = resource(API, "shop", None, apiEndpoint=f"https://{SHOP}")
NEW_API = resource(API, "new", None)


def judged(check: Resource, *others: Resource) -> tuple[str, str | Mark] | None:
    return wrong_host(StackFacts(resources=[check, *others]), check)


def asks(host: Any, parent: Resource | None = None, /, **props: Any) -> Resource:
    return resource(CHECK, "check", parent, **({"type": "HTTPS", "fqdn": host} | props))


@pytest.mark.parametrize("text", ["PRIMARY_DOWN", "PRIMARY_UP"])
def test_a_check_that_reads_the_verdict_asks_its_host_wherever_it_stands(text: str) -> None:
    assert judged(asks(HOST, searchString=text), PROBE) is None
    assert judged(asks(SHOP, searchString=text), PROBE, SHOP_API) == ("fqdn", SHOP)


def test_a_check_below_the_probe_asks_its_host_whatever_it_reads() -> None:
    assert judged(asks(SHOP, PROBE), PROBE, SHOP_API) == ("fqdn", SHOP)
    assert judged(asks(SHOP, PROBE), PROBE, SECOND) == ("fqdn", SHOP)
    assert judged(asks(SHOP, SECOND), PROBE, SECOND) is None


def test_while_the_probe_publishes_nothing_its_own_api_explains_a_host() -> None:
    assert judged(asks(HOST, BLIND), BLIND, OWN_API) is None
    assert judged(asks(SHOP, BLIND), BLIND, OWN_API, SHOP_API, NEW_API) == ("fqdn", UNKNOWN)
    assert judged(asks(HOST, searchString="PRIMARY_UP")) == ("fqdn", UNKNOWN)
    unknown = replace(SECOND, props={"endpointHost": UNKNOWN})
    assert judged(asks(SHOP, searchString="PRIMARY_UP"), PROBE, unknown) == ("fqdn", UNKNOWN)


def test_another_check_of_the_failover_may_ask_any_api_of_the_stack() -> None:
    assert judged(asks(SHOP), PROBE, SHOP_API) is None
    assert judged(asks(SHOP), PROBE) == ("fqdn", UNKNOWN)
    come = replace(asks(UNKNOWN), property_dependencies={"fqdn": [SHOP_API.urn]})
    assert judged(come, SHOP_API) is None


def test_a_host_is_unexplained_while_the_name_of_a_domain_is_unknown() -> None:
    domain = resource("aws-native:cognito:UserPoolDomain", "domain", None, domain=UNKNOWN)
    assert judged(asks(HOST, PROBE), PROBE, domain) == ("fqdn", UNKNOWN)
    assert judged(asks("cognito-idp.us-east-1.amazonaws.com", PROBE), PROBE, domain) is not None


def test_a_check_that_may_be_of_another_type_needs_a_host_only_when_it_reads_a_text() -> None:
    assert judged(asks(None)) == ("fqdn", "no host")
    assert judged(asks(None, type=UNKNOWN)) is None
    assert judged(asks(None, type=UNKNOWN, searchString="x")) == ("fqdn", UNKNOWN)
    assert judged(asks(None, type="CALCULATED", ipAddress="192.0.2.1")) is None
    assert judged(asks(HOST, type=UNKNOWN, ipAddress="192.0.2.1")) == ("ipAddress", "the address 192.0.2.1")


def test_the_other_provider_has_its_own_names() -> None:
    config = {"type": "HTTPS", "fullyQualifiedDomainName": UNKNOWN}
    check = resource(NATIVE, "check", PROBE, healthCheckConfig=config)
    come = replace(check, property_dependencies={"healthCheckConfig": [OWN_API.urn]})
    assert judged(come, PROBE, OWN_API) is None
    assert judged(check, PROBE, OWN_API) == ("fqdn", UNKNOWN)
    by_address = resource(NATIVE, "check", PROBE, healthCheckConfig={"type": "TCP", "ipAddress": "192.0.2.1"})
    assert judged(by_address, PROBE) == ("ipAddress", "the address 192.0.2.1")


def test_what_moves_are_the_names_of_the_front_door_alone() -> None:
    door = component("FrontDoor", "door", api="Api.example.com.", serving=UNKNOWN)
    kind = "aws:route53/record:Record"
    below = resource(kind, "a", door, name="Serving.example.com.")
    new, other = resource(kind, "b", door, name=UNKNOWN), resource(kind, "c", None, name="www.example.com")
    assert moved(StackFacts(resources=[door, below, new, other])) == {"api.example.com", "serving.example.com"}
    assert moved(StackFacts(resources=[replace(door, props={"serving": "s.example.com"})])) == {"s.example.com"}
