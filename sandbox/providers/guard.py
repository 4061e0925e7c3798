"""Keeps sandbox IDs out of real states: these plugins act for the stack `local` on a file backend only."""

from __future__ import annotations

import json
import os
from typing import Any

from sandbox.providers.cloud_clients import CloudClients
from sandbox.providers.errors import ProviderError

OFFLINE = "SANDBOX_OFFLINE_PREVIEW"


def stack_of(urn: str) -> str:
    """The stack in a URN."""
    return urn.removeprefix("urn:pulumi:").split("::", 1)[0]


def demand_local(urn: str) -> None:
    """Raise ProviderError unless the stack is `local` and its state lies in files."""
    stack, backend = stack_of(urn), os.environ.get("PULUMI_BACKEND_URL", "")
    if stack != "local" or not backend.startswith("file://"):
        raise ProviderError(
            f"these are the sandbox's plugins: they act for the stack `local` on a file backend only, and this is "
            f"stack `{stack}` on {backend.split('://')[0] + '://' if backend else 'no PULUMI_BACKEND_URL'}. "
            "Preview works; to deploy, use a PULUMI_HOME with the official plugins."
        )


def offline_import_allowed(urn: str) -> bool:
    """Whether an import may be shown without a cloud: asked for by the offline preview, never for `local`."""
    return os.environ.get(OFFLINE) == "true" and stack_of(urn) != "local"


def demand_account(allowed: Any, clients: CloudClients) -> None:
    """Raise ProviderError when the cloud's account is none of the provider's `allowedAccountIds`."""
    accounts = json.loads(allowed) if isinstance(allowed, str) else allowed
    if accounts and clients.account not in accounts:
        raise ProviderError(
            f"the credentials are of account {clients.account}, but the stack allows {', '.join(accounts)} only: "
            "mend `account` in the stack file or use other credentials"
        )
