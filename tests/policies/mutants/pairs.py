"""Pool keys that work in one Region only, or that the pool does not name; MFA that the secondary does not know."""

from __future__ import annotations

from typing import Any, Final

from tests.policies.mutants.edits import GONE, Edit, add, all_of, beside, drop, move, put
from tests.policies.mutants.kit import Maker, Mutant

POOL: Final = "cognito:UserPool"
NAMED: Final = "keyConfiguration.kmsKeyArn"
STRANGER: Final = "arn:aws:kms:$primary:$account:key/mrk-stranger"
TOTP: Final = "SOFTWARE_TOKEN_MFA"
SENDER: Final = put(
    "UserPoolRegionalConfigurationAttachment",
    "emailConfiguration",
    {"emailSendingAccount": "DEVELOPER", "from": "login@example.com"},
)


def _pool_key(arn: Any) -> Edit:
    return put(POOL, NAMED, arn)


def _replicas_arn(draft: Any) -> None:
    _pool_key(draft.one("ReplicaKey")["outputs"]["arn"])(draft)


def _kind() -> list[Mutant]:
    """The properties of the two keys."""
    maker = Maker("key-pair-complete")
    wrong: dict[str, tuple[Any, ...]] = {
        "multiRegion": (False, GONE),
        "enableKeyRotation": (False, GONE),
        "customerMasterKeySpec": ("RSA_2048", "HMAC_256", "ECC_NIST_P256", "SM2"),
        "keyUsage": ("SIGN_VERIFY", "GENERATE_VERIFY_MAC"),
        "deletionWindowInDays": (0.0, 1.0, 6.0),
    }
    return [
        *(
            maker.prop(f"{'no ' if value is GONE else ''}{path}{'' if value is GONE else f' {value}'}", edit)
            for path, values in wrong.items()
            for value in values
            for edit in [put("Key", path, value)]
        ),
        maker.prop("a replica key that is gone in three days", put("ReplicaKey", "deletionWindowInDays", 3.0)),
        maker.prop("a replica key of another key", put("ReplicaKey", "primaryKeyArn", STRANGER)),
        maker.prop("a replica key of an alias", put("ReplicaKey", "primaryKeyArn", STRANGER.replace("key/", "alias/"))),
        maker.prop("a replica key of no key", put("ReplicaKey", "primaryKeyArn", GONE)),
        maker.prop("no replica key", drop("ReplicaKey")),
    ]


def _use() -> list[Mutant]:
    """The key that the pool names, and where the keys stand."""
    maker = Maker("key-pair-complete")
    policy = {"key-policy-pool-scoped": "its policy is for the Region where it should stand"}
    single = {"description": "the second of two single keys", "enableKeyRotation": True}
    return [
        *(
            maker.prop(f"the pool names {words}", _pool_key(arn))
            for words, arn in {
                "an alias": "alias/users",
                "an alias's ARN": "arn:aws:kms:$primary:$account:alias/users",
                "a key's ID": "mrk-users",
                "another key": STRANGER,
                "a key of the secondary": STRANGER.replace("$primary", "$secondary"),
            }.items()
        ),
        maker.prop("the pool names the replica's key", _replicas_arn),
        maker.prop("the pool names no key", beside("UserPoolReplica", put(POOL, "keyConfiguration", GONE))),
        maker.prop("the replica key in a third Region", move("ReplicaKey", "sa-east-1"), policy),
        maker.prop("the replica key in the primary", move("ReplicaKey", "$primary"), policy),
        maker.prop("the key in the secondary", move("Key", "$secondary"), policy),
        maker.component(
            "both windows of three days", all_of(*(put(k, "deletionWindowInDays", 3.0) for k in ("Key", "ReplicaKey")))
        ),
        maker.component("no key made", all_of(drop("Key"), drop("ReplicaKey"))),
        maker.component(
            "the Regions exchanged", all_of(move("Key", "$secondary"), move("ReplicaKey", "$primary")), policy
        ),
        maker.component(
            "the pool on AWS's own key",
            beside("UserPoolReplica", put(POOL, "keyConfiguration", {"keyType": "AWS_OWNED_KEY"})),
        ),
        maker.state("the replica key forgotten, one of another key added", all_of(drop("ReplicaKey"), _related())),
        maker.state(
            "two single keys",
            all_of(drop("ReplicaKey"), put("Key", "multiRegion", False), add("aws:kms/key:Key", "second", **single)),
        ),
    ]


def _related() -> Edit:
    return add("aws:kms/replicaKey:ReplicaKey", "other", "$secondary", primaryKeyArn=STRANGER)


def _mfa(mode: str, *factors: str) -> Edit:
    edits = put(POOL, "mfaConfiguration", mode), put(POOL, "enabledMfas", [*factors])
    return beside("UserPoolReplica", all_of(*edits))


def _late_mode(mode: str) -> Edit:
    """The factors are in the program, and somebody makes them compulsory or possible at the pool itself."""

    def edit(draft: Any) -> None:
        draft.one("UserPoolReplica")
        draft.one(POOL)["outputs"] |= {"mfaConfiguration": mode, "enabledMfas": [TOTP]}

    return edit


def _factors() -> list[Mutant]:
    maker = Maker("mfa-survives-failover")
    several = (("EMAIL_OTP",), ("SMS_MFA",), ("SMS_MFA", "EMAIL_OTP"))
    return [
        *(maker.prop(f"MFA {mode} by TOTP alone", _mfa(mode, TOTP)) for mode in ("ON", "OPTIONAL")),
        *(
            maker.prop(f"MFA {mode} by TOTP or {' or '.join(others)}", _mfa(mode, TOTP, *others))
            for mode in ("ON", "OPTIONAL")
            for others in several
        ),
        *(
            maker.prop(f"MFA {mode} by TOTP after the others", _mfa(mode, *several[2], TOTP))
            for mode in ("ON", "OPTIONAL")
        ),
        *(
            maker.component(
                f"e-mail passed to the replica, TOTP to the pool, MFA {mode}", all_of(_mfa(mode, TOTP), SENDER)
            )
            for mode in ("ON", "OPTIONAL")
        ),
        maker.component("e-mail passed to the replica, TOTP beside it", all_of(_mfa("ON", TOTP, "EMAIL_OTP"), SENDER)),
        *(maker.state(f"TOTP switched on by hand, {mode}", _late_mode(mode)) for mode in ("ON", "OPTIONAL")),
    ]


MUTANTS: Final = [*_kind(), *_use(), *_factors()]
