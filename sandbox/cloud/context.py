"""The Cognito request being served, for the code below that has to know who asks.

A context variable, because the emulator runs handlers in threads of their own and copies the context into
them. A function that a trigger calls back over HTTP is a new request with a context of its own, so only
what Cognito itself invokes counts as invoked by Cognito.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass
class CognitoRequest:
    """One request to Cognito."""

    action: str
    data: dict[str, Any]
    trigger_arn: str = ""
    """The ARN in LambdaConfig of the trigger that runs."""
    token_claims: dict[str, Any] | None = None
    """What PreTokenGeneration answered: it runs once, both tokens use it."""


REQUEST: ContextVar[CognitoRequest | None] = ContextVar("cognito_request", default=None)
