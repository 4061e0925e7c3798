"""The triggers around a sign-in that the emulator never runs, and the Region that their events name.

Source: developer guide, user-pool-lambda-pre-authentication.html, -post-authentication.html and
-pre-token-generation.html. PreTokenGeneration itself is the emulator's.
"""

from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_region
from ministack.services import cognito

from sandbox.cloud import pools, trigger_calls
from sandbox.cloud.context import REQUEST
from sandbox.cloud.patching import replace

_NOT_A_SIGN_IN = frozenset({"TokenGeneration_RefreshTokens", "TokenGeneration_HostedAuth"})
_PASSWORD_FLOWS = frozenset({"USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"})


def install() -> None:
    """Replace the emulator's points at which a trigger runs or is told something."""
    trigger_calls.install()
    replace(
        cognito,
        "_build_pretoken_event",
        "pool_id client_id username user_attrs groups trigger_source version client_metadata scope",
        lambda original: lambda **given: {**original(**given), "region": get_region()},
    )
    replace(
        cognito,
        "_build_auth_result",
        "pool_id client_id user nonce trigger_source client_metadata origin_jti scope",
        _authenticated,
    )


def pre_authentication(action: str, data: dict[str, Any]) -> None:
    """Run PreAuthentication before a password is looked at; only for a user that exists.

    Raises TriggerRefused when the function refuses the sign-in.
    """
    if action not in ("InitiateAuth", "AdminInitiateAuth") or data.get("AuthFlow") not in _PASSWORD_FLOWS:
        return
    pool_id = pools.of_request(data)
    pool = pools.record(pool_id) if pool_id else None
    name = (data.get("AuthParameters") or {}).get("USERNAME")
    user = cognito._resolve_user(pool, name)[0] if pool and name else None
    if pool_id and user:
        asked = {**_attributes(user), "validationData": data.get("ClientMetadata") or {}}
        client = data.get("ClientId", "")
        source = "PreAuthentication_Authentication"
        trigger_calls.call("PreAuthentication", source, pool_id, client, user["Username"], asked)


def _authenticated(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Run PostAuthentication before the tokens are made; its error refuses the sign-in."""

    def build_auth_result(
        pool_id: str,
        client_id: str,
        user: dict[str, Any],
        nonce: str = "",
        trigger_source: str = "TokenGeneration_Authentication",
        client_metadata: dict[str, Any] | None = None,
        origin_jti: str = "",
        scope: str | None = None,
    ) -> dict[str, Any]:
        if trigger_source not in _NOT_A_SIGN_IN:
            asked = {**_attributes(user), "newDeviceUsed": False}
            request = REQUEST.get()
            # ClientMetadata of InitiateAuth does not reach this trigger, that of a challenge response does.
            if client_metadata and request and "Respond" in request.action:
                asked["clientMetadata"] = client_metadata
            source = "PostAuthentication_Authentication"
            trigger_calls.call("PostAuthentication", source, pool_id, client_id, user["Username"], asked)
        return original(pool_id, client_id, user, nonce, trigger_source, client_metadata, origin_jti, scope)

    return build_auth_result


def _attributes(user: dict[str, Any]) -> dict[str, Any]:
    return {"userAttributes": cognito._attr_list_to_dict(user.get("Attributes", []))}
