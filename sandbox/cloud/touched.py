"""Which parts of a pool an operation writes: what replication has to copy after it.

An operation that only signs in writes nothing of the directory. An operation this module does not know
counts as a write of the pool's settings and of the user it names, so that nothing is lost silently.
"""

from typing import Any

from ministack.services import cognito

from sandbox.cloud.pools import Pool

Part = tuple[str, str]

SETTINGS = "settings"
PARTS = frozenset({"_users", "_clients", "_groups", "_resource_servers", "_identity_providers"})

_NOT_REPLICATED = frozenset(
    [
        "RevokeToken",
        "GlobalSignOut",
        "AdminUserGlobalSignOut",
        "TagResource",
        "UntagResource",
        "CreateUserPoolDomain",
        "UpdateUserPoolDomain",
        "DeleteUserPoolDomain",
        "CreateUserPoolReplica",
        "UpdateUserPoolReplica",
        "DeleteUserPoolReplica",
        "DeleteUserPool",
    ]
)
_NAMED = {
    "UserPoolClient": ("_clients", "ClientId"),
    "ResourceServer": ("_resource_servers", "Identifier"),
    "IdentityProvider": ("_identity_providers", "ProviderName"),
    "Group": ("_groups", "GroupName"),
}
_CHALLENGE_WRITES = frozenset({"NEW_PASSWORD_REQUIRED", "MFA_SETUP"})


def parts(action: str, data: dict[str, Any], pool: Pool) -> frozenset[Part]:
    """The parts that *action* writes, as far as the request and the pool's record tell.

    Ask before and after the operation: what is deleted is known only before, what is made only after.
    """
    if action in _NOT_REPLICATED or action.startswith(("Describe", "Get", "List", "AdminGet", "AdminList")):
        return frozenset()
    if action in ("InitiateAuth", "AdminInitiateAuth"):
        return frozenset()
    if action in ("RespondToAuthChallenge", "AdminRespondToAuthChallenge"):
        if data.get("ChallengeName") not in _CHALLENGE_WRITES:
            return frozenset()
        return _user(pool, (data.get("ChallengeResponses") or {}).get("USERNAME"))
    if action in ("AdminAddUserToGroup", "AdminRemoveUserFromGroup"):
        return _user(pool, data.get("Username")) | {("_groups", str(data.get("GroupName")))}
    for noun, (kind, field) in _NAMED.items():
        if action.endswith(noun) and action.startswith(("Create", "Update", "Delete")):
            named: frozenset[Part] = frozenset({(kind, str(data[field]))} if data.get(field) else ())
            return named | (_members(pool, data) if action == "DeleteGroup" else frozenset())
    name = data.get("Username") or _token_user(data)
    if not name:
        return frozenset({(SETTINGS, "")})
    groups = _groups(pool, name) if action in ("AdminDeleteUser", "DeleteUser") else frozenset()
    return _user(pool, name) | groups


def _token_user(data: dict[str, Any]) -> str | None:
    token = data.get("AccessToken")
    return cognito._token_claims(token).get("username") if token else None


def _user(pool: Pool, name: str | None) -> frozenset[Part]:
    if not name:
        return frozenset()
    found, _error = cognito._resolve_user(pool, name)
    return frozenset({("_users", found["Username"] if found else name)})


def _groups(pool: Pool, name: str) -> frozenset[Part]:
    found, _error = cognito._resolve_user(pool, name)
    return frozenset(("_groups", group) for group in (found or {}).get("_groups", []))


def _members(pool: Pool, data: dict[str, Any]) -> frozenset[Part]:
    group = pool["_groups"].get(data.get("GroupName")) or {}
    return frozenset(("_users", name) for name in group.get("_members", []))
