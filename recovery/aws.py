"""boto3 clients by Region: the AWS profile of the Region's name where there is one, else the default one."""

from __future__ import annotations

from typing import Any

import boto3
from botocore import UNSIGNED
from botocore.config import Config


def client(service: str, region: str, *, signed: bool = True) -> Any:
    """A client of a service in a Region; `signed=False` calls as an application without credentials does."""
    known = boto3.Session().available_profiles
    session = boto3.Session(profile_name=region if region in known else None, region_name=region)
    config = Config(retries={"total_max_attempts": 2}, connect_timeout=5, read_timeout=10)
    if not signed:
        config = config.merge(Config(signature_version=UNSIGNED))
    return session.client(service, config=config)
