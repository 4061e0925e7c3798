"""Adopting an existing pool: nothing of it may be left to the settings' silence.

An update of a pool replaces whole properties and resets some that it does not name (API reference, UpdateUserPool),
so a pool is taken over only when the settings cover every property it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pulumi
import pulumi_aws_native as aws_native

COMPUTED = frozenset({"arn", "providerName", "providerUrl", "userPoolId"})
BROUGHT_BY_THE_PROGRAM = frozenset({"keyConfiguration", "issuerConfiguration", "lambdaConfig", "enabledMfas"})
DEFAULTS = {
    "emailConfiguration.emailSendingAccount": "COGNITO_DEFAULT",
    "verificationMessageTemplate.defaultEmailOption": "CONFIRM_WITH_CODE",
}
"""Values that every pool has which was never given others (API reference, UpdateUserPool): nothing to lose."""
RETIRED = frozenset({"adminCreateUserConfig.unusedAccountValidityDays"})


def uncovered(live: Mapping[str, Any], planned: Mapping[str, Any]) -> list[str]:
    """Paths of live properties that the plan would remove or leave to a default, in order.

    Both are aws-native's camelCase. An empty value counts as absent; lists are compared as wholes, but for the
    schema, of which only custom attributes can be missing.
    """
    skipped = COMPUTED | BROUGHT_BY_THE_PROGRAM | {"schema"}
    rest = {name: value for name, value in live.items() if name not in skipped}
    return sorted([*_missing(rest, planned, ""), *_missing_attributes(live, planned)])


def _missing(live: Mapping[str, Any], planned: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, value in live.items():
        path = f"{prefix}{name}"
        if value in (None, "", [], {}) or path in RETIRED or value == DEFAULTS.get(path):
            continue
        below = planned.get(name, {} if any(known.startswith(f"{path}.") for known in DEFAULTS) else None)
        if below is None:
            yield path
        elif isinstance(value, Mapping) and isinstance(below, Mapping):
            yield from _missing(value, below, f"{path}.")


def _missing_attributes(live: Mapping[str, Any], planned: Mapping[str, Any]) -> Iterator[str]:
    names = {str(attribute["name"]).removeprefix("custom:") for attribute in planned.get("schema") or ()}
    for attribute in live.get("schema") or ():
        name = str(attribute.get("name"))
        if name.startswith("custom:") and name.removeprefix("custom:") not in names:
            yield f"schema: {name}"


def covered_pool(pool_id: str, planned: Mapping[str, Any], provider: aws_native.Provider) -> pulumi.Output[str]:
    """The pool's ID, once the live pool has been read and found covered by the plan.

    Fails the program with one message that names every property without a setting.
    """

    def check(live: Any) -> str:
        if missing := uncovered(live or {}, planned):
            raise pulumi.RunError(
                f"pool {pool_id} cannot be adopted: no setting covers {', '.join(missing)}. "
                "Set each under its own key or under pool.adopted, with the value it has, and run this again."
            )
        return pool_id

    options = pulumi.InvokeOptions(provider=provider)
    live = pulumi.runtime.invoke_output("aws-native:cognito:getUserPool", {"userPoolId": pool_id}, options)
    return live.apply(check)
