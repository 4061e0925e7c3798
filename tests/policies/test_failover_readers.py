"""What single readers make of odd, missing and unknown values: records, alarms, functions, health checks."""

from dataclasses import replace
from typing import Any

import pytest
from pack.alarms import watches
from pack.facts import MISSING, UNKNOWN, Resource, StackFacts
from pack.functions import Trigger, triggers_of
from pack.health_checks import is_secondary, is_serving, within
from pack.weights import is_alias, weight, weighted_sets

from tests.policies.good_stack import good_stack
from tests.policies.maker import component, resource
from tests.policies.mutations import prop

RECORD, CHECK = "aws:route53/record:Record", "aws:route53/healthCheck:HealthCheck"
FUNCTION, NATIVE_FUNCTION = "aws:lambda/function:Function", "aws-native:lambda:Function"


def record(logical: str = "r", /, **props: Any) -> Resource:
    known: dict[str, Any] = {"name": "a.example.com", "type": "A", "zoneId": "Z1"}
    return resource(RECORD, logical, None, **(known | {"weightedRoutingPolicies": [{"weight": 1.0}]} | props))


@pytest.mark.parametrize(
    ("policies", "found"),
    [
        ([{"weight": 0.0}], 0.0),
        ([], MISSING),
        (None, MISSING),
        (["odd"], UNKNOWN),
        ([{}], UNKNOWN),
        ("odd", UNKNOWN),
        (7.0, 7.0),
    ],
)
def test_a_weight_is_a_number_or_a_mark(policies: Any, found: Any) -> None:
    assert weight(record(weightedRoutingPolicies=policies)) == found


@pytest.mark.parametrize(("aliases", "found"), [(None, False), ([], False), ([{"name": "x"}], True), ("x", UNKNOWN)])
def test_an_alias_is_one_that_names_a_target(aliases: Any, found: Any) -> None:
    assert is_alias(record(aliases=aliases)) is found


def sets(*records: Resource) -> list[list[str]]:
    stack = StackFacts(resources=list(records))
    return sorted(sorted(one.name for one in some) for some in weighted_sets(stack))


def test_records_of_one_name_are_one_set_in_one_zone_and_two_in_two() -> None:
    one, two = record("one"), record("two", name="A.example.com.")
    assert sets(one, two) == [["one", "two"]]
    assert sets(one, record("two", zoneId="Z2")) == [["one"], ["two"]]
    assert sets(one, record("two", zoneId="Z2"), record("new", zoneId=UNKNOWN)) == [["new", "one", "two"]]
    assert sets(one, record("two", type="AAAA")) == [["one"], ["two"]]
    assert sets(one, record("nameless", name=UNKNOWN)) == [["one"]]
    assert sets(one, record("x", name="a.example.comXX.")) == [["one"], ["x"]]


ALARM = "aws-native:cloudwatch:Alarm"
METRIC: dict[str, Any] = {"namespace": "AWS/Route53", "metricName": "HealthCheckStatus"}


@pytest.mark.parametrize(
    ("props", "found"),
    [
        ({"dimensions": {"HealthCheckId": "c"}}, True),
        ({"dimensions": {"HealthCheckId": "other"}}, False),
        ({"dimensions": [{"name": "HealthCheckId", "value": "c"}]}, True),
        ({"dimensions": ["odd", {"name": "HealthCheckId", "value": "c"}]}, True),
        ({"dimensions": [{"name": "HealthCheckId", "value": "other"}]}, False),
        ({"dimensions": {"HealthCheckId": "c"}, "metricName": UNKNOWN}, UNKNOWN),
        ({"dimensions": {"HealthCheckId": "c"}, "namespace": UNKNOWN}, UNKNOWN),
        ({"dimensions": {"HealthCheckId": "c"}, "metricName": "Other"}, False),
        ({"dimensions": {"HealthCheckId": "other"}, "metricName": UNKNOWN}, False),
        ({"dimensions": UNKNOWN}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_an_alarm_watches_the_check_that_its_dimension_names(props: dict[str, Any], found: Any) -> None:
    check = resource(CHECK, "check", None, id="c")
    alarm = resource(ALARM, "alarm", None, **(METRIC | props))
    assert watches(StackFacts(resources=[check, alarm]), alarm, check) is found


def test_an_alarm_on_a_new_check_watches_what_its_dimension_comes_from() -> None:
    check, other = resource(CHECK, "check", None), resource(CHECK, "other", None)
    alarm = resource(ALARM, "alarm", None, **METRIC, dimensions=UNKNOWN)
    for source, found in ((check, True), (other, False)):
        on = replace(alarm, property_dependencies={"dimensions": [source.urn]})
        assert watches(StackFacts(resources=[check, other, on]), on, check) is found


def trigger(fingerprint: Any = UNKNOWN, **props: Any) -> Trigger:
    return Trigger(name="t", function=resource(FUNCTION, "t", None, **props), fingerprint=fingerprint)


@pytest.mark.parametrize(
    ("path", "given", "published", "found"),
    [
        ("memorySize", 256.0, {"memory": 512.0}, 256.0),
        ("memorySize", UNKNOWN, {"memory": 512.0}, 512.0),
        ("memorySize", UNKNOWN, {}, UNKNOWN),
        ("memorySize", UNKNOWN, "odd", UNKNOWN),
        ("memorySize", None, {"memory": 512.0}, "default"),
        ("architectures", "arm64", {}, ["arm64"]),
        ("architectures", ["arm64"], {}, ["arm64"]),
        ("runtime", "python3.12", {}, "python3.12"),
        ("layers", ["arn:aws:lambda:us-east-1:1:layer:a:1", 7.0], {}, ["arn:aws:lambda:*:1:layer:a:1", 7.0]),
        ("layers", "arn:aws:lambda:us-east-1:1:layer:a:1", {}, "arn:aws:lambda:us-east-1:1:layer:a:1"),
        ("handler", ["arn:aws:lambda:us-east-1:1:x"], {}, ["arn:aws:lambda:us-east-1:1:x"]),
    ],
)
def test_a_value_is_the_functions_own_else_the_published_one(path: str, given: Any, published: Any, found: Any) -> None:
    names = {"memorySize": "memory", "architectures": "architecture"}
    assert trigger(published, **{path: given}).value(path, names.get(path, path), "default") == found


def test_the_code_is_what_the_component_published() -> None:
    assert trigger({"codeSha256": "a"}).code == "a"
    assert trigger({}).code is MISSING
    assert trigger(UNKNOWN).code is UNKNOWN
    assert trigger(MISSING).code is MISSING


def test_a_new_role_is_known_by_where_it_comes_from() -> None:
    role, other = resource("aws:iam/role:Role", "role", None), resource("aws:iam/role:Role", "other", None)
    for urns, found in (([role.urn], role.urn), ([role.urn, other.urn], UNKNOWN), ([], UNKNOWN)):
        function = resource(FUNCTION, "t", None, role=UNKNOWN)
        function = replace(function, property_dependencies={"role": urns})
        stack = StackFacts(resources=[role, other, function])
        assert Trigger(name="t", function=function, fingerprint={}).roles(stack) == found
    assert trigger({}, role="arn:role").roles(StackFacts(resources=[])) == "arn:role"


@pytest.mark.parametrize(("kind", "key"), [(FUNCTION, "name"), (NATIVE_FUNCTION, "functionName")])
@pytest.mark.parametrize(
    ("fingerprints", "found"), [({"f": {"memory": 1.0}}, {"memory": 1.0}), ({}, MISSING), ("odd", UNKNOWN)]
)
def test_a_trigger_is_named_as_its_provider_spells_it(kind: str, key: str, fingerprints: Any, found: Any) -> None:
    above = component("RegionalTriggers", "east", fingerprints=fingerprints)
    function = resource(kind, "logical", above, **{key: "f"})
    [one] = triggers_of(StackFacts(resources=[above, function]), above)
    assert (one.name, one.fingerprint) == ("f", found)


def test_a_check_lies_within_what_its_urn_or_its_parents_say() -> None:
    above = component("Probe", "probe")
    check = resource(CHECK, "check", above)
    alone = Resource(type=CHECK, name="c", urn=f"urn:pulumi:s::p::{above.type}${CHECK}::c")
    own = Resource(type=CHECK, name="c", urn=f"urn:pulumi:s::p::{CHECK}::c")
    assert within(StackFacts(resources=[above, check]), check, above.type)
    assert within(StackFacts(resources=[alone]), alone, above.type)
    assert not within(StackFacts(resources=[own]), own, CHECK)
    deep = Resource(type=CHECK, name="c", urn=f"urn:pulumi:s::p::x:y:Z${above.type}${CHECK}::c")
    assert within(StackFacts(resources=[deep]), deep, above.type)


def test_the_published_check_decides_who_serves() -> None:
    swapped = prop("serving-check", servingCheckId="id-secondary", secondaryCheckId="id-serving")(good_stack())
    [above] = swapped.of_type("cognito-dr:index:ServingCheck")
    serving = next(one for one in swapped.resources if one.name == "check-serving")
    assert is_serving(swapped, above, serving) is False
    assert is_secondary(swapped, above, serving) is True
    assert is_serving(swapped, above, "id-secondary") is True
    assert is_secondary(swapped, above, "id-secondary") is False
