"""Rules on one value of a stack file, as types that carry the rule's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

T = TypeVar("T")

# Regions where AWS offers user pool replication (developer guide, user-pool-multi-region.html, November 2026).
REPLICATION_REGIONS = (
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
)
# What CloudWatch Logs accepts (API reference, PutRetentionPolicy).
LOG_RETENTION_DAYS = (
    *(
        1,
        3,
        5,
        7,
        14,
        30,
        60,
        90,
        120,
        150,
        180,
        365,
        400,
        545,
        731,
        1096,
        1827,
        2192,
        2557,
        2922,
        3288,
        3653,
    ),
)
RULE = "rule"


class Strict(BaseModel):
    """A frozen part of the settings: camelCase in the file, unknown keys and converted types refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, alias_generator=to_camel)


def held(test: Callable[[T], bool], rule: str) -> AfterValidator:
    """A validator that says `rule` (`must …, because …. <mend>`) when `test` is false."""

    def check(value: T) -> T:
        if not test(value):
            raise PydanticCustomError(RULE, "{text}", {"text": rule})
        return value

    return AfterValidator(check)


def matching(pattern: str, rule: str) -> AfterValidator:
    """A text that matches the pattern as a whole."""
    expression = re.compile(pattern)
    return held(lambda text: expression.fullmatch(text) is not None, rule)


def between(low: int, high: int, because: str) -> AfterValidator:
    """A whole number in these bounds, both included."""
    rule = f"must be from {low} to {high}, because {because}. Set a number in this range."
    return held(lambda value: low <= value <= high, rule)


def one_of(values: tuple[Any, ...], because: str) -> AfterValidator:
    """One of a few values."""
    known = ", ".join(str(value) for value in values)
    return held(lambda value: value in values, f"must be one of {known}, because {because}. Set one of them.")


AccountId = Annotated[
    str,
    matching(
        r"[0-9]{12}",
        'must be 12 digits, because AWS account IDs are. Set the ID in quotes, such as "111122223333".',
    ),
]
Name = Annotated[
    str,
    matching(
        r"[a-z][a-z0-9-]{0,29}",
        "must be lower-case letters, digits and dashes, 30 characters at most and a letter first, because the names of "
        "functions, roles and aliases begin with it. Set a short name such as identity.",
    ),
]
Region = Annotated[str, one_of(REPLICATION_REGIONS, "AWS replicates user pools between these Regions only")]
PoolId = Annotated[
    str,
    matching(
        r"[a-z]{2}-[a-z]+-[0-9]_[0-9A-Za-z]{1,46}",
        "must be a user pool ID such as us-east-1_AbCdEf123, because key policies and permissions name the pool by it. "
        "Set the ID that the manifest or the Cognito console shows.",
    ),
]
