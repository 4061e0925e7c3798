"""`probe-independent-and-watched`."""

from pack.facts import UNKNOWN

from tests.policies.good_failover import HOST
from tests.policies.maker import EAST, POOL, WEST, resource
from tests.policies.mutations import Cases, added, both, coming_from, in_region, prop, without, without_type

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
NATIVE = resource(
    "aws-native:cloudwatch:Alarm",
    "native",
    None,
    namespace="AWS/Route53",
    metricName="HealthCheckStatus",
    dimensions=[{"name": "HealthCheckId", "value": "id-primary-up"}],
)
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
        without("primary-up-missing"),
        prop("primary-up-missing", dimensions={"HealthCheckId": "id-probe"}),
        prop("primary-up-missing", metricName="ConnectionTime"),
        in_region("latch-engaged", EAST),
        added(resource(ALARM, "late", None, EAST, namespace="cognito-dr", metricName="VerdictDown")),
    ],
    near_misses=[
        prop("prober", reservedConcurrentExecutions="2"),
        prop("check-probe", fqdn=f"cognito-idp-probe.execute-api.{WEST}.amazonaws.com"),
        both(without("primary-up-missing"), added(NATIVE)),
        in_region("latch-engaged", "eu-west-1"),
    ],
    unknown=[
        prop("probe", "Probe", region=UNKNOWN),
        prop("verdict", reservedConcurrentExecutions=UNKNOWN),
        prop("check-probe", fqdn=UNKNOWN),
        prop("primary-up-missing", dimensions=UNKNOWN),
        prop("primary-up-missing", metricName=UNKNOWN),
    ],
    malformed=[
        prop("probe", "Probe", region=[]),
        prop("verdict", reservedConcurrentExecutions={}),
        prop("check-probe", fqdn=[HOST, POOL]),
        prop("primary-up-missing", dimensions="id-primary-up"),
    ],
    absent=without_type("Probe", "healthCheck", "Alarm"),
)
