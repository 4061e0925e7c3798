"""Replicas that are not there, not active or in the wrong place; triggers that differ between the Regions."""

from __future__ import annotations

from typing import Any, Final

from tests.policies.mutants.edits import GONE, Edit, NotHereError, add, all_of, drop, move, put, put_field
from tests.policies.mutants.kit import Maker, Mutant

SETTINGS: Final = "UserPoolRegionalConfigurationAttachment"
REPLICA: Final = "aws-native:cognito:UserPoolReplica"
ROUTED: Final = {"domain-routing-uses-serving-check": "the domain's routing names the Region where no replica is"}
AWAY: Final = {"trigger-parity": "the functions of the replica are in another Region than its settings"}
KEYLESS: Final = ROUTED | {"key-pair-complete": "no replica key stands in the third Region"}


def _replicas() -> list[Mutant]:
    maker, second = Maker("replica-complete"), {"userPoolId": "$pool", "status": "ACTIVE"}
    return [
        *(
            maker.prop(f"status {value!r}", put(SETTINGS, "status", value))
            for value in ("INACTIVE", "active", "", "CREATING")
        ),
        maker.prop("no status", put(SETTINGS, "status", GONE)),
        maker.prop("a replica in the primary", put("UserPoolReplica", "regionName", "$primary"), ROUTED),
        maker.prop("a replica in a third Region", put("UserPoolReplica", "regionName", "sa-east-1"), KEYLESS),
        maker.prop("a replica of no Region", put("UserPoolReplica", "regionName", GONE), ROUTED),
        *(
            maker.prop(f"the replica through {region}", move("UserPoolReplica", region))
            for region in ("$secondary", "sa-east-1")
        ),
        *(
            maker.prop(f"the settings through {region}", move(SETTINGS, region), AWAY)
            for region in ("$primary", "sa-east-1")
        ),
        maker.prop("settings that do not wait", put_field(SETTINGS, "dependencies", [])),
        maker.prop("no settings", drop(SETTINGS)),
        maker.component("no replica, but its settings", drop("UserPoolReplica")),
        maker.component("a component that made nothing", all_of(drop("UserPoolReplica"), drop(SETTINGS))),
        maker.component(
            "Regions exchanged", all_of(move("UserPoolReplica", "$secondary"), move(SETTINGS, "$primary")), AWAY
        ),
        maker.component(
            "Regions exchanged throughout",
            all_of(
                put("UserPoolReplica", "regionName", "$primary"),
                move("UserPoolReplica", "$secondary"),
                move(SETTINGS, "$primary"),
            ),
            ROUTED | AWAY,
        ),
        maker.state("a second replica", add(REPLICA, "second", userPoolId="$pool", regionName="sa-east-1")),
        maker.state(
            "a second set of settings",
            add(f"aws-native:cognito:{SETTINGS}", "second", "$secondary", **second),
            {"trigger-parity": "the second names no triggers"},
        ),
    ]


def _function(path: str, value: Any, region: str) -> Edit:
    return put("Function", path, value, f"token-generation-{region}")


def _fingerprint(key: str, value: Any) -> Edit:
    def changed(old: dict[str, Any]) -> dict[str, Any]:
        return {name: {**printed, key: value} for name, printed in old.items()}

    return put("RegionalTriggers", "fingerprints", changed, "$secondary")


def _unset(default: Any) -> Any:
    """Take a property away where that changes anything."""

    def change(old: Any) -> Any:
        if old == default:
            raise NotHereError("a value that is not the default")
        return GONE

    return change


def _first_only(old: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(old.items())[:1])


def _triggers() -> list[Mutant]:
    maker = Maker("trigger-parity")
    differing = {
        "memory": ("memorySize", 3008.0),
        "no memory": ("memorySize", _unset(128.0)),
        "timeout": ("timeout", 29.0),
        "runtime": ("runtime", "python3.9"),
        "handler": ("handler", "index.other"),
        "architecture": ("architectures", ["x86_64"]),
        "no architecture": ("architectures", GONE),
        "a layer": ("layers", ["arn:aws:lambda:eu-west-1:210987654321:layer:x:1"]),
        "environment": ("environment", {"variables": {"CLAIMS": "{}"}}),
        "no environment": ("environment", GONE),
        "its name": ("name", "another"),
    }
    more = lambda old: {**old, "customMessage": "arn:aws:lambda:x"}  # noqa: E731
    return [
        *(
            maker.prop(f"{words} in the {region}", _function(path, value, f"${region}"))
            for words, (path, value) in differing.items()
            for region in ("primary", "secondary")
        ),
        maker.prop(
            "one role for both",
            all_of(
                *(
                    _function("role", "arn:aws:iam::210987654321:role/one", f"${name}")
                    for name in ("primary", "secondary")
                )
            ),
        ),
        *(
            maker.prop(f"no function in the {name}", drop("Function", f"token-generation-${name}"))
            for name in ("primary", "secondary")
        ),
        maker.prop("the replica has one trigger more", put(SETTINGS, "lambdaConfig", more)),
        maker.prop("the pool has one trigger more", put("cognito:UserPool", "lambdaConfig", more)),
        maker.prop("the replica has one trigger only", put(SETTINGS, "lambdaConfig", _first_only)),
        maker.prop("the replica has no triggers", put(SETTINGS, "lambdaConfig", GONE)),
        maker.component("other code", _fingerprint("codeSha256", "0" * 64)),
        maker.component("nothing published", put("RegionalTriggers", "fingerprints", {}, "$secondary")),
        maker.component("both in one Region", put("RegionalTriggers", "region", "$primary", "$secondary")),
        maker.component("triggers in the primary only", drop("RegionalTriggers", "$secondary")),
        maker.component("triggers in the secondary only", drop("RegionalTriggers", "$primary")),
        maker.state(
            "a trigger released by hand",
            all_of(_fingerprint("codeSha256", "1" * 64), _function("version", "2", "$secondary")),
        ),
    ]


MUTANTS: Final = [*_replicas(), *_triggers()]
