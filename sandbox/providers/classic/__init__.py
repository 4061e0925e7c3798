"""Resource types of the classic provider, a file for each AWS service."""

from sandbox.providers.classic import acm, functions, iam, kms, logs, releases
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
    )
}
"""Every classic type that the sandbox knows, by token."""
