"""One issuer, one key set and lagging revocation in both Regions of a pool.

Since July 2026 `iss` is the primary's issuer in both Regions, ORIGINAL or UPDATED (aws-jwt-verify 282).
The emulator keeps signing keys by pool ID, so both Regions sign alike.
"""

import json
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import cognito

from sandbox.cloud import pools
from sandbox.cloud.patching import replace
from sandbox.cloud.replication import Log


class Revoked:
    """The revoked tokens: at once where they were revoked, in the other Region after the lag.

    Stands in for the emulator's set, which all Regions share.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._entries: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def __contains__(self, token: object) -> bool:
        entry = self._entries.get(token) if isinstance(token, str) else None
        if entry is None:
            return False
        region, written = entry
        return region == get_region() or time.monotonic() - written >= self._log.lag

    def add(self, token: str) -> None:
        """Revoke a token in the Region that serves the request."""
        with self._lock:
            self._entries.setdefault(token, (get_region(), time.monotonic()))

    def update(self, tokens: Iterable[str]) -> None:
        """Revoke several."""
        for token in tokens:
            self.add(token)

    def clear(self) -> None:
        """Forget all (the emulator's own reset)."""
        self._entries.clear()


def install(log: Log) -> None:
    """Replace issuer, discovery document, revocation and the searches that cross Regions."""
    cognito._revoked_tokens = Revoked(log)  # ty: ignore[invalid-assignment]
    replace(cognito, "_signed_jwt", "claims pool_id use", _signed)
    replace(cognito, "well_known_openid_configuration", "pool_id region host scheme", _discovery)
    replace(cognito, "_refresh_auth_user", "pool pid cid refresh_token", _refresh_user)
    replace(cognito, "_pin_unsigned_idp_scope", "data", lambda _original: lambda data: None)
    replace(cognito, "_get_pool_unscoped", "pool_id", lambda _original: pools.record)


def _signed(original: Callable[..., str]) -> Callable[..., str]:
    def signed_jwt(claims: dict[str, Any], pool_id: str = "", use: str = "") -> str:
        return original({**claims, "iss": pools.issuer(pool_id)} if pool_id else claims, pool_id, use)

    return signed_jwt


def _discovery(original: Callable[..., Any]) -> Callable[..., Any]:
    def openid_configuration(
        pool_id: str, region: str | None = None, host: str | None = None, scheme: str = "http"
    ) -> tuple[int, dict[str, str], bytes]:
        status, headers, body = original(pool_id, region, host, scheme)
        return status, headers, json.dumps({**json.loads(body), "issuer": pools.issuer(pool_id)}).encode()

    return openid_configuration


def _refresh_user(original: Callable[..., Any]) -> Callable[..., Any]:
    def refresh_auth_user(pool: pools.Pool, pid: str, cid: str, refresh_token: str) -> tuple[Any, Any]:
        user, error = original(pool, pid, cid, refresh_token)
        if error is None and (refused := _refused(user, refresh_token)):
            return None, cognito.error_response_json("NotAuthorizedException", refused, 400)
        return user, error

    return refresh_auth_user


def _refused(user: dict[str, Any], refresh_token: str) -> str | None:
    """What the emulator checks only with full authorization switched on."""
    if not cognito._signature_valid(refresh_token):
        return "Invalid Refresh Token"
    if not user.get("Enabled", True):
        return "User is disabled."
    if cognito._token_claims(refresh_token).get("origin_jti") in cognito._revoked_tokens:
        return "Refresh Token has been revoked"
    return None


def sign_out_elsewhere(pool_id: str, username: str, other: str) -> None:
    """After a global sign-out: revoke what the other Region issued to the user before it.

    The tokens count as revoked in the serving Region at once, in the other after the lag.
    """
    pool = cognito._user_pools.get_scoped(get_account_id(), other, pool_id)
    user = (pool or {}).get("_users", {}).get(username)
    if user is not None:
        cognito._revoked_tokens.update(user.pop("_origin_jtis", []))
