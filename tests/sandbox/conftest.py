"""A running cloud for the tests of the sandbox, one per test session."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.cloud import process
from sandbox.cloud.process import Endpoints, aws_config
from tests.sandbox.cloud_client import Cloud
from tests.sandbox.network_client import Outside

pytest.register_assert_rewrite("tests.sandbox.plugin")


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    """A cloud with a short replication lag; it ends with the tests, even when they are killed."""
    directory = tmp_path_factory.mktemp("cloud")
    yield process.start(directory, lag=0.2, parent_pid=os.getpid())
    process.stop(directory)


@pytest.fixture(scope="session")
def aws(cloud: Endpoints) -> Cloud:
    """boto3 clients of both Regions and short ways to make pools, users and functions."""
    return Cloud(cloud)


@pytest.fixture
def reachable(cloud: Endpoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file backend and an AWS config that leads the plugins to the cloud."""
    config = tmp_path / "config"
    config.write_text(aws_config(cloud))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{tmp_path}")


@pytest.fixture
def outside(aws: Cloud) -> Iterator[Outside]:
    """Somebody outside; every fault is healed and the speed is normal afterwards."""
    someone = Outside(aws.endpoints)
    yield someone
    someone.heal()
    someone.speed(1)
