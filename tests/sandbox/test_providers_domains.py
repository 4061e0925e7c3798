"""Certificates, API domains and user pool domains in the plugins."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pulumi_aws as aws
import pulumi_aws_native as aws_native
import pytest

from sandbox.providers import waiting
from sandbox.providers.errors import ProviderError
from sandbox.providers.values import plain_map
from tests.sandbox.cloud_client import Cloud, refused
from tests.sandbox.plugin import Plugin, sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")
EAST, WEST = "us-east-1", "us-west-2"


@pytest.fixture
def zone(reachable: None, aws: Cloud) -> Iterator[dict[str, Any]]:
    plugin = Plugin("aws", "aws:route53/zone:Zone")
    name = f"d{uuid.uuid4().hex[:8]}.example"
    resource_id, state = plugin.create({"name": name, "forceDestroy": True})
    apex = {"zoneId": resource_id, "name": name, "type": "A", "ttl": 60, "records": ["192.0.2.9"]}
    Plugin("aws", "aws:route53/record:Record").create(apex)
    delegation = {"zone": name, "nameServers": state["nameServers"]}
    assert aws.request("PUT", "/_sandbox/delegations", json.dumps(delegation))[0] == 200
    yield state
    plugin.delete(resource_id, state)


def certificates(region: str = EAST) -> Plugin:
    return Plugin("aws", "aws:acm/certificate:Certificate", region=region)


def validated(zone: dict[str, Any], name: str, region: str) -> str:
    """A certificate's ARN, issued as the program does it: request, record, wait."""
    arn, state = certificates(region).create({"domainName": name, "validationMethod": "DNS"})
    option = state["domainValidationOptions"][0]
    record = {
        "zoneId": zone["zoneId"],
        "name": option["resourceRecordName"],
        "type": option["resourceRecordType"],
        "records": [option["resourceRecordValue"]],
        "ttl": 60,
        "allowOverwrite": True,
    }
    _, made = Plugin("aws", "aws:route53/record:Record").settles(record)
    inputs = sdk_inputs(
        lambda: aws.acm.CertificateValidation(
            "v", certificate_arn=arn, validation_record_fqdns=[made["fqdn"]], region=region
        )
    )
    plugin = Plugin("aws", "aws:acm/certificateValidation:CertificateValidation")
    resource_id, state = plugin.settles(inputs)
    assert plugin.diff(inputs, inputs | {"certificateArn": "other"}) == ["certificateArn"]
    plugin.delete(resource_id, state)
    return arn


def test_a_certificate_as_the_sdk_asks_for_it_lives_without_drift(zone: dict[str, Any]) -> None:
    inputs = sdk_inputs(
        lambda: aws.acm.Certificate(
            "c",
            domain_name=f"a.{zone['name']}",
            subject_alternative_names=[f"*.b.{zone['name']}"],
            validation_method="DNS",
            key_algorithm="EC_prime256v1",
            options={"certificate_transparency_logging_preference": "ENABLED"},
            validation_options=[{"domain_name": f"a.{zone['name']}", "validation_domain": zone["name"]}],
            region=WEST,
        )
    )
    plugin = certificates()
    resource_id, state = plugin.settles(inputs)
    assert state["status"] == "PENDING_VALIDATION"
    assert [option["domainName"] for option in state["domainValidationOptions"]] == [
        inputs["domainName"],
        *inputs["subjectAlternativeNames"],
    ]
    plugin.ends(resource_id, inputs, state)


def test_an_unknown_key_algorithm_is_refused_at_check() -> None:
    found = certificates().check({"domainName": "a.b", "validationMethod": "DNS", "keyAlgorithm": "RSA"})
    assert any("keyAlgorithm: AWS refuses this at create: 'RSA' is none of" in line for line in found)


def test_a_validation_without_its_record_fails_at_once_and_one_without_an_issue_at_its_deadline(
    zone: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    arn, state = certificates().create({"domainName": f"w.{zone['name']}", "validationMethod": "DNS"})
    plugin = Plugin("aws", "aws:acm/certificateValidation:CertificateValidation")
    with pytest.raises(ProviderError, match="misses the validation record _"):
        plugin.create({"certificateArn": arn, "validationRecordFqdns": ["other.example"]})
    monkeypatch.setattr(waiting, "DEADLINE_SECONDS", 0.3)
    with pytest.raises(ProviderError, match=r"issue of certificate .*: not there after 0.3 s"):
        plugin.create({"certificateArn": arn})
    certificates().delete(arn, state)


def test_an_api_domain_as_the_sdk_asks_for_it_shows_an_api_without_drift(zone: dict[str, Any]) -> None:
    name = f"api.{zone['name']}"
    arn = validated(zone, name, WEST)
    inputs = sdk_inputs(
        lambda: aws.apigatewayv2.DomainName(
            "d",
            domain_name=name,
            domain_name_configuration={
                "certificate_arn": arn,
                "endpoint_type": "REGIONAL",
                "security_policy": "TLS_1_2",
            },
            region=WEST,
        )
    )
    domains = Plugin("aws", "aws:apigatewayv2/domainName:DomainName")
    resource_id, state = domains.settles(inputs)
    configuration = state["domainNameConfiguration"]
    assert configuration["targetDomainName"].endswith(f".execute-api.{WEST}.amazonaws.com")
    planned = domains.update(resource_id, inputs, inputs, state, preview=True)
    assert planned["domainNameConfiguration"] == configuration
    imported = plain_map(Plugin("aws", domains.token, region=WEST).read(name, {}, {}).inputs or {})
    assert "hostedZoneId" not in imported["domainNameConfiguration"]
    with refused("ResourceInUseException"):
        certificates(WEST).delete(arn, {})
    _alias(zone, name, configuration)
    _mapping(name)
    domains.ends(resource_id, inputs, state)
    certificates(WEST).delete(arn, {})


def _alias(zone: dict[str, Any], name: str, configuration: dict[str, Any]) -> None:
    target = {"name": configuration["targetDomainName"], "zoneId": configuration["hostedZoneId"]}
    alias = {"zoneId": zone["zoneId"], "name": name, "type": "A", "aliases": [target | {"evaluateTargetHealth": False}]}
    plugin = Plugin("aws", "aws:route53/record:Record")
    resource_id, state = plugin.settles(alias)
    plugin.ends(resource_id, alias, state)


def _mapping(name: str) -> None:
    apis, stages = (Plugin("aws", f"aws:apigatewayv2/{one}", region=WEST) for one in ("api:Api", "stage:Stage"))
    api, api_state = apis.create({"name": "mapped", "protocolType": "HTTP"})
    for stage in ("$default", "v1"):
        stages.create({"apiId": api, "name": stage})
    inputs = sdk_inputs(
        lambda: aws.apigatewayv2.ApiMapping("m", api_id=api, domain_name=name, stage="$default", region=WEST)
    )
    mappings = Plugin("aws", "aws:apigatewayv2/apiMapping:ApiMapping")
    resource_id, state = mappings.settles(inputs)
    other = inputs | {"stage": "v1"}
    assert mappings.diff(inputs, other) == []
    state = mappings.update(resource_id, inputs, other, state)
    mappings.unchanged(resource_id, other, state)
    mappings.ends(resource_id, other, state)
    apis.delete(api, api_state)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"endpointType": "EDGE"}, "domainNameConfiguration.endpointType: 'EDGE' is not REGIONAL"),
        ({"securityPolicy": "TLS_1_0"}, "domainNameConfiguration.securityPolicy: 'TLS_1_0' is not TLS_1_2"),
    ],
)
def test_an_api_domain_that_is_not_regional_is_refused_at_check(change: dict[str, str], refusal: str) -> None:
    configuration = {"certificateArn": "arn", "endpointType": "REGIONAL", "securityPolicy": "TLS_1_2"} | change
    inputs = {"domainName": "a.b", "domainNameConfiguration": configuration}
    found = Plugin("aws", "aws:apigatewayv2/domainName:DomainName").check(inputs)
    assert any(refusal in line for line in found), found


@pytest.mark.parametrize("region", [EAST, WEST])
def test_a_prefix_domain_as_the_sdk_asks_for_it_lives_without_drift(aws: Cloud, region: str) -> None:
    pool = aws.replicated().id
    prefix = f"local-{region}-{uuid.uuid4().hex[:8]}"
    inputs = sdk_inputs(lambda: aws_native.cognito.UserPoolDomain("d", user_pool_id=pool, domain=prefix))
    plugin = Plugin("aws-native", "aws-native:cognito:UserPoolDomain", region=region)
    resource_id, state = plugin.create(inputs)
    assert plugin.check(inputs) == []
    plugin.unchanged(resource_id, inputs, state)
    plugin.ends(resource_id, inputs, state)


def test_a_custom_domain_as_the_sdk_asks_for_it_routes_by_a_health_check(aws: Cloud, zone: dict[str, Any]) -> None:
    pool, name = aws.replicated().id, f"auth.{zone['name']}"
    arn = validated(zone, name, EAST)
    checks = Plugin("aws", "aws:route53/healthCheck:HealthCheck")
    ids = [checks.create({"type": "HTTPS", "fqdn": f"{one}.example"}) for one in ("one", "two")]
    one, two = (check_id for check_id, _ in ids)
    inputs = sdk_inputs(
        lambda: aws_native.cognito.UserPoolDomain(
            "d",
            user_pool_id=pool,
            domain=name,
            managed_login_version=2,
            custom_domain_config={"certificate_arn": arn},
            routing={"failover": {"secondary_region": WEST, "primary_route53_health_check_id": one}},
        )
    )
    plugin = Plugin("aws-native", "aws-native:cognito:UserPoolDomain")
    assert plugin.check(inputs) == []
    _, planned = plugin.create(inputs, preview=True)
    resource_id, state = plugin.create(inputs)
    assert set(planned) <= set(state)
    assert state["cloudFrontDistribution"].endswith(".cloudfront.net")
    plugin.unchanged(resource_id, inputs, state)
    with refused("HealthCheckInUse"):
        checks.delete(*ids[0])
    other = inputs | {"routing": {"failover": {"secondaryRegion": WEST, "primaryRoute53HealthCheckId": two}}}
    state = plugin.update(resource_id, inputs, other, state)
    plugin.unchanged(resource_id, other, state)
    checks.delete(*ids[0])
    plugin.ends(resource_id, other, state)
    checks.delete(*ids[1])
    certificates().delete(arn, {})
