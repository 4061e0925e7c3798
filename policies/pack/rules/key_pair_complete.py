"""The pool's key works in both Regions: a multi-Region key, its replica, each used where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ..facts import MISSING, UNKNOWN, Resource, StackFacts
from ..findings import Finding, Judge
from ..key_pairs import PRIMARY_KEYS, REPLICA_KEYS, key_arn, primary_of, second_region, standing
from ..pool_keys import Owner, pool_keys
from ..references import named
from ..regions import primary_region
from ..registry import Severity, rule
from ..replicas import replicas_of
from ..spelling import flag, number, read
from ..types import KEY_PAIR, KEYS, POOL, REPLICA

SHORTEST: Final = 7
PAIR: Final = "a multi-Region key and its replica"
OWN: Final = "the ARN of the pair's key in the pool's Region, never an alias"
PRIMARY: Final = "the pair's key in the primary Region"
WINDOW: Final = f"at least {SHORTEST} days"
SYMMETRIC: Final = {"customerMasterKeySpec": "SYMMETRIC_DEFAULT", "keyUsage": "ENCRYPT_DECRYPT"}


@rule(
    id="key-pair-complete",
    name="The pool's key is a rotated multi-Region key, its replica stands in the secondary Region",
    severity=Severity.CRITICAL,
    framework="REL09-BP02",
    why="The replica decrypts with the related key of its own Region: without one it cannot be made. A key that is not "
    "multi-Region never becomes so, an alias may point elsewhere tomorrow, a deleted key takes the directory along.",
    mend="Let KeyPair make both keys and give the pool `primaryArn` of its own Region.",
    source="https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",
)
def key_pair_complete(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Judge a stack with a KeyPair or a replica; any other pool may have what key it likes."""
    pairs, keys = stack.of_type(KEY_PAIR), list(pool_keys(stack))
    if not pairs and not stack.of_type(REPLICA):
        return
    primaries = [key for key, _ in keys if key.type in PRIMARY_KEYS]
    for pair in pairs if not primaries else []:
        yield judge.violation(pair, "primaryArn", found="no key", expected=PAIR)
    for key, owner in keys:
        yield from _window(key, judge)
        if key.type in PRIMARY_KEYS:
            yield from _kind(key, judge)
            yield from _place(stack, key, judge)
            yield from _replicated(stack, key, owner, judge)
        elif key.type in REPLICA_KEYS:
            yield from _related(stack, key, primaries, judge)
    for pool in stack.of_type(POOL):
        yield from _pool(stack, pool, judge, paired=bool(pairs))


def _window(key: Resource, judge: Judge) -> Iterator[Finding]:
    days = number(read(key, "deletionWindowInDays"), default=30)
    if days is UNKNOWN:
        yield judge.undecided(key, "deletionWindowInDays", expected=WINDOW)
    elif not days >= SHORTEST:
        yield judge.violation(key, "deletionWindowInDays", found=f"{days:g}", expected=WINDOW)


def _kind(key: Resource, judge: Judge) -> Iterator[Finding]:
    """Multi-Region, rotated and symmetric."""
    for path in ("multiRegion", "enableKeyRotation"):
        value = flag(read(key, path))
        if value is UNKNOWN:
            yield judge.undecided(key, path, expected="true")
        elif not value:
            yield judge.violation(key, path, found="false", expected="true")
    for path, expected in SYMMETRIC.items():
        value = read(key, path)
        if value not in (MISSING, expected) and not isinstance(value, str):
            yield judge.undecided(key, path, expected=expected)
        elif value not in (MISSING, expected):
            yield judge.violation(key, path, found=value, expected=expected)


def _place(stack: StackFacts, key: Resource, judge: Judge) -> Iterator[Finding]:
    home, region = primary_region(stack), stack.region(key)
    if UNKNOWN in (home, region):
        yield judge.undecided(key, "provider", expected=PRIMARY)
    elif region != home:
        yield judge.violation(key, "provider", found=f"the provider of {region}", expected=PRIMARY)


def _replicated(stack: StackFacts, key: Resource, owner: Owner, judge: Judge) -> Iterator[Finding]:
    region: Any = second_region(stack, owner)
    if region is not MISSING and not isinstance(region, str):
        yield judge.undecided(key, "arn", expected="a replica key in the secondary Region")
        return
    place = "another Region" if region is MISSING else region
    found = standing(stack, key, None if region is MISSING else region)
    if found is UNKNOWN:
        yield judge.undecided(key, "arn", expected=f"a replica key in {place}")
    elif not found:
        yield judge.violation(key, "arn", found="no replica key there", expected=f"a replica key in {place}")


def _related(stack: StackFacts, key: Resource, primaries: list[Resource], judge: Judge) -> Iterator[Finding]:
    primary, arn = primary_of(stack, key), key.get("primaryKeyArn")
    if isinstance(arn, str) and not key_arn(arn):
        yield judge.violation(key, "primaryKeyArn", found=repr(arn), expected=f"the ARN of {PRIMARY}")
    elif primary is UNKNOWN:
        yield judge.undecided(key, "primaryKeyArn", expected=PRIMARY)
    elif primary not in primaries:
        found = "none" if primary is MISSING else primary.name if isinstance(primary, Resource) else repr(primary)
        yield judge.violation(key, "primaryKeyArn", found=found, expected=PRIMARY)


def _pool(stack: StackFacts, pool: Resource, judge: Judge, *, paired: bool) -> Iterator[Finding]:
    """The replica has no property for its key: Cognito takes the related one of its Region."""
    path, home = "keyConfiguration.kmsKeyArn", stack.region(pool)
    arn, key = pool.get(path), named(stack, pool, path, KEYS)
    if key is MISSING or pool.get("keyConfiguration.keyType") == "AWS_OWNED_KEY":
        if replicas_of(stack, pool):
            yield judge.violation(pool, path, found="none, so a key that AWS owns", expected=OWN)
    elif isinstance(arn, str) and not key_arn(arn):
        yield judge.violation(pool, path, found=repr(arn), expected=OWN)
    elif isinstance(key, str):
        yield from _foreign(pool, key, home, judge, paired=paired)
    elif not isinstance(key, Resource) or UNKNOWN in (home, stack.region(key)) or not _managed(pool):
        yield judge.undecided(pool, path, expected=OWN)
    elif stack.region(key) != home:
        yield judge.violation(pool, path, found=f"the key in {stack.region(key)}", expected=OWN)


def _managed(pool: Resource) -> bool:
    """Whether the type of key is the customer's; that of an unknown object is what its key says."""
    kind = pool.get("keyConfiguration.keyType")
    return kind in (MISSING, "CUSTOMER_MANAGED_KEY") or pool.get("keyConfiguration") is UNKNOWN


def _foreign(pool: Resource, arn: str, home: Any, judge: Judge, *, paired: bool) -> Iterator[Finding]:
    """A key that is not of this stack: beside a pair a mistake, without one nobody sees its replica."""
    region, id = key_arn(arn) or ("", "")
    path = "keyConfiguration.kmsKeyArn"
    if paired or not id.startswith("mrk-") or (isinstance(home, str) and region != home):
        yield judge.violation(pool, path, found=repr(arn), expected=OWN)
    else:
        yield judge.undecided(pool, path, expected=OWN, found="a key outside the stack")
