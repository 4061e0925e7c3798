"""Health checks in the plugins."""

from __future__ import annotations

from typing import Any

import pulumi_aws as aws
import pytest
from pulumi.runtime.rpc import UNKNOWN

from tests.sandbox.cloud_client import refused
from tests.sandbox.health_checks import CHECK, checks
from tests.sandbox.plugin import sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")


def test_an_endpoint_check_as_the_sdk_asks_for_it_lives_without_drift() -> None:
    inputs = sdk_inputs(
        lambda: aws.route53.HealthCheck(
            "h",
            type="HTTPS_STR_MATCH",
            fqdn="verdict.example",
            port=443,
            resource_path="/secret",
            search_string="PRIMARY_DOWN",
            request_interval=10,
            failure_threshold=3,
            enable_sni=True,
            invert_healthcheck=True,
            regions=["us-west-2", "us-east-1", "eu-west-1"],
        )
    )
    resource_id, state = checks().settles(inputs)
    assert state["arn"] == f"arn:aws:route53:::healthcheck/{resource_id}"
    changed = inputs | {"failureThreshold": 2, "resourcePath": "/other", "invertHealthcheck": False}
    state = checks().update(resource_id, inputs, changed, state)
    checks().unchanged(resource_id, changed, state)
    assert checks().diff(inputs, inputs | {"requestInterval": 30}) == ["requestInterval"]
    checks().ends(resource_id, changed, state)


def test_a_calculated_check_as_the_sdk_asks_for_it_holds_its_children(check: str) -> None:
    other, other_state = checks().create(CHECK | {"resourcePath": "/other"})
    inputs = sdk_inputs(
        lambda: aws.route53.HealthCheck(
            "h",
            type="CALCULATED",
            child_healthchecks=[other, check],
            child_health_threshold=1,
            invert_healthcheck=True,
        )
    )
    resource_id, state = checks().settles(inputs)
    with refused("HealthCheckInUse"):
        checks().delete(other, other_state)
    checks().ends(resource_id, inputs, state)
    checks().ends(other, CHECK | {"resourcePath": "/other"}, other_state)


@pytest.mark.parametrize(
    ("inputs", "refusal"),
    [
        (CHECK | {"requestInterval": 5}, "requestInterval: AWS refuses this at create: it is 5, but at least 10"),
        ({"type": "HTTPS", "fqdn": "a.b", "regions": ["us-west-9"]}, "regions[0]: AWS refuses this at create"),
        ({"type": "CALCULATED", "childHealthThreshold": 1}, "childHealthchecks: AWS refuses this at create"),
        ({"type": "HTTPS_STR_MATCH", "fqdn": "a.b"}, "searchString: AWS refuses this at create"),
        ({"type": "RECOVERY_CONTROL"}, "routingControlArn: AWS refuses this at create"),
        ({"type": "HTTPS"}, "needs `fqdn` or `ipAddress`"),
        ({"type": "RECOVERY_CONTROL", "routingControlArn": UNKNOWN}, None),
        ({"type": "CALCULATED", "childHealthThreshold": 3, "childHealthchecks": [UNKNOWN]}, None),
    ],
)
def test_a_health_check_that_aws_refuses_is_refused_at_check(inputs: dict[str, Any], refusal: str | None) -> None:
    found = checks().check(inputs)
    assert any(refusal in line for line in found) if refusal else found == []
