"""Which Cognito operations a secondary replica answers (developer guide, user-pool-multi-region.html)."""

ALWAYS = frozenset(
    [
        "AdminGetDevice",
        "AdminGetUser",
        "AdminListDevices",
        "AdminListGroupsForUser",
        "AdminListUserAuthEvents",
        "AssociateWebACL",
        "CreateUserPoolDomain",
        "DeleteUserPoolDomain",
        "DeleteUserPoolReplica",
        "DescribeIdentityProvider",
        "DescribeManagedLoginBranding",
        "DescribeManagedLoginBrandingByClient",
        "DescribeResourceServer",
        "DescribeRiskConfiguration",
        "DescribeTerms",
        "DescribeUserPool",
        "DescribeUserPoolClient",
        "DescribeUserPoolDomain",
        "DisassociateWebACL",
        "GetGroup",
        "GetLogDeliveryConfiguration",
        "GetSigningCertificate",
        "GetUICustomization",
        "GetUserPoolMfaConfig",
        "ListIdentityProviders",
        "ListGroups",
        "ListResourceServers",
        "ListTagsForResource",
        "ListTerms",
        "ListUserPoolClients",
        "ListUserPoolClientSecrets",
        "ListUserPoolReplicas",
        "ListUserPools",
        "ListUsers",
        "ListUsersInGroup",
        "SetLogDeliveryConfiguration",
        "SetRiskConfiguration",
        "SetUserPoolMfaConfig",
        "TagResource",
        "UntagResource",
        "UpdateUserPool",
        "UpdateUserPoolDomain",
        "UpdateUserPoolReplica",
    ]
)
"""Answered while the replica is INACTIVE or ACTIVE."""

WHILE_ACTIVE = frozenset(
    [
        "AdminInitiateAuth",
        "AdminRespondToAuthChallenge",
        "AdminUpdateAuthEventFeedback",
        "AdminUserGlobalSignOut",
        "GetDevice",
        "GetIdentityProviderByIdentifier",
        "GetTokensFromRefreshToken",
        "GetUser",
        "GetUserAuthFactors",
        "GlobalSignOut",
        "InitiateAuth",
        "ListDevices",
        "ListWebAuthnCredentials",
        "RespondToAuthChallenge",
        "RevokeToken",
        "UpdateAuthEventFeedback",
    ]
)
"""Answered only while the replica is ACTIVE."""

PRIMARY_ONLY = frozenset({"DeleteUserPoolReplica"})
"""On AWS's list of a secondary, but its API text says: must be called from the primary Region."""


def answered_by_secondary(action: str, status: str) -> bool:
    """Whether a secondary with this replica status answers the operation."""
    if action in PRIMARY_ONLY:
        return False
    return action in ALWAYS or (status == "ACTIVE" and action in WHILE_ACTIVE)
