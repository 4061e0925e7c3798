"""Protection and ownership of what cannot be made again, and resources without a Region of their own."""

from __future__ import annotations

from typing import Any, Final

from tests.policies.mutants.edits import GONE, Edit, add, all_of, move, put, put_field, unprotect
from tests.policies.mutants.kit import Maker, Mutant

KEPT: Final = {
    "the pool": ("cognito:UserPool", "-pool"),
    "the replica": ("UserPoolReplica", ""),
    "the primary's key": ("Key", "$primary"),
    "the replica key": ("ReplicaKey", "$secondary"),
    "the serving check": ("HealthCheck", "check-serving"),
    "its complement": ("HealthCheck", "check-secondary"),
    "the probe's check": ("HealthCheck", "check-probe"),
    "the first check on force": ("HealthCheck", "check-force-a"),
    "the second check on force": ("HealthCheck", "check-force-b"),
    "the check on pin": ("HealthCheck", "check-pin"),
}
EVERY: Final = ("cognito:UserPool", "UserPoolReplica", "Key", "ReplicaKey")
POOL: Final = "aws-native:cognito:UserPool"


def _ownership() -> list[Mutant]:
    maker = Maker("pool-owned-and-protected")
    guard = "deletionProtection"
    everything = [*(unprotect(kind) for kind in EVERY), put("cognito:UserPool", guard, "INACTIVE")]
    return [
        *(maker.prop(f"{words} unprotected", unprotect(kind, name)) for words, (kind, name) in KEPT.items()),
        *(
            maker.prop(f"deletion protection {value}", put("cognito:UserPool", guard, value))
            for value in ("INACTIVE", "active", "", True)
        ),
        maker.prop("no deletion protection", put("cognito:UserPool", guard, GONE)),
        maker.prop("tags of creation", put("UserPoolReplica", "userPoolTagsAtCreate", {"environment": "prod"})),
        maker.prop(
            "a list of tags of creation", put("UserPoolReplica", "userPoolTagsAtCreate", [{"key": "a", "value": "b"}])
        ),
        maker.component("nothing protected", all_of(*everything)),
        maker.component("all checks unprotected", put_field("HealthCheck", "protect", False, every=True)),
        maker.state("unprotected by hand", put_field("cognito:UserPool", "protect", None)),
        maker.state(
            "the pool imported into the classic provider, too",
            add("aws:cognito/userPool:UserPool", "imported", name="users"),
        ),
        maker.state(
            "another pool by the classic provider",
            add("aws:cognito/userPool:UserPool", "second", name="staff", deletionProtection="ACTIVE"),
        ),
    ]


PLACED: Final = {
    "the pool": ("cognito:UserPool", ""),
    "the replica": ("UserPoolReplica", ""),
    "a client": ("UserPoolClient", ""),
    "the key": ("Key", ""),
    "a function": ("Function", "verdict-$secondary"),
    "a record": ("Record", "serving-$primary"),
    "a certificate": ("Certificate", ""),
    "a table": ("Table", ""),
    "a role": ("Role", ""),
    "an alarm": ("MetricAlarm", "latch-engaged"),
    "a health check": ("HealthCheck", "check-probe"),
    "a bucket": ("Bucket", ""),
    "a routing control": ("RoutingControl", "pin-primary"),
}
COMPONENTS: Final = ("KeyPair", "Probe", "FrontDoor", "FailoverAlarms", "AuthDomain", "RoutingControls", "PoolReplica")


ALONE: Final = {"probe-independent-and-watched": "the default provider's Region is the primary's"}
ELSEWHERE: Final[dict[str, dict[str, str]]] = {
    "a function": ALONE,
    "an alarm": ALONE,
    "Probe": ALONE,
    "FailoverAlarms": ALONE,
    "KeyPair": {
        "key-policy-pool-scoped": "the replica key's policy names the secondary, its provider the primary",
        "key-pair-complete": "the secondary has no replica key",
    },
    "FrontDoor": {"regional-certificates": "the API is in the provider's Region, the certificate in the secondary"},
    "PoolReplica": {
        "replica-complete": "the replica's settings would be made in the primary",
        "trigger-parity": "the settings would be made in another Region than the functions that they name",
    },
}


def _homeless(component: str) -> Edit:
    """The component passes no provider on, so that all below it is on the default provider."""

    def edit(draft: Any) -> None:
        above = draft.one(component)["urn"]
        for entry in draft.entries:
            if entry.get("parent") == above and entry["custom"]:
                entry["provider"] = draft.provider(entry["type"], "$primary", "default_7_51_1")

    return edit


def _without_provider(kind: str, name: str) -> Edit:
    return put_field(kind, "provider", "", name)


def _placed() -> list[Mutant]:
    maker = Maker("explicit-provider-region")
    return [
        *(
            maker.prop(
                f"{words} on the default provider", move(kind, "$primary", name, "default_7_51_1"), ELSEWHERE.get(words)
            )
            for words, (kind, name) in PLACED.items()
        ),
        *(
            maker.state(f"{words} without any provider", _without_provider(kind, name))
            for words, (kind, name) in PLACED.items()
        ),
        *(
            maker.component(f"{name} passes no provider on", _homeless(name), ELSEWHERE.get(name))
            for name in COMPONENTS
        ),
    ]


MUTANTS: Final = [*_ownership(), *_placed()]
