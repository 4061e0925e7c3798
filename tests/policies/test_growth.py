"""What a rule costs grows with the stack, not with its square: counted in comparisons, not in seconds."""

from collections.abc import Callable

import pytest
from pack import references, weights
from pack.facts import Resource, StackFacts
from pack.registry import all_rules

from tests.policies.maker import component, resource


def group(number: int) -> list[Resource]:
    """An application with two clients, a health check with two records."""
    uris = {"callbackUrls": [f"https://a{number}.example.com/callback"], "logoutUrls": []}
    application = component("Application", f"application-{number}", **uris)
    kind = "aws-native:cognito:UserPoolClient"
    clients = [
        resource(kind, f"{number}-{name}", application, allowedOAuthFlows=["code"], **uris)
        for name in ("web", "native")
    ]
    check = resource("aws:route53/healthCheck:HealthCheck", f"check-{number}", None, id=f"id-{number}", type="HTTPS")
    records = [
        resource(
            "aws:route53/record:Record",
            f"record-{number}-{weight}",
            None,
            name=f"a{number}.example.com",
            type="CNAME",
            zoneId="Z1",
            ttl=60.0,
            weightedRoutingPolicies=[{"weight": weight}],
            healthCheckId=f"id-{number}",
        )
        for weight in (100.0, 0.0)
    ]
    return [application, *clients, check, *records]


def calls(count: Callable[[], int], size: int) -> int:
    """How often the counted function runs while all rules judge so many groups."""
    stack = StackFacts(resources=[one for number in range(size) for one in group(number)])
    before = count()
    for rule in all_rules():
        rule.judge(stack)
    return count() - before


@pytest.mark.parametrize(("module", "name"), [(references, "identities"), (weights, "weight")])
def test_ten_times_the_resources_ask_ten_times_as_often(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    asked, original = [0], getattr(module, name)

    def counted(one: Resource) -> object:
        asked[0] += 1
        return original(one)

    monkeypatch.setattr(module, name, counted)
    few, many = calls(lambda: asked[0], 4), calls(lambda: asked[0], 40)
    assert 0 < many <= 11 * few
