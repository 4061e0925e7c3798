"""May Cognito invoke this function? The function's resource policy decides, as on AWS.

The policy of an alias (or version) is a part of its own: a statement for the unqualified function does not
open its alias, nor the other way round (Lambda developer guide, access-control-resource-based.html).
"""

import fnmatch
from typing import Any

from ministack.services import lambda_svc

SERVICE = "cognito-idp.amazonaws.com"


def may_invoke(function_arn: str, pool_arn: str) -> bool:
    """Whether *function_arn* (unqualified, alias or version) lets Cognito in for the pool *pool_arn*."""
    function, _config, _name = lambda_svc._get_base_func_record_for_ref(function_arn)
    statements = ((function or {}).get("policy") or {}).get("Statement") or []
    return any(_allows(statement, function_arn, pool_arn) for statement in statements)


def _allows(statement: dict[str, Any], function_arn: str, pool_arn: str) -> bool:
    principal = statement.get("Principal")
    service = principal.get("Service") if isinstance(principal, dict) else principal
    if statement.get("Effect") != "Allow" or service not in (SERVICE, "*"):
        return False
    if statement.get("Action") not in ("lambda:InvokeFunction", "lambda:*", "*"):
        return False
    return statement.get("Resource") == function_arn and _conditions_met(statement, pool_arn)


def _conditions_met(statement: dict[str, Any], pool_arn: str) -> bool:
    for operator, wanted in (statement.get("Condition") or {}).items():
        for key, value in wanted.items():
            match key.lower():
                case "aws:sourcearn":
                    actual = pool_arn
                case "aws:sourceaccount":
                    actual = pool_arn.split(":")[4]
                case _:
                    return False
            like = operator in ("ArnLike", "StringLike")
            if not (fnmatch.fnmatchcase(actual, value) if like else actual == value):
                return False
    return True
