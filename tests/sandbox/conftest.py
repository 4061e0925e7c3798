"""A running cloud for the tests of the sandbox, one per test session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.cloud.process import Endpoints, aws_config
from tests.sandbox.cloud_client import Cloud, started
from tests.sandbox.health_checks import CHECK, checks
from tests.sandbox.network_client import Outside


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    """One cloud for all of them."""
    with started(tmp_path_factory.mktemp("cloud")) as endpoints:
        yield endpoints


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


@pytest.fixture
def check(reachable: None) -> Iterator[str]:
    """The ID of a health check, made by the plugin."""
    plugin = checks()
    resource_id, state = plugin.create(CHECK)
    yield resource_id
    plugin.delete(resource_id, state)
