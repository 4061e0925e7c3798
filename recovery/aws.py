"""boto3 clients by Region: the AWS profile of the Region's name where there is one, else the default one."""

from __future__ import annotations

from typing import Any

import boto3
from botocore import UNSIGNED
from botocore.config import Config


def client(service: str, region: str, *, signed: bool = True, endpoint: str | None = None, brisk: bool = False) -> Any:
    """A client of a service in a Region.

    `signed=False` calls as an application without credentials does; `endpoint` overrides where requests go, not the
    Region that they are signed for; `brisk` gives up after seconds and never repeats: the caller has somewhere else
    to ask.
    """
    known = boto3.Session().available_profiles
    session = boto3.Session(profile_name=region if region in known else None, region_name=region)
    attempts, connect, read = (1, 1.0, 2.0) if brisk else (2, 5.0, 10.0)
    config = Config(retries={"total_max_attempts": attempts}, connect_timeout=connect, read_timeout=read)
    if not signed:
        config = config.merge(Config(signature_version=UNSIGNED))
    return session.client(service, config=config, endpoint_url=endpoint)
