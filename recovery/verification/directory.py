"""The pool, its replica, and the promise of replication: a user signs in through both Regions."""

from __future__ import annotations

from collections.abc import Iterator

from manifest import Manifest
from recovery import aws
from recovery.sign_in_check import SignInCheck
from recovery.verification.check import Check, CheckFailedError


def pool_checks(manifest: Manifest) -> Iterator[Check]:
    """The pool is there, and from phase replication on its replica is active."""
    primary = manifest.regions.primary
    yield Check(
        group="pool", phase="foundation", line=f"the pool answers in {primary}", act=lambda: _pool_answers(manifest)
    )
    if manifest.phase != "foundation":
        line = f"the replica in {manifest.regions.secondary} is ACTIVE"
        yield Check(
            group="replica", phase="replication", line=line, act=lambda: _replica_active(manifest), settles=True
        )


def sign_in_checks(check: SignInCheck, username: str) -> Iterator[Check]:
    """The sign-in checks in their order: each finds what the ones before made."""
    for line, act in check.checks(username):
        yield Check(group="sign-in", phase="replication", line=line, act=act)


def _pool_answers(manifest: Manifest) -> None:
    primary = manifest.regions.primary
    aws.client("cognito-idp", primary).describe_user_pool(UserPoolId=manifest.pool.id)


def _replica_active(manifest: Manifest) -> None:
    client = aws.client("cognito-idp", manifest.regions.primary)
    found = client.list_user_pool_replicas(UserPoolId=manifest.pool.id)["UserPoolReplicas"]
    status = {each["RegionName"]: each["Status"] for each in found}.get(manifest.regions.secondary)
    if status != "ACTIVE":
        raise CheckFailedError(f"its status is {status or 'none, there is no replica'}: run `pulumi up` again")
