"""`health-check-thresholds`."""

from pack.facts import UNKNOWN

from tests.policies.cases.controls import CHILDREN, counting
from tests.policies.good_failover import CHECKERS, HOST
from tests.policies.maker import EAST, WEST, resource
from tests.policies.mutations import Cases, added, both, prop, without_type

CHECK = "aws:route53/healthCheck:HealthCheck"
METRIC = resource(CHECK, "alarmed", None, id="id-alarmed", type="CLOUDWATCH_METRIC")
OTHERS = resource(CHECK, "shop", None, id="id-shop", type="HTTPS", requestInterval=30.0, failureThreshold=5.0)
READING = {"type": "HTTPS_STR_MATCH", "fullyQualifiedDomainName": HOST, "searchString": "PRIMARY_DOWN"}
NATIVE_CONFIG = {**READING, "inverted": True, "requestInterval": 10.0}
NATIVE = "aws-native:route53:HealthCheck"

CASES = Cases(
    rule="health-check-thresholds",
    violations=[
        prop("check-probe", requestInterval=30.0),
        prop("check-probe", requestInterval=None),
        prop("check-probe", requestInterval=11.0),
        both(prop("serving-check", threshold=5.0), prop("check-probe", failureThreshold=4.0)),
        prop("check-primary-up", failureThreshold=4.0),
        prop("serving-check", threshold=2.0),
        prop("check-probe", disabled=True),
        prop("check-pin", disabled=True),
        prop("check-probe", regions=[EAST, WEST]),
        prop("check-probe", regions=[EAST, WEST, WEST]),
        prop("check-probe", invertHealthcheck=False),
        prop("check-probe", searchString="UP"),
        prop("check-primary-up", invertHealthcheck=True),
        prop("check-probe", type="HTTPS"),
        counting(["id-primary-up", *CHILDREN[1:]]),
        both(added(METRIC), counting(["id-alarmed", *CHILDREN[1:]])),
        added(resource(NATIVE, "native", None, healthCheckConfig={**NATIVE_CONFIG, "failureThreshold": 5.0})),
    ],
    near_misses=[
        added(OTHERS),
        added(METRIC),
        prop("check-probe", failureThreshold=2.0),
        prop("check-probe", failureThreshold=None),
        prop("check-probe", regions=None),
        prop("check-probe", regions=[*CHECKERS[:3], UNKNOWN]),
        added(resource(NATIVE, "native", None, healthCheckConfig=NATIVE_CONFIG)),
        both(
            prop("serving-check", threshold=2.0),
            prop("check-probe", failureThreshold=2.0),
            prop("check-primary-up", failureThreshold=1.0),
        ),
    ],
    unknown=[
        prop("check-probe", requestInterval=UNKNOWN),
        prop("check-probe", failureThreshold=UNKNOWN),
        prop("check-probe", searchString=UNKNOWN),
        prop("check-primary-up", type=UNKNOWN),
        prop("serving-check", threshold=UNKNOWN),
        prop("check-probe", regions=UNKNOWN),
        prop("check-probe", regions=[EAST, WEST, UNKNOWN]),
    ],
    malformed=[
        prop("check-probe", requestInterval="soon"),
        prop("check-probe", failureThreshold=True),
        prop("check-probe", disabled="no"),
        prop("check-probe", regions={"a": 1.0}),
        prop("check-probe", searchString=7.0),
        prop("check-serving", childHealthchecks="id-probe"),
        prop("serving-check", threshold=[]),
        prop("check-probe", regions=[*CHECKERS[:1], 3.0]),
        prop("check-primary-up", type=UNKNOWN, disabled=True),
    ],
    absent=without_type("healthCheck", "ServingCheck"),
)
