"""`probe-independent-and-watched`."""

from typing import Any

from pack.facts import UNKNOWN

from tests.policies.good_failover import HOST
from tests.policies.maker import EAST, POOL, WEST, resource
from tests.policies.mutations import Cases, Mutation, added, both, coming_from, in_region, prop, without, without_type

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
WATCHING = "primary-up-missing"
AT_MOST, ABOVE = "LessThanOrEqualToThreshold", "GreaterThanThreshold"
NATIVE = resource(
    "aws-native:cloudwatch:Alarm",
    "native",
    None,
    namespace="AWS/Route53",
    metricName="HealthCheckStatus",
    dimensions=[{"name": "HealthCheckId", "value": "id-primary-up"}],
    comparisonOperator="LessThanThreshold",
    threshold=1.0,
    alarmActions=["arn:aws:sns:us-east-1:111122223333:prod-failover"],
)

COMPOSITE = resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", "composite", None)
OTHER = "other.example.com"
SHOP = resource("aws:apigatewayv2/api:Api", "shop-api", None, apiEndpoint=f"https://{OTHER}")


def elsewhere(host: str) -> Mutation:
    """The verdict at another host, which the probe publishes."""
    checks = [prop(name, fqdn=host) for name in ("check-probe", "check-primary-up")]
    return both(prop("probe", "Probe", endpointHost=host), *checks)


def compares(operator: Any, threshold: Any) -> Mutation:
    """The alarm on the plain check with another comparison."""
    return prop(WATCHING, comparisonOperator=operator, threshold=threshold)


def phase(name: Any) -> Mutation:
    """The alarm's actions off in a phase."""
    return both(prop(WATCHING, actionsEnabled=False), prop("prod", phase=name))


CASES = Cases(
    rule="probe-independent-and-watched",
    violations=[
        prop("probe", "Probe", region=EAST),
        in_region("prober", EAST),
        in_region("verdict", EAST),
        prop("verdict", reservedConcurrentExecutions=-1.0),
        prop("prober", reservedConcurrentExecutions=None),
        prop("prober", reservedConcurrentExecutions=0.0),
        prop("check-probe", fqdn="auth.example.com"),
        prop("check-probe", fqdn="Auth.Example.com."),
        prop("check-primary-up", fqdn=f"issuer-cognito-idp.{EAST}.amazonaws.com"),
        prop("check-probe", fqdn=f"cognito-idp.{EAST}.amazonaws.com"),
        prop("check-probe", fqdn=f"prod.auth.{EAST}.amazoncognito.com"),
        coming_from("check-probe", "", "fqdn", "domain"),
        prop("check-probe", fqdn="api.example.com"),
        prop("check-primary-up", fqdn="Serving.example.com."),
        both(prop("check-probe", fqdn="api.example.com"), prop("probe", "Probe", endpointHost="api.example.com")),
        prop("check-probe", fqdn=OTHER),
        prop("check-probe", fqdn=None),
        prop("check-probe", fqdn=None, ipAddress="192.0.2.1"),
        prop("check-primary-up", ipAddress="192.0.2.1"),
        both(added(SHOP), coming_from("check-probe", "", "fqdn", "shop-api")),
        without("primary-up-missing"),
        prop("primary-up-missing", dimensions={"HealthCheckId": "id-probe"}),
        prop("primary-up-missing", metricName="ConnectionTime"),
        in_region(WATCHING, WEST),
        prop(WATCHING, region=WEST),
        prop(WATCHING, actionsEnabled=False),
        both(prop(WATCHING, actionsEnabled=False), without("prod")),
        phase("other"),
        *(prop(WATCHING, alarmActions=none) for none in (None, [], [""])),
        prop(WATCHING, treatMissingData="notBreaching"),
        prop(WATCHING, treatMissingData="ignore"),
        compares(ABOVE, 0.5),
        compares(None, 1.0),
        compares("LessThanThreshold", 0.0),
        compares("LessThanThreshold", 1.5),
        compares("LessThanThreshold", None),
        compares(AT_MOST, 1.0),
        compares(AT_MOST, -0.5),
        compares(UNKNOWN, 1.5),
        compares(UNKNOWN, -0.5),
        compares(ABOVE, UNKNOWN),
        prop(WATCHING, dimensions=UNKNOWN, actionsEnabled=False),
        in_region("latch-engaged", EAST),
        added(resource(ALARM, "late", None, EAST, namespace="cognito-dr", metricName="VerdictDown")),
    ],
    near_misses=[
        prop("prober", reservedConcurrentExecutions="2"),
        *(elsewhere(host) for host in (f"cognito-idp-probe.execute-api.{WEST}.amazonaws.com", OTHER)),
        prop("check-probe", fqdn=f"{HOST.upper()}."),
        prop("probe", "Probe", endpointHost=f"{HOST.upper()}."),
        prop("check-probe", ipAddress=""),
        prop("probe", "Probe", endpointHost=UNKNOWN),
        coming_from("check-probe", "", "fqdn", "verdict-api"),
        both(without("primary-up-missing"), added(NATIVE)),
        both(prop(WATCHING, actionsEnabled=False), added(NATIVE)),
        both(added(NATIVE), prop("native", "cloudwatch", actionsEnabled=False)),
        *(phase(name) for name in ("foundation", "replication", "domain")),
        both(prop("prod", phase="domain"), prop(WATCHING, alarmActions=None)),
        coming_from(WATCHING, "", "alarmActions", "verdict-api"),
        prop(WATCHING, alarmActions=[UNKNOWN]),
        prop(WATCHING, actionsEnabled=None),
        prop(WATCHING, treatMissingData=None),
        prop(WATCHING, treatMissingData="missing"),
        compares("LessThanThreshold", 0.5),
        compares("LessThanThreshold", "1"),
        compares(AT_MOST, 0.0),
        compares(AT_MOST, 0.5),
        in_region("latch-engaged", "eu-west-1"),
    ],
    unknown=[
        prop("probe", "Probe", region=UNKNOWN),
        prop("verdict", reservedConcurrentExecutions=UNKNOWN),
        prop("check-probe", fqdn=UNKNOWN),
        prop("check-probe", ipAddress=UNKNOWN),
        coming_from("check-probe", "", "fqdn", "verdict-api", "prober"),
        both(added(SHOP), coming_from("check-probe", "", "fqdn", "verdict-api", "shop-api")),
        both(prop("check-probe", fqdn=OTHER), prop("probe", "Probe", endpointHost=UNKNOWN)),
        prop("primary-up-missing", dimensions=UNKNOWN),
        prop("primary-up-missing", metricName=UNKNOWN),
        in_region(WATCHING, UNKNOWN),
        prop(WATCHING, treatMissingData=UNKNOWN),
        prop(WATCHING, actionsEnabled=UNKNOWN),
        prop(WATCHING, alarmActions=UNKNOWN),
        both(prop(WATCHING, alarmActions=None), added(COMPOSITE)),
        both(prop("prod", phase=UNKNOWN), prop(WATCHING, alarmActions=None)),
        phase(UNKNOWN),
        compares(UNKNOWN, 1.0),
        compares(UNKNOWN, 0.0),
        compares("LessThanThreshold", UNKNOWN),
        both(added(NATIVE), prop(WATCHING, actionsEnabled=False), prop("native", "cloudwatch", threshold=UNKNOWN)),
    ],
    malformed=[
        prop("probe", "Probe", region=[]),
        prop("verdict", reservedConcurrentExecutions={}),
        prop("check-probe", fqdn=[HOST, POOL]),
        prop("check-probe", ipAddress=7.0),
        prop("primary-up-missing", dimensions="id-primary-up"),
        prop(WATCHING, actionsEnabled="false"),
        prop(WATCHING, alarmActions="arn:aws:sns:us-east-1:111122223333:prod-failover"),
        prop(WATCHING, treatMissingData=["breaching"]),
        compares("LessThanThreshold", "one"),
        compares(["LessThanThreshold"], 1.0),
    ],
    absent=without_type("Probe", "healthCheck", "Alarm"),
)
