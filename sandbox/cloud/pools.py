"""Access to the emulator's user pools, one record per Region and pool."""

from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import cognito

Pool = dict[str, Any]


def home(pool_id: str) -> str:
    """The primary Region of a pool: the prefix of its ID, in every Region that holds it."""
    return pool_id.rpartition("_")[0]


def record(pool_id: str, region: str | None = None) -> Pool | None:
    """The pool's record in *region* (default: the Region that serves the request)."""
    return cognito._user_pools.get_scoped(get_account_id(), region or get_region(), pool_id)


def arn(pool_id: str, region: str) -> str:
    """The pool's ARN in a Region: a secondary's has its own Region and the same ID."""
    return f"arn:aws:cognito-idp:{region}:{get_account_id()}:userpool/{pool_id}"


def issuer(pool_id: str) -> str:
    """The `iss` of every token, the same in both Regions: the primary's, ORIGINAL or UPDATED."""
    configured = (record(pool_id, home(pool_id)) or {}).get("IssuerConfiguration") or {}
    host = "issuer-cognito-idp" if configured.get("Type") == "UPDATED" else "cognito-idp"
    return f"https://{host}.{home(pool_id)}.amazonaws.com/{pool_id}"


def of_request(data: dict[str, Any]) -> str | None:
    """The ID of the pool that a request is about, if this Region knows it."""
    pool_id = data.get("UserPoolId")
    if not pool_id and (client := data.get("ClientId")):
        pool_id = cognito._pool_for_client(client)[1]
    if not pool_id:
        pool_id = cognito._pool_id_from_token(data.get("AccessToken") or data.get("Token") or "")
    if not pool_id and (resource := data.get("ResourceArn")):
        pool_id = str(resource).rpartition("/")[2]
    return pool_id if pool_id and record(pool_id) is not None else None
