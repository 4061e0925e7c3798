"""A second factor that only the primary Region knows locks its users out after a failover."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ..facts import MISSING, UNKNOWN, Resource, StackFacts, Texts, texts
from ..findings import Finding, Judge
from ..registry import Severity, rule
from ..replicas import replicas_of
from ..types import POOL

TOTP: Final = "SOFTWARE_TOKEN_MFA"
FACTORS: Final = ("SMS_MFA", TOTP, "EMAIL_OTP")
MODES: Final = ("ON", "OPTIONAL")
OTHER: Final = "a factor beside TOTP, which the secondary does not support"
SAID: Final = "no TOTP, which the secondary does not support, or `acknowledgeTotp`"
NAMED: Final = "the factors named, so that one without TOTP is seen"


@rule(
    id="mfa-survives-failover",
    name="MFA works in the secondary Region, too",
    severity=Severity.HIGH,
    framework="REL11-BP02",
    why="Cognito does not support TOTP in a secondary. Where it is the one factor of a compulsory MFA nobody can sign "
    "in after a failover, and where it is one of several those cannot who have only this one.",
    mend="Offer SMS or e-mail beside TOTP, with senders in both Regions, or switch MFA off. Set `acknowledgeTotp` when "
    "users of TOTP alone may be locked out until the primary serves again.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-multi-region.html",
    options={
        "acknowledgeTotp": {
            "type": "boolean",
            "default": False,
            "description": "accept that users whose only factor is TOTP cannot sign in during a failover. It does not "
            "excuse a compulsory MFA that has no other factor.",
        }
    },
)
def mfa_survives_failover(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge every pool with a replica; without one there is no secondary that lacks anything."""
    for pool in stack.of_type(POOL):
        if replicas_of(stack, pool):
            yield from _pool(pool, judge)


def _pool(pool: Resource, judge: Judge) -> Iterator[Finding]:
    mode, factors = pool.get("mfaConfiguration"), _known(texts(pool.get("enabledMfas")))
    named = bool(factors.known) or not factors.whole
    if mode in (MISSING, "OFF") or (factors.known and factors.whole and TOTP not in factors.known):
        return
    if mode not in MODES:
        yield judge.undecided(pool, "mfaConfiguration", expected=SAID, found=_unreadable(mode))
    elif not named:
        yield judge.undecided(pool, "enabledMfas", expected=NAMED, found="the factors are not named")
    else:
        yield from _factors(pool, str(mode), factors, judge)


def _factors(pool: Resource, mode: str, factors: Texts, judge: Judge) -> Iterator[Finding]:
    """MFA is possible or compulsory, and TOTP is among its factors or may be."""
    others, excused = set(factors.known) - {TOTP}, judge.options.get("acknowledgeTotp") is True
    compulsory = mode == "ON" and not others
    if compulsory and factors.whole:
        yield judge.violation(pool, "enabledMfas", found="TOTP alone, compulsory", expected=OTHER)
    elif TOTP in factors.known and not excused:
        beside = f"beside {', '.join(sorted(others))}" if others else "alone"
        yield judge.violation(pool, "enabledMfas", found=f"TOTP {beside}, MFA {mode}", expected=SAID)
    elif compulsory or not excused:
        yield judge.undecided(pool, "enabledMfas", expected=OTHER if compulsory else SAID)


def _known(factors: Texts) -> Texts:
    """What is no factor of Cognito's counts as one that is not known."""
    known = [factor for factor in factors.known if factor in FACTORS]
    return Texts(known=known, whole=factors.whole and known == factors.known)


def _unreadable(mode: Any) -> str:
    return "" if mode is UNKNOWN else f"{mode!r} is no mode of MFA"
