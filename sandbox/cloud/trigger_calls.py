"""How Cognito calls a function: only with permission, once per sign-in, and failing closed.

Source: developer guide, cognito-user-pools-working-with-lambda-triggers.html. Every failure is answered with
status 400, so that no SDK repeats the call.
"""

import json
from collections.abc import Callable
from typing import Any

from ministack.core.responses import error_response_json, get_region
from ministack.services import lambda_svc

from sandbox.cloud import pools
from sandbox.cloud.context import REQUEST, CognitoRequest
from sandbox.cloud.patching import replace
from sandbox.cloud.permissions import may_invoke

Event = dict[str, Any]
Function = dict[str, Any]
Result = dict[str, Any]


class TriggerRefused(Exception):  # noqa: N818 - named after what happened to the sign-in
    """A trigger stopped the request. *code* is Cognito's error code, the text its message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """What Cognito answers."""
        return error_response_json(self.code, str(self), 400)


def install() -> None:
    """Replace the emulator's path from Cognito to a function."""
    replace(lambda_svc, "_get_func_record_for_ref", "function_ref", _remembered)
    replace(lambda_svc, "_execute_function_with_config_scope", "func event", _executed)


def call(name: str, source: str, pool_id: str, client_id: str, username: str, asked: dict[str, Any]) -> None:
    """Run the trigger *name* of the serving Region if the pool names one. Raises TriggerRefused."""
    arn = ((pools.record(pool_id) or {}).get("LambdaConfig") or {}).get(name)
    if not arn or REQUEST.get() is None:
        return
    record, config, _name = lambda_svc._get_func_record_for_ref(arn)
    if record is None or config is None:
        raise TriggerRefused(
            "UnexpectedLambdaException", f"{name} invocation failed due to error ResourceNotFoundException."
        )
    event = {
        "version": "1",
        "triggerSource": source,
        "region": get_region(),
        "userPoolId": pool_id,
        "userName": username,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client_id},
        "request": asked,
        "response": {},
    }
    record = lambda_svc._execution_record_for_config(record, config)
    lambda_svc._execute_function_with_config_scope(record, event)


def _remembered(original: Callable[[str], tuple[Any, Any, str]]) -> Callable[[str], tuple[Any, Any, str]]:
    """Remember which ARN Cognito asked for: the record of an alias no longer tells."""

    def func_record_for_ref(function_ref: str) -> tuple[Any, Any, str]:
        if request := REQUEST.get():
            request.trigger_arn = function_ref
        return original(function_ref)

    return func_record_for_ref


def _executed(original: Callable[[Function, Event], Result]) -> Callable[[Function, Event], Result]:
    def execute(func: Function, event: Event) -> Result:
        request = REQUEST.get()
        if request is None:
            return original(func, event)
        if not str(event.get("triggerSource", "")).startswith("TokenGeneration_"):
            return _invoke(original, func, event, request)
        if request.token_claims is None:  # one run for both tokens of a sign-in, as on AWS
            request.token_claims = _invoke(original, func, event, request)
        return request.token_claims

    return execute


def _invoke(run: Callable[[Function, Event], Result], func: Function, event: Event, request: CognitoRequest) -> Result:
    pool_id = event["userPoolId"]
    name = _trigger_name(request.trigger_arn, pool_id)
    if not may_invoke(request.trigger_arn, pools.arn(pool_id, get_region())):
        raise TriggerRefused(
            "UnexpectedLambdaException", f"{name} invocation failed due to error AccessDeniedException."
        )
    token = REQUEST.set(None)  # what the function's executor does is no longer Cognito's doing
    try:
        result = run(func, event)
    finally:
        REQUEST.reset(token)
    if result.get("error"):
        message = f"{name} failed with error {_message(result.get('body'))}."
        raise TriggerRefused("UserLambdaValidationException", message)
    return result


def _trigger_name(arn: str, pool_id: str) -> str:
    """The name of the trigger in LambdaConfig, as AWS's messages use it."""
    settings = (pools.record(pool_id) or {}).get("LambdaConfig") or {}
    for name, value in settings.items():
        if value == arn or (isinstance(value, dict) and value.get("LambdaArn") == arn):
            return name.removesuffix("Config")
    return "Trigger"


def _message(body: object) -> str:
    """The error message in a function's answer."""
    if isinstance(body, bytes | str):
        try:
            body = json.loads(body)
        except ValueError:
            return str(body)
    return str(body.get("errorMessage", body)) if isinstance(body, dict) else str(body)
