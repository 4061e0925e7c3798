"""Where the pack puts itself: into the SDK's servicer, which then answers from facts; and how names are spelled."""

import pytest
from pack import servicer
from pack.adapter import policies
from pack.spelling import spelled
from pulumi_policy import policy as engine

from tests.policies.maker import resource

NATIVE, CLASSIC = "aws-native:apigatewayv2:DomainName", "aws:apigatewayv2/domainName:DomainName"
METHODS = ("Configure", "ConfigureStack", "Analyze", "AnalyzeStack")


def test_without_a_target_the_sdks_own_servicer_answers_for_the_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = engine._PolicyAnalyzerServicer
    before = [getattr(kind, name) for name in METHODS]
    for name, method in zip(METHODS, before, strict=True):
        monkeypatch.setattr(kind, name, method)  # taken back after the test
    servicer.install(policies())
    assert all(getattr(kind, name) is not method for name, method in zip(METHODS, before, strict=True))


def test_a_target_that_is_given_leaves_the_sdks_own_alone() -> None:
    before = [getattr(engine._PolicyAnalyzerServicer, name) for name in METHODS]
    kind = type("Servicer", (engine._PolicyAnalyzerServicer,), {})
    servicer.install(policies(), kind)
    assert [getattr(engine._PolicyAnalyzerServicer, name) for name in METHODS] == before
    assert {"Analyze", "AnalyzeStack"} <= vars(kind).keys()


@pytest.mark.parametrize(
    ("kind", "path", "found"),
    [
        (NATIVE, "domainNameConfiguration.x", "domainNameConfigurations.x"),
        ("aws-native:route53:HealthCheck", "fqdn", "healthCheckConfig.fullyQualifiedDomainName"),
        ("aws-native:route53:HealthCheck", "healthCheckId", "healthCheckId"),
        (CLASSIC, "domainNameConfiguration.x", "domainNameConfiguration.x"),
    ],
)
def test_only_the_first_part_of_a_path_is_spelled_otherwise(kind: str, path: str, found: str) -> None:
    assert spelled(resource(kind, "one", None), path) == found
