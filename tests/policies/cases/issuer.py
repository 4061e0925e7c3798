"""`issuer-fits-authorizers`."""

from typing import Any

from pack.facts import UNKNOWN

from tests.policies.good_domains import ISSUER
from tests.policies.maker import ACCOUNT, EAST, POOL, WEST, resource
from tests.policies.mutations import Cases, Mutation, added, both, coming_from, in_region, prop, without, without_type

ARN = f"arn:aws:cognito-idp:{EAST}:{ACCOUNT}:userpool/{POOL}"
STRANGER = f"arn:aws:cognito-idp:{EAST}:{ACCOUNT}:userpool/us-east-1_Staff0001"
FIRST = f"https://cognito-idp.{EAST}.amazonaws.com/{POOL}"
JWT = "apigatewayv2/authorizer"


def listener(arn: Any, kind: Any = "authenticate-cognito") -> Mutation:
    """A load balancer's listener that signs users in."""
    actions = [{"type": kind, "authenticateCognito": {"userPoolArn": arn}}, {"type": "forward"}]
    return added(resource("aws:lb/listener:Listener", "listener", None, defaultActions=actions))


def native_rule(arn: str) -> Mutation:
    """A listener's rule that does, by the other provider."""
    actions = [{"type": "authenticate-cognito", "authenticateCognitoConfig": {"userPoolArn": arn}}]
    return added(resource("aws-native:elasticloadbalancingv2:ListenerRule", "rule", None, actions=actions))


def rest(arns: Any, kind: Any = "COGNITO_USER_POOLS") -> Mutation:
    """A REST API's authorizer."""
    return added(resource("aws:apigateway/authorizer:Authorizer", "rest", None, type=kind, providerArns=arns))


def issuer(value: Any, region: str = EAST) -> Mutation:
    """Another issuer in the JWT authorizer of a Region."""
    return prop(f"authorizer-{region}", JWT, jwtConfiguration={"issuer": value, "audiences": ["client"]})


def pool_on(kind: Any) -> Mutation:
    """The pool with another issuer."""
    return prop("pool", "aws-native", issuerConfiguration=kind)


MOVED_BACK = both(pool_on({"type": "ORIGINAL"}), issuer(FIRST), issuer(FIRST, WEST))
WITHOUT_APIS = without_type("apigateway")
STILL_AT_HOME = both(without(f"authorizer-{WEST}"), pool_on({"type": "ORIGINAL"}), issuer(FIRST))
NAMELESS = both(prop("pool", "aws-native", userPoolId=None), prop("prod", expectedPoolId=None))
CASES = Cases(
    rule="issuer-fits-authorizers",
    violations=[
        listener(ARN),
        native_rule(ARN),
        rest([ARN]),
        rest([STRANGER, ARN]),
        issuer(FIRST),
        issuer(ISSUER.replace(POOL, "us-east-1_Staff0001")),
        issuer(ISSUER.replace(EAST, WEST, 1)),
        issuer(f"{ISSUER}/"),
        issuer(None),
        MOVED_BACK,
        both(MOVED_BACK, pool_on(None)),
        both(rest([UNKNOWN]), coming_from("rest", "", "providerArns", "pool")),
        both(NAMELESS, issuer(FIRST)),
    ],
    near_misses=[
        listener(STRANGER),
        listener(ARN, "authenticate-oidc"),
        native_rule(STRANGER),
        rest([STRANGER]),
        rest([ARN], "TOKEN"),
        issuer("https://login.example.org/"),
        both(WITHOUT_APIS, pool_on({"type": "ORIGINAL"}), listener(ARN), rest([ARN])),
        added(resource("aws:apigatewayv2/authorizer:Authorizer", "lambda", None, authorizerType="REQUEST")),
        added(resource("aws:lb/listener:Listener", "silent", None)),
    ],
    unknown=[
        listener(UNKNOWN),
        listener(ARN, UNKNOWN),
        rest(UNKNOWN),
        rest([ARN], UNKNOWN),
        issuer(UNKNOWN),
        pool_on({"type": UNKNOWN}),
        pool_on(UNKNOWN),
        added(resource("aws:lb/listener:Listener", "listener", None, defaultActions=UNKNOWN)),
        both(STILL_AT_HOME, in_region(f"authorizer-{EAST}", UNKNOWN)),
        NAMELESS,
    ],
    malformed=[
        listener([ARN]),
        rest(ARN),
        issuer([ISSUER]),
        prop(f"authorizer-{EAST}", JWT, jwtConfiguration="issuer"),
        both(listener(ARN), pool_on({"type": 7.0})),
    ],
    absent=both(WITHOUT_APIS, without_type("lb")),
)
