"""Settings of a pool as AWS keeps, refuses and shows them, where the emulator differs."""

import json
from collections.abc import Callable
from typing import Any

from ministack.core.responses import error_response_json, get_region, json_response
from ministack.services import cognito

from sandbox.cloud import pools
from sandbox.cloud.assumptions import Assumptions
from sandbox.cloud.context import REQUEST
from sandbox.cloud.patching import replace
from sandbox.cloud.replicas import Replicas, Response

KEPT = ("KeyConfiguration", "IssuerConfiguration")
REGIONAL = frozenset({"LambdaConfig", "EmailConfiguration", "SmsConfiguration", "UserPoolTags"})

GLOBAL = "{} cannot be changed in a replica: it must equal the value of the primary user pool."
TWO_VALIDITIES = "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
PROTECTED = (
    "The user pool cannot be deleted because deletion protection is activated. "
    "Deletion protection must be inactivated first."
)
HAS_DOMAIN = "User pool cannot be deleted. It has a domain configured that should be deleted first."


def install(assumptions: Assumptions, replicas: Replicas) -> None:
    """Replace creation, update, deletion and output of user pools."""
    replace(cognito, "_create_user_pool", "data", lambda original: _created(original, assumptions))
    replace(cognito, "_update_user_pool", "data", lambda original: _updated(original, assumptions))
    replace(cognito, "_set_user_pool_mfa_config", "data", _mfa)
    replace(cognito, "_delete_user_pool", "data", lambda original: _deleted(original, replicas))
    replace(cognito, "_pool_out", "pool", lambda original: _shown(original, assumptions))
    replace(cognito, "_generate_temp_password", "", _temporary_password)


def _invalid(message: str) -> Response:
    return error_response_json("InvalidParameterException", message, 400)


def _created(original: Callable[..., Response], assumptions: Assumptions) -> Callable[..., Response]:
    def create_user_pool(data: dict[str, Any]) -> Response:
        if alias := _alias(data, assumptions):
            return _invalid(f"{alias} names an alias or a version of a function.")
        response = original(data)
        if response[0] != 200:
            return response
        pool_id = json.loads(response[2])["UserPool"]["Id"]
        pool = pools.record(pool_id) or {}
        pool["KeyConfiguration"] = data.get("KeyConfiguration") or {"KeyType": "AWS_OWNED_KEY"}
        pool["IssuerConfiguration"] = data.get("IssuerConfiguration") or {"Type": "ORIGINAL"}
        return json_response({"UserPool": cognito._pool_out(pool)})

    return create_user_pool


def _updated(original: Callable[..., Response], assumptions: Assumptions) -> Callable[..., Response]:
    def update_user_pool(data: dict[str, Any]) -> Response:
        pool_id = data.get("UserPoolId", "")
        pool = pools.record(pool_id)
        if pool is None:
            return original(data)
        if alias := _alias(data, assumptions):
            return _invalid(f"{alias} names an alias or a version of a function.")
        if _two_validities(data):
            return _invalid(TWO_VALIDITIES)
        if pools.home(pool_id) != get_region():
            return _update_regional(original, data, pool)
        response = original(data)
        if response[0] == 200:
            pool.update({key: data[key] for key in KEPT if key in data})
            pool.update({key: [] for key in assumptions.reset_when_omitted if key not in data})
            pool["Name"] = data.get("PoolName") or pool["Name"]
        return response

    return update_user_pool


def _alias(data: dict[str, Any], assumptions: Assumptions) -> str | None:
    """The first ARN in LambdaConfig with a qualifier, if the assumption says that Cognito takes none."""
    if assumptions.trigger_may_name_an_alias:
        return None
    values = (data.get("LambdaConfig") or {}).values()
    arns = [value.get("LambdaArn", "") if isinstance(value, dict) else str(value) for value in values]
    return next((arn for arn in arns if ":function:" in arn and arn.count(":") > 6), None)


def _two_validities(data: dict[str, Any]) -> bool:
    """What pulumi-aws-native issue 1256 runs into."""
    policy = (data.get("Policies") or {}).get("PasswordPolicy") or {}
    invitation = data.get("AdminCreateUserConfig") or {}
    return "TemporaryPasswordValidityDays" in policy and "UnusedAccountValidityDays" in invitation


def _update_regional(original: Callable[..., Response], data: dict[str, Any], pool: pools.Pool) -> Response:
    """UpdateUserPool in the secondary: global settings may be sent, but only as they are."""
    if changed := _changed_global(data, cognito._pool_out(pool)):
        return _invalid(GLOBAL.format(changed))
    return original({key: value for key, value in data.items() if key in REGIONAL or key == "UserPoolId"})


def _changed_global(data: dict[str, Any], shown: dict[str, Any]) -> str | None:
    """The first global setting in *data* that is not as it is shown; None when there is none."""
    for name, value in data.items():
        if name in REGIONAL or name == "UserPoolId":
            continue
        held = shown.get("Name" if name == "PoolName" else name) or {}
        same = _same_key(value or {}, held) if name == "KeyConfiguration" else _contains(held, value)
        if not same:
            return name
    return None


def _mfa(original: Callable[..., Response]) -> Callable[..., Response]:
    """SetUserPoolMfaConfig is answered by a secondary; only the SMS sender may differ there."""

    def set_user_pool_mfa_config(data: dict[str, Any]) -> Response:
        pool = pools.record(data.get("UserPoolId", ""))
        if pool is None or pools.home(data["UserPoolId"]) == get_region():
            return original(data)
        sent = {key: value for key, value in data.items() if key != "SmsMfaConfiguration"}
        if changed := _changed_global(sent, pool):
            return _invalid(GLOBAL.format(changed))
        return original(data)

    return set_user_pool_mfa_config


def _contains(held: object, sent: object) -> bool:
    """Whether everything that was sent is what is held; an absent empty value counts as equal."""
    if isinstance(sent, dict):
        known = held if isinstance(held, dict) else {}
        return all(_contains(known.get(key), value) for key, value in sent.items())
    return held == sent or (not held and not sent)


def _same_key(sent: dict[str, str], held: dict[str, str]) -> bool:
    """Both Regions' ARNs of one multi-Region key are the same key."""
    related = [str(value.get("KmsKeyArn", "")).rpartition("/")[2] for value in (sent, held)]
    return sent.get("KeyType") == held.get("KeyType") and related[0] == related[1]


def _deleted(original: Callable[..., Response], replicas: Replicas) -> Callable[..., Response]:
    def delete_user_pool(data: dict[str, Any]) -> Response:
        pool_id = data.get("UserPoolId", "")
        pool = pools.record(pool_id)
        if pool is not None:
            if replicas.of(pool_id):
                return _invalid("The user pool cannot be deleted while it has a replica.")
            if pool.get("DeletionProtection") == "ACTIVE":
                return _invalid(PROTECTED)
            if pool.get("Domain") or pool.get("CustomDomain"):
                return _invalid(HAS_DOMAIN)
        return original(data)

    return delete_user_pool


def _temporary_password(original: Callable[[], str]) -> Callable[[], str]:
    """Long enough for the pool's policy; the emulator's 12 characters fail its own check of a longer one."""

    def generate() -> str:
        request = REQUEST.get()
        pool = pools.record(request.data.get("UserPoolId", "")) if request else None
        least = ((pool or {}).get("Policies") or {}).get("PasswordPolicy", {}).get("MinimumLength", 8)
        password = original()
        while len(password) < least:
            password += original()
        return password

    return generate


def _shown(original: Callable[..., Any], assumptions: Assumptions) -> Callable[..., Any]:
    def pool_out(pool: pools.Pool) -> dict[str, Any]:
        shown = original(pool)
        days = assumptions.unused_account_validity_days
        invitation = {"UnusedAccountValidityDays": days, **(shown.get("AdminCreateUserConfig") or {})}
        return {**shown, "AdminCreateUserConfig": invitation}

    return pool_out
