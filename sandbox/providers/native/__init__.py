"""Resource types of the Cloud Control provider: CloudFormation models over boto3."""

from sandbox.providers.kind import Kind
from sandbox.providers.native import directory, replica, user_pool

KINDS: dict[str, type[Kind]] = {
    kind.token: kind
    for kind in (
        user_pool.UserPool,
        directory.UserPoolClient,
        directory.UserPoolGroup,
        directory.UserPoolResourceServer,
        directory.UserPoolIdentityProvider,
        directory.UserPoolDomain,
        replica.UserPoolReplica,
        replica.RegionalAttachment,
    )
}
"""Every Cloud Control type that the sandbox knows, by token."""
