"""Resource types of the classic provider, a file for each AWS service."""

from sandbox.providers.classic import (
    acm,
    dynamodb,
    dynamodb_items,
    functions,
    iam,
    kms,
    logs,
    releases,
    schedules,
    secrets,
)
from sandbox.providers.kind import Kind

KINDS: dict[str, type[Kind]] = {
    kind.token: kind
    for kind in (
        kms.Key,
        kms.ReplicaKey,
        kms.Alias,
        iam.Role,
        iam.RolePolicy,
        logs.LogGroup,
        functions.Function,
        releases.Alias,
        releases.Permission,
        releases.Invocation,
        acm.Certificate,
        dynamodb.Table,
        dynamodb_items.TableItem,
        secrets.Secret,
        secrets.SecretVersion,
        schedules.Schedule,
    )
}
"""Every classic type that the sandbox knows, by token."""
