"""`mfa-survives-failover`."""

from typing import Any

from pack.facts import UNKNOWN

from tests.policies.mutations import Cases, Mutation, both, prop, without_type

TOTP = "SOFTWARE_TOKEN_MFA"


def mfa(mode: Any, factors: Any = None) -> Mutation:
    """The pool with another MFA."""
    return prop("pool", "aws-native", mfaConfiguration=mode, enabledMfas=factors)


CASES = Cases(
    rule="mfa-survives-failover",
    violations=[
        mfa("ON", [TOTP]),
        mfa("ON", [TOTP, TOTP]),
        mfa("ON", [TOTP, "EMAIL_OTP"]),
        mfa("ON", ["SMS_MFA", TOTP]),
        mfa("ON", [TOTP, UNKNOWN]),
        mfa("OPTIONAL", [TOTP]),
        mfa("OPTIONAL", [TOTP, "SMS_MFA"]),
    ],
    near_misses=[
        mfa("ON", ["EMAIL_OTP"]),
        mfa("OPTIONAL", ["SMS_MFA", "EMAIL_OTP"]),
        mfa("OFF", [TOTP]),
        mfa(None),
        mfa(UNKNOWN, ["EMAIL_OTP"]),
        both(prop("copy", userPoolId="us-east-1_Staff0001"), mfa("ON", [TOTP])),
    ],
    unknown=[
        mfa(UNKNOWN),
        mfa(UNKNOWN, [TOTP]),
        mfa("ON", UNKNOWN),
        mfa("OPTIONAL", ["SMS_MFA", UNKNOWN]),
        mfa("ON"),
        mfa("OPTIONAL", []),
    ],
    malformed=[
        mfa("on", [TOTP]),
        mfa(True, [TOTP]),
        mfa(["ON"], [TOTP]),
        mfa("ON", TOTP),
        mfa("ON", ["software_token_mfa"]),
        mfa("ON", [7.0, "SMS_MFA"]),
        mfa("OPTIONAL", {}),
    ],
    absent=without_type("UserPoolReplica"),
)
