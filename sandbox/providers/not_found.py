"""Turns AWS's many ways to say "not there" into one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from sandbox.providers.errors import NotFoundError

CODES = (
    *("NotFoundException", "ResourceNotFoundException", "NoSuchEntity", "NoSuchEntityException"),
    *("NoSuchHostedZone", "NoSuchHealthCheck", "NoSuchBucket", "NoSuchKey", "404", "NotFound", "ResourceNotFound"),
    "NoSuchPublicAccessBlockConfiguration",
)


@contextmanager
def gone_is_not_found(what: str) -> Generator[None]:
    """Raise NotFoundError for an answer that says the resource does not exist."""
    from botocore.exceptions import ClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in CODES:
            raise NotFoundError(f"{what} does not exist") from error
        raise
