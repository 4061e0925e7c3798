"""Triggers: those of the serving Region, once per sign-in, only with permission, and failing closed.

Source of the behaviour: developer guide, cognito-user-pools-working-with-lambda-triggers.html and
user-pool-lambda-post-authentication.html.
"""

import json
from collections.abc import Callable
from typing import Any

from ministack.core.responses import error_response_json, get_region
from ministack.services import cognito, lambda_svc

from sandbox.cloud import pools
from sandbox.cloud.context import REQUEST, CognitoRequest
from sandbox.cloud.patching import replace
from sandbox.cloud.permissions import may_invoke

_NOT_A_SIGN_IN = frozenset({"TokenGeneration_RefreshTokens", "TokenGeneration_HostedAuth"})


class TriggerRefused(Exception):  # noqa: N818 - named after what happened to the sign-in
    """A trigger stopped the request. *code* is Cognito's error code, the text its message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def install() -> None:
    """Replace the emulator's path from Cognito to a function."""
    replace(lambda_svc, "_get_func_record_for_ref", "function_ref", _permitted)
    replace(lambda_svc, "_execute_function_with_config_scope", "func event", _executed)
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


def answer(error: TriggerRefused) -> tuple[int, dict[str, str], bytes]:
    """What Cognito answers: status 400, so that no SDK repeats the call."""
    return error_response_json(error.code, str(error), 400)


def _trigger_name(arn: str, pool_id: str) -> str:
    settings = (pools.record(pool_id) or {}).get("LambdaConfig") or {}
    for name, value in settings.items():
        if value == arn or (isinstance(value, dict) and value.get("LambdaArn") == arn):
            return name.removesuffix("Config")
    return "Trigger"


def _permitted(original: Callable[[str], Any]) -> Callable[[str], Any]:
    def func_record_for_ref(function_ref: str) -> Any:
        request = REQUEST.get()
        if request is None:
            return original(function_ref)
        request.trigger_arn = function_ref
        return original(function_ref)

    return func_record_for_ref


def _executed(original: Callable[..., Any]) -> Callable[..., Any]:
    def execute(func: dict[str, Any], event: dict[str, Any]) -> Any:
        request = REQUEST.get()
        if request is None or "userPoolId" not in event:
            return original(func, event)
        if not str(event.get("triggerSource", "")).startswith("TokenGeneration_"):
            return _invoke(original, func, event, request)
        if request.token_claims is None:  # one run for both tokens of a sign-in, as on AWS
            request.token_claims = _invoke(original, func, event, request)
        return request.token_claims

    return execute


def _invoke(
    run: Callable[..., Any], func: dict[str, Any], event: dict[str, Any], call: CognitoRequest
) -> Any:
    pool_id = event["userPoolId"]
    name = _trigger_name(call.trigger_arn, pool_id)
    if not may_invoke(call.trigger_arn, pools.arn(pool_id, get_region())):
        raise TriggerRefused(
            "UnexpectedLambdaException", f"{name} invocation failed due to error AccessDeniedException."
        )
    token = REQUEST.set(None)  # what the function's executor does is no longer Cognito's doing
    try:
        result = run(func, event)
    finally:
        REQUEST.reset(token)
    if isinstance(result, dict) and result.get("error"):
        raise TriggerRefused(
            "UserLambdaValidationException", f"{name} failed with error {_message(result.get('body'))}."
        )
    return result


def _message(body: Any) -> str:
    """The error message of a function's answer."""
    if isinstance(body, bytes | str):
        try:
            body = json.loads(body)
        except ValueError:
            return str(body)
    return str(body.get("errorMessage", body)) if isinstance(body, dict) else str(body)


def _authenticated(original: Callable[..., Any]) -> Callable[..., Any]:
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
            _post_authentication(pool_id, client_id, user, client_metadata)
        return original(pool_id, client_id, user, nonce, trigger_source, client_metadata, origin_jti, scope)

    return build_auth_result


def _post_authentication(
    pool_id: str, client_id: str, user: dict[str, Any], client_metadata: dict[str, Any] | None
) -> None:
    """Run PostAuthentication; the emulator never does. Its error refuses the sign-in."""
    arn = ((pools.record(pool_id) or {}).get("LambdaConfig") or {}).get("PostAuthentication")
    request = REQUEST.get()
    if not arn or request is None:
        return
    record, config, _name = lambda_svc._get_func_record_for_ref(arn)
    if record is None or config is None:
        raise TriggerRefused(
            "UnexpectedLambdaException",
            "PostAuthentication invocation failed due to error ResourceNotFoundException.",
        )
    asked: dict[str, Any] = {
        "userAttributes": cognito._attr_list_to_dict(user.get("Attributes", [])),
        "newDeviceUsed": False,
    }
    if client_metadata and "Respond" in request.action:  # InitiateAuth's metadata does not reach this trigger
        asked["clientMetadata"] = client_metadata
    event = {
        "version": "1",
        "triggerSource": "PostAuthentication_Authentication",
        "region": get_region(),
        "userPoolId": pool_id,
        "userName": user["Username"],
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client_id},
        "request": asked,
        "response": {},
    }
    record = lambda_svc._execution_record_for_config(record, config)
    lambda_svc._execute_function_with_config_scope(record, event)
