"""Small helpers for ARNs."""

from collections.abc import Mapping
from typing import TypeVar

from sandbox.cloud.arc.errors import ResourceNotFoundError

Thing = TypeVar("Thing")


def found(table: Mapping[str, Thing], arn: str, kind: str) -> Thing:
    """The thing with that ARN; raises ResourceNotFoundError when there is none."""
    if arn not in table:
        raise ResourceNotFoundError(f"there is no {kind} {arn}")
    return table[arn]


def uuid_form(token: str) -> str:
    """32 hexadecimal digits in the form of a UUID, as in a cluster's ARN."""
    return "-".join((token[:8], token[8:12], token[12:16], token[16:20], token[20:]))
