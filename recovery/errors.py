"""What a command says when it cannot do what was asked: one line, what was found, where, what to do."""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError


class RecoveryError(Exception):
    """The text is shown to the user as it is."""


def told(error: Exception) -> str:
    """An AWS error in one line, without botocore's preamble."""
    match error:
        case ClientError():
            about = error.response.get("Error", {})
            return f"{about.get('Code', 'Unknown')} on {error.operation_name}: {about.get('Message', '')}".rstrip(": ")
        case BotoCoreError():
            return " ".join(str(error).split())
        case _:
            return " ".join(str(error).split()) or type(error).__name__


__all__ = ["BotoCoreError", "ClientError", "RecoveryError", "told"]
