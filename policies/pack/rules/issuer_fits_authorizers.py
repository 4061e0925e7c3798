"""Whatever checks the pool's tokens can do so with the pool's issuer, in the Region where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from ..findings import Finding, Judge
from ..issuers import COGNITO, HOSTS, issuer_kind, names_pool, own_issuers
from ..regions import primary_region
from ..registry import Severity, rule
from ..spelling import spelled
from ..types import JWT_AUTHORIZERS, LISTENERS, POOL, REST_AUTHORIZERS

ORIGINAL_ONLY: Final = "issuer ORIGINAL, or a JWT check of the application's own"
OWN: Final = "the pool's own issuer"
SURVIVES: Final = "issuer UPDATED, whose keys several Regions serve"
ISSUER: Final = "jwtConfiguration.issuer"
AUTHENTICATE: Final = "authenticate-cognito"


@rule(
    id="issuer-fits-authorizers",
    name="The pool's issuer fits what checks its tokens",
    severity=Severity.HIGH,
    framework="REL11-BP05",
    why="Load balancers and API Gateway's Cognito authorizers refuse tokens of the issuer UPDATED. With ORIGINAL the "
    "keys are served by the primary Region alone, so an authorizer elsewhere fails with it. One that names another "
    "issuer refuses every token.",
    mend="With UPDATED use a JWT authorizer on the pool's own issuer; with ORIGINAL keep authorizers in the primary "
    "Region or move the pool to UPDATED first.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html",
)
def issuer_fits_authorizers(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge what the stack itself makes; verifiers inside applications are out of sight."""
    for pool in stack.of_type(POOL):
        kind = issuer_kind(pool)
        for listener in stack.of_type(*LISTENERS):
            verdict = _authenticates(stack, listener, pool)
            yield from _incompatible(listener, LISTENERS[listener.type], verdict, kind, judge)
        for authorizer in stack.of_type(*REST_AUTHORIZERS):
            verdict = _is_cognito(stack, authorizer, pool)
            yield from _incompatible(authorizer, "type", verdict, kind, judge)
        for authorizer in stack.of_type(*JWT_AUTHORIZERS):
            if authorizer.get("authorizerType") != "REQUEST":
                yield from _jwt(stack, authorizer, pool, judge)


def _incompatible(
    one: Resource, path: str, concerned: bool | Mark, kind: str | Mark, judge: Judge
) -> Iterator[Finding]:
    if concerned is False or kind == "ORIGINAL":
        return
    if UNKNOWN in (concerned, kind):
        yield judge.undecided(one, path, expected=ORIGINAL_ONLY)
    else:
        yield judge.violation(one, path, found="the pool's issuer is UPDATED", expected=ORIGINAL_ONLY)


def _authenticates(stack: StackFacts, listener: Resource, pool: Resource) -> bool | Mark:
    """Whether a listener signs users in with this pool."""
    path = LISTENERS[listener.type]
    actions = listener.get(path)
    if actions is MISSING:
        return False
    if not isinstance(actions, list | tuple):
        return UNKNOWN
    verdicts = [_signs_in(stack, listener, action, pool) for action in actions]
    return True if True in verdicts else UNKNOWN if UNKNOWN in verdicts else False


def _signs_in(stack: StackFacts, listener: Resource, action: Any, pool: Resource) -> bool | Mark:
    kind = action.get("type", MISSING) if isinstance(action, Mapping) else UNKNOWN
    if isinstance(kind, str) and kind != AUTHENTICATE:
        return False
    config = action.get(spelled(listener, "authenticateCognito"), UNKNOWN) if isinstance(action, Mapping) else UNKNOWN
    arn = config.get("userPoolArn", UNKNOWN) if isinstance(config, Mapping) else UNKNOWN
    concerned = names_pool(stack, listener, LISTENERS[listener.type], arn, pool)
    return concerned if kind == AUTHENTICATE or concerned is False else UNKNOWN


def _is_cognito(stack: StackFacts, authorizer: Resource, pool: Resource) -> bool | Mark:
    kind, arns = authorizer.get("type"), authorizer.get("providerArns")
    if isinstance(kind, str) and kind != "COGNITO_USER_POOLS":
        return False
    items = arns if isinstance(arns, list | tuple) else [UNKNOWN]
    verdicts = [names_pool(stack, authorizer, "providerArns", arn, pool) for arn in items]
    concerned = True if True in verdicts else UNKNOWN if UNKNOWN in verdicts else False
    return concerned if isinstance(kind, str) or concerned is False else UNKNOWN


def _jwt(stack: StackFacts, authorizer: Resource, pool: Resource, judge: Judge) -> Iterator[Finding]:
    """One finding at most that something is not known: two would say the same."""
    issuer, kind = authorizer.get(ISSUER), issuer_kind(pool)
    if isinstance(issuer, str) and not COGNITO.match(issuer):
        return  # tokens of another identity provider
    verdict = _own(stack, issuer, pool, kind)
    if verdict is False:
        found = issuer if isinstance(issuer, str) else "none"
        yield judge.violation(authorizer, ISSUER, found=found, expected=OWN)
    region, primary = stack.region(authorizer), primary_region(stack)
    elsewhere = UNKNOWN if UNKNOWN in (region, primary) else region != primary
    if elsewhere is True and kind == "ORIGINAL":
        found = f"keys of {primary} alone, read in {region}"
        yield judge.violation(authorizer, "region", found=found, expected=SURVIVES)
    elif verdict is UNKNOWN:
        yield judge.undecided(authorizer, ISSUER, expected=OWN)
    elif elsewhere and kind != "UPDATED":
        yield judge.undecided(authorizer, "region", expected=SURVIVES)


def _own(stack: StackFacts, issuer: Any, pool: Resource, kind: str | Mark) -> bool | Mark:
    if issuer is MISSING:
        return False
    if not isinstance(issuer, str):
        return UNKNOWN
    own, match = own_issuers(stack, pool), COGNITO.match(issuer)
    if not own:
        other_host = match is not None and isinstance(kind, str) and match["host"].lower() != HOSTS[kind]
        return False if other_host else UNKNOWN
    if issuer not in own:
        return False
    return True if len(own) == 1 else UNKNOWN
