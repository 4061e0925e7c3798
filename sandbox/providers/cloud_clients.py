"""boto3 clients of the cloud in one Region, found by the AWS profile of the Region's name."""

from __future__ import annotations

import functools
import os
from typing import Any

from sandbox.providers.errors import ProviderError


class CloudClients:
    """Clients by service and Region. Nothing is imported or opened before the first one is asked for."""

    def __init__(self, region: str) -> None:
        self.region = region

    def client(self, service: str, region: str | None = None) -> Any:
        """The boto3 client of a service; raises ProviderError when no profile leads to a running cloud."""
        return _client(service, region or self.region, os.environ.get("AWS_CONFIG_FILE", ""))

    @property
    def account(self) -> str:
        """The account that the credentials belong to."""
        return str(self.client("sts").get_caller_identity()["Account"])


@functools.cache
def _client(service: str, region: str, config_file: str) -> Any:
    import boto3  # 0.2 s: not for a preview that asks the cloud nothing
    from botocore.config import Config

    profiles = boto3.Session().available_profiles
    if region not in profiles:
        raise ProviderError(
            f"no AWS profile {region!r} in AWS_CONFIG_FILE ({config_file or 'not set'}): "
            'these plugins reach the sandbox only. Run `make up`, then `eval "$(make -s env)"`.'
        )
    session = boto3.Session(profile_name=region, region_name=region)
    return session.client(service, config=Config(retries={"total_max_attempts": 2}))
