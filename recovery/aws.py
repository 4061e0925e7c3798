"""boto3 clients by Region: the AWS profile of the Region's name where there is one, else the default one."""

from __future__ import annotations

import functools
import os
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
    attempts, connect, read = (1, 1.0, 2.0) if brisk else (2, 5.0, 10.0)
    config = Config(retries={"total_max_attempts": attempts}, connect_timeout=connect, read_timeout=read)
    if not signed:
        config = config.merge(Config(signature_version=UNSIGNED))
    session = _session(region, os.environ.get("AWS_CONFIG_FILE"), os.environ.get("AWS_PROFILE"))
    return session.client(service, region_name=region, config=config, endpoint_url=endpoint)


@functools.cache
def _session(region: str, _file: str | None, _profile: str | None) -> Any:
    """Kept, because a session reads service models anew; the two variables say what it was read from."""
    known = _profiles(_file, _profile)
    return boto3.Session(profile_name=region) if region in known else _default(_file, _profile)


@functools.cache
def _profiles(_file: str | None, _profile: str | None) -> frozenset[str]:
    return frozenset(_default(_file, _profile).available_profiles)


@functools.cache
def _default(_file: str | None, _profile: str | None) -> Any:
    return boto3.Session()
