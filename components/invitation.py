"""The invitation part of a pool's configuration, made to travel with every update of the pool.

aws-native sends an update as a patch of the changed top-level properties only; Cloud Control lays it over the live
model, which holds the retired AdminCreateUserConfig.UnusedAccountValidityDays beside the password policy's own field,
and Cognito refuses the two together (pulumi-aws-native issue 1256). A digest of the whole configuration, in an HTML
comment at the end of the invitation mail, makes AdminCreateUserConfig change whenever anything does: the patch then
replaces it whole, without the retired field. See docs/adr.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

DEFAULT_MESSAGE = "Your username is {username} and temporary password is {####}."
"""Cognito's own text (API reference, MessageTemplateType)."""


def admin_create_user_config(
    configuration: Mapping[str, Any], *, self_sign_up: bool, adopted: Mapping[str, Any]
) -> dict[str, Any]:
    """The property as the program sends it, camelCase.

    `configuration` is all else that the pool is sent, as plain data; `adopted` is the live property of an adopted
    pool, kept but for the retired field.
    """
    template = dict(adopted.get("inviteMessageTemplate") or {})
    message = template.get("emailMessage", DEFAULT_MESSAGE)
    template["emailMessage"] = f"{message}<!-- configuration {digest(configuration)} -->"
    kept = {name: value for name, value in adopted.items() if name != "unusedAccountValidityDays"}
    return kept | {"allowAdminCreateUserOnly": not self_sign_up, "inviteMessageTemplate": template}


def digest(configuration: Mapping[str, Any]) -> str:
    """Twelve hexadecimal digits that differ when anything in the configuration does."""
    text = json.dumps(configuration, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
