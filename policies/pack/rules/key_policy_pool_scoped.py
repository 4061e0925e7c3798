"""Each key of the pool admits Cognito for this pool and callers through it, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..facts import MISSING, UNKNOWN, Mark, Resource, StackFacts, holds_unknown
from ..findings import Finding, Judge
from ..key_pairs import outside_replicas
from ..key_policy import Scope, is_role, judge, statements
from ..pool_keys import key_named, keys_of, pool_keys
from ..registry import Severity, rule
from ..types import GRANT, KEY_PAIR, KEY_POLICY, KEYS, POOL, REPLICA

CONFINED = "a key that this pool alone can use, through Cognito in the key's own Region"
NAMED = "a key that is known, so that it is known whether it is the pool's"


@rule(
    id="key-policy-pool-scoped",
    name="The pool's keys can be used by Cognito for this pool only",
    severity=Severity.CRITICAL,
    framework="SEC08-BP04",
    why="Whoever can use the key can read the directory. KMS copies no policy to a replica key, and a policy "
    "that leaves kms:* to the account root leaves the key to whoever can edit IAM.",
    mend="Let KeyPair write the policy: the two Cognito services and callers through kms:ViaService, both bound "
    "to the pool's two ARNs; root and roles administer; deploy roles use seven actions through Cognito.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/data-protection.html",
    guards=tuple(KEYS),
)
def key_policy_pool_scoped(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge every policy of every key by meaning, then whether they speak of the deployed pool."""
    keys = [*pool_keys(stack), *outside_replicas(stack)]
    holders = [(one, key_named(stack, one)) for one in stack.of_type(KEY_POLICY, GRANT)] if keys else []
    for key, owner in keys:
        if owner:
            yield from _of_key(key, owner.scope(stack.region(key), key.get("arn")), holders, judge)
        else:
            yield judge.undecided(key, "primaryKeyArn", expected=NAMED)
    for holder, key in holders:
        if key is UNKNOWN:
            yield judge.undecided(holder, "keyId", expected=NAMED)
    yield from _of_deployers(stack, judge)
    yield from _of_pool(stack, judge)
    yield from _of_others(stack, judge)


def _of_key(key: Resource, scope: Any, holders: list[tuple[Resource, Any]], judge: Judge) -> Iterator[Finding]:
    """A key's policy may stand in the key or beside it; what grants use beside any policy is never confined."""
    path = KEYS[key.type]
    beside = [one for one, named in holders if one.type == KEY_POLICY and named in (key, UNKNOWN)]
    if not beside or key.get(path) is not MISSING:
        yield from _of_policy(key, path, scope, judge)
    for holder, named in holders:
        if named == key and holder.type == KEY_POLICY:
            yield from _of_policy(holder, "policy", scope, judge)
        elif named == key:
            yield judge.violation(holder, "keyId", found="a grant on the pool's key", expected=CONFINED)


def _of_policy(holder: Resource, path: str, scope: Any, say: Judge) -> Iterator[Finding]:
    policy = holder.get(path)
    if policy is MISSING:
        found = "no policy, so AWS's default: the whole account may use the key"
        yield say.violation(holder, path, found=found, expected=CONFINED)
        return
    if policy is UNKNOWN or not isinstance(scope, Scope):
        reason = "" if policy is UNKNOWN else "account, Regions, pool ID or the key's Region not known"
        yield say.undecided(holder, path, expected=CONFINED, found=reason)
        return
    partial = holds_unknown(policy)
    known = _known_part(policy) if partial else policy
    # Before the key exists, nobody knows whether an ARN is its own.
    other = scope.key_arn is None and any(one.resources - {"*"} for one in statements(known)[0])
    for problem in judge(known, scope, partial=partial or other):
        yield say.violation(holder, path, found=problem.found, expected=problem.expected)
    if partial or other:
        yield say.undecided(holder, path, expected=CONFINED, found="partly not known before the update")


def _known_part(policy: Any) -> Any:
    """The statements of a policy that are wholly known; each widens or not by itself."""
    statements = policy.get("Statement", []) if isinstance(policy, Mapping) else []
    every = statements if isinstance(statements, list) else [statements]
    # An empty Deny keeps a policy without any known statement readable.
    known = [statement for statement in every if not holds_unknown(statement)]
    return {"Statement": [*known, {"Effect": "Deny"}]}


def _of_deployers(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """A deploy role may grant the use of the key: a star, an account, a user or a stranger must not be called one."""
    for component in stack.of_type(KEY_PAIR):
        account, roles = component.get("accountId"), component.get("deployRoles")
        every = roles if isinstance(roles, list) else [roles]
        for role in every if isinstance(account, str) else []:
            if not isinstance(role, Mark) and not (isinstance(role, str) and is_role(account, role)):
                expected = f"full ARNs of roles of the account {account}"
                yield judge.violation(component, "deployRoles", found=repr(role), expected=expected)


def _of_pool(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """A policy confined to another pool than the deployed one locks this pool out."""
    for component in stack.of_type(KEY_PAIR):
        written = component.get("poolId")
        for pool in stack.of_type(POOL):
            deployed = pool.get("userPoolId")
            expected = f"the ID of the deployed pool{'' if deployed is UNKNOWN else f', {deployed}'}"
            if written is UNKNOWN or (written is not MISSING and deployed is UNKNOWN):
                yield judge.undecided(component, "poolId", expected=expected)
            elif written is not MISSING and deployed is not MISSING and written != deployed:
                yield judge.violation(component, "poolId", found=str(written), expected=expected)
        if written is MISSING and (replicas := stack.of_type(REPLICA)):
            found = f"no pool ID, though {replicas[0].name} replicates the pool"
            expected = "the founding form only until the pool exists"
            yield judge.violation(component, "poolId", found=found, expected=expected)


def _of_others(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """A pool's key that the stack does not hold has a policy that no graph shows."""
    for pool in stack.of_type(POOL):
        path = "keyConfiguration.kmsKeyArn"
        if pool.get(path) is not MISSING and not keys_of(stack, pool):
            found = "a key that this stack does not hold: `cognito-dr audit keys` reads its live policy"
            yield judge.undecided(pool, path, expected=CONFINED, found=found)
