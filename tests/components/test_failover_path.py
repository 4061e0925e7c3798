"""The failover path on generated settings: what decides, what is led by it, and that no update undoes an operator."""

import json
from typing import Any

from hypothesis import given, settings

from tests.components.mocks import Deployment, Registered, deployed
from tests.components.stacks import stacks

EXAMPLES = settings(max_examples=24)
REPLICATED = stacks("replication", "domain", "live")
ROUTED = stacks("domain", "live")


def checks(deployment: Deployment, stack: str) -> dict[str, Registered]:
    """The health checks by role."""
    return {check.name.removeprefix(f"{stack}-check-"): check for check in deployment.of("HealthCheck")}


@EXAMPLES
@given(REPLICATED)
def test_the_serving_check_is_what_the_settings_ask_for(values: dict[str, Any]) -> None:
    deployment, stack = deployed(values), values["name"]
    found = checks(deployment, stack)
    calculated = values["failover"]["servingCheck"] == "calculated"
    roles = {"probe", "primary-up", "secondary"} | ({"serving", "force-a", "force-b", "pin"} if calculated else set())
    assert found.keys() == roles
    if calculated:
        children = {f"id-of-{stack}-check-{role}" for role in ("probe", "force-a", "force-b", "pin")}
        assert set(found["serving"].inputs["childHealthchecks"]) == children
        assert found["serving"].inputs["childHealthThreshold"] == 3
        assert found["secondary"].inputs["invertHealthcheck"] is True
    ids = deployment.manifest["failover"]["checks"]
    assert ids["serving"] == f"id-of-{stack}-check-{'serving' if calculated else 'probe'}"


@EXAMPLES
@given(REPLICATED)
def test_both_checks_of_the_endpoint_look_for_a_word_on_a_path_that_is_no_part_of_the_manifest(
    values: dict[str, Any],
) -> None:
    deployment = deployed(values)
    found = checks(deployment, values["name"])
    assert found["probe"].inputs["searchString"] == "PRIMARY_DOWN"
    assert found["probe"].inputs["invertHealthcheck"] is True
    assert found["primary-up"].inputs["searchString"] == "PRIMARY_UP"
    assert not found["primary-up"].inputs["invertHealthcheck"]
    path = found["probe"].inputs["resourcePath"]
    assert len(path) > 30
    assert path.removeprefix("/") not in json.dumps(deployment.manifest)


@EXAMPLES
@given(REPLICATED)
def test_everything_of_the_probe_lies_outside_the_primary(values: dict[str, Any]) -> None:
    deployment, primary = deployed(values), values["regions"]["primary"]
    for kind in ("Table", "Schedule", "Stage", "Secret"):
        assert deployment.of(kind)
        for resource in deployment.of(kind):
            if "sample" not in resource.name:
                assert f"aws-{primary}" not in str(resource.provider), resource.name
    probers = values["failover"]["probe"]["probers"] or [values["regions"]["secondary"]]
    assert len(deployment.of("Schedule")) == len(probers)


@EXAMPLES
@given(REPLICATED)
def test_a_prober_knows_both_token_endpoints_and_its_controls(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    probers = [f for f in deployment.of("Function") if "-prober-" in f.name]
    about = json.loads(probers[0].inputs["environment"]["variables"]["PROBE"])
    for role in ("primary", "secondary"):
        assert about[role]["region"] == values["regions"][role]
        assert f".auth.{values['regions'][role]}.amazoncognito.com/oauth2/token" in about[role]["tokenUrl"]
    controlled = values["failover"]["override"] == "routing_control"
    assert (about["controls"] is not None) is controlled
    assert len(deployment.of("RoutingControl")) == (2 if controlled else 0)
    assert (about["servingName"] is not None) is (values["rollout"]["phase"] in ("domain", "live"))


@EXAMPLES
@given(ROUTED)
def test_every_record_of_a_weighted_set_has_a_check_and_only_the_primary_a_weight(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    weighted = [r for r in deployment.of("Record") if r.inputs.get("weightedRoutingPolicies")]
    ids = deployment.manifest["failover"]["checks"]
    assert len(weighted) == 4
    for record in weighted:
        first = record.inputs["setIdentifier"] == values["regions"]["primary"]
        assert record.inputs["weightedRoutingPolicies"] == [{"weight": 100 if first else 0}]
        assert record.inputs["healthCheckId"] == ids["serving" if first else "secondary"]
        assert record.inputs.get("ttl", 0) <= 60


@EXAMPLES
@given(ROUTED)
def test_the_auth_domain_names_the_secondary_and_the_serving_check(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    custom = [d for d in deployment.of("UserPoolDomain") if "customDomainConfig" in d.inputs]
    assert len(custom) == 1
    failover = custom[0].inputs["routing"]["failover"]
    assert failover["secondaryRegion"] == values["regions"]["secondary"]
    assert failover["primaryRoute53HealthCheckId"] == deployment.manifest["failover"]["checks"]["serving"]
    assert custom[0].inputs["managedLoginVersion"] == 2


@EXAMPLES
@given(ROUTED)
def test_no_two_records_share_name_type_and_set(values: dict[str, Any]) -> None:
    records = [
        (r.inputs["name"], r.inputs["type"], r.inputs.get("setIdentifier")) for r in deployed(values).of("Record")
    ]
    assert len(records) == len(set(records))


@EXAMPLES
@given(REPLICATED)
def test_alarms_exist_from_the_start_and_call_people_only_when_live(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    alarms = deployment.of("MetricAlarm")
    assert {alarm.inputs["name"] for alarm in alarms} == {a["name"] for a in deployment.manifest["alarms"].values()}
    assert len(alarms) == 3
    assert all(alarm.inputs["actionsEnabled"] is (values["rollout"]["phase"] == "live") for alarm in alarms)


@EXAMPLES
@given(stacks("foundation"))
def test_the_foundation_has_nothing_of_it_but_the_zone(values: dict[str, Any]) -> None:
    deployment = deployed(values)
    for kind in ("HealthCheck", "RoutingControl", "Schedule", "MetricAlarm", "UserPoolDomain"):
        assert deployment.of(kind) == []
    assert len(deployment.of("Zone")) == (1 if values["dns"]["zone"] == "created" else 0)
