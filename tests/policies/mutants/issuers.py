"""What checks the pool's tokens: by the wrong issuer, or where the issuer does not serve."""

from __future__ import annotations

from typing import Any, Final

from tests.policies.mutants.edits import GONE, Edit, add, all_of, beside, put
from tests.policies.mutants.kit import Maker, Mutant

MAKER: Final = Maker("issuer-fits-authorizers")
ARN: Final = "arn:aws:cognito-idp:$primary:$account:userpool/$pool"
HOSTS: Final = {
    "the first issuer": "https://cognito-idp.$primary.amazonaws.com/$pool",
    "another pool": "https://issuer-cognito-idp.$primary.amazonaws.com/${pool}x",
    "the secondary's host": "https://issuer-cognito-idp.$secondary.amazonaws.com/$pool",
    "plain http": "http://issuer-cognito-idp.$primary.amazonaws.com/$pool",
    "a trailing slash": "https://issuer-cognito-idp.$primary.amazonaws.com/$pool/",
    "its key set": "https://issuer-cognito-idp.$primary.amazonaws.com/$pool/.well-known/jwks.json",
}


def _authorizer(value: Any, name: str) -> Edit:
    return put("Authorizer", "jwtConfiguration.issuer", value, f"{name}-authorizer")


def _pool(value: Any) -> Edit:
    return put("cognito:UserPool", "issuerConfiguration", value)


def _updated(*edits: Edit) -> Edit:
    """In stacks of either issuer: the pool's is UPDATED."""
    return all_of(_pool({"type": "UPDATED"}), *edits)


def _actions(config: str) -> list[dict[str, Any]]:
    return [{"type": "authenticate-cognito", config: {"userPoolArn": ARN}}, {"type": "forward"}]


def _back(value: Any) -> Edit:
    first = HOSTS["the first issuer"]
    return all_of(_pool(value), _authorizer(first, "$primary"), _authorizer(first, "$secondary"))


CLASSIC: Final = {
    "listener": ("aws:lb/listener:Listener", "defaultActions", "authenticateCognito"),
    "listener's rule": ("aws:lb/listenerRule:ListenerRule", "actions", "authenticateCognito"),
    "listener by its older name": ("aws:alb/listener:Listener", "defaultActions", "authenticateCognito"),
    "rule by its older name": ("aws:alb/listenerRule:ListenerRule", "actions", "authenticateCognito"),
    "native listener": (
        "aws-native:elasticloadbalancingv2:Listener",
        "defaultActions",
        "authenticateCognitoConfig",
    ),
    "native rule": ("aws-native:elasticloadbalancingv2:ListenerRule", "actions", "authenticateCognitoConfig"),
}
REST: Final = {"aws:apigateway/authorizer:Authorizer": "REST", "aws-native:apigateway:Authorizer": "native REST"}
MUTANTS: Final[list[Mutant]] = [
    *(
        MAKER.prop(f"{words} in the {name}", _authorizer(issuer, f"${name}"))
        for words, issuer in HOSTS.items()
        for name in ("primary", "secondary")
    ),
    MAKER.prop("no issuer", _authorizer(GONE, "$primary")),
    *(
        MAKER.state(f"a {name} signs in", _updated(add(type, "balancer", **{path: _actions(config)})))
        for name, (type, path, config) in CLASSIC.items()
    ),
    *(
        MAKER.state(f"a {name} authorizer", _updated(add(type, "rest", type="COGNITO_USER_POOLS", providerArns=[ARN])))
        for type, name in REST.items()
    ),
    MAKER.component("the pool moved back to ORIGINAL", _back({"type": "ORIGINAL"})),
    MAKER.component("the pool without the setting", _back(GONE)),
    MAKER.component("the pool moved, the authorizers not", beside("SampleApi", _pool({"type": "ORIGINAL"}))),
]
