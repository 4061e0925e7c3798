"""Where Pulumi's state and its secrets key live: outside the primary, or nobody can deploy while it is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from recovery import aws
from recovery.verification.check import Check, CheckFailedError

_KEY_ARN = re.compile(r"arn:aws[a-z-]*:kms:(?P<region>[a-z0-9-]+):")


def state_checks(state_url: str | None, secrets_provider: str | None, primary: str) -> Iterator[Check]:
    """The checks for the URLs that were given."""
    if state_url is not None:
        line = f"the state backend lies outside {primary}"
        yield Check(group="state", phase="foundation", line=line, act=lambda: _state_outside(state_url, primary))
    if secrets_provider is not None:
        line = f"the secrets provider lies outside {primary}"
        act = lambda: outside(key_region(secrets_provider), primary, secrets_provider)  # noqa: E731
        yield Check(group="state", phase="foundation", line=line, act=act)


def _state_outside(url: str, primary: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc:
        raise CheckFailedError(f"{url} is no s3://bucket: its Region cannot be told from here")
    found = aws.client("s3", primary).get_bucket_location(Bucket=parts.netloc)
    outside(found.get("LocationConstraint") or "us-east-1", primary, url)  # the oldest Region has no constraint


def key_region(provider: str) -> str:
    """The Region of `awskms://…`, from its query or its ARN. Raises CheckFailedError."""
    parts = urlsplit(provider)
    if parts.scheme != "awskms":
        raise CheckFailedError(f"{provider} is no awskms:// key: its Region cannot be told from here")
    if region := parse_qs(parts.query).get("region"):
        return region[0]
    if found := _KEY_ARN.search(provider):
        return found["region"]
    raise CheckFailedError(f"{provider} names no Region: add ?region=REGION, the default may be the primary")


def outside(region: str, primary: str, what: str) -> None:
    """Raises CheckFailedError for the primary Region."""
    if region == primary:
        raise CheckFailedError(f"{what} lies in {primary}: move it (`pulumi stack export`, `import`) to another Region")
