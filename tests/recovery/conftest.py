"""Shared servers of the command line's tests."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from manifest import Manifest
from sandbox.cloud.process import Endpoints, aws_config
from tests.recovery import fake_aws
from tests.recovery.command_line import run
from tests.recovery.stacks import FIVE, P, S
from tests.sandbox.cloud_client import started
from tests.sandbox.network_client import Outside


@dataclass
class Cloud:
    """Five endpoints, and the same port for every service of both Regions."""

    fake: fake_aws.FakeAws
    ports: list[int]
    folder: Path

    def run(self, manifest: Manifest, *words: str, answer: str = "") -> Any:
        """The command line with this stack's manifest."""
        return run(manifest, self.folder, *words, answer=answer)


def configure(folder: Path, monkeypatch: pytest.MonkeyPatch, config: str) -> None:
    """Let an AWS config file stand for all that the environment and the home directory say."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "COGNITO_DR_"))]:
        monkeypatch.delenv(name)
    (folder / "config").write_text(config)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(folder / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(folder / "none"))


@pytest.fixture
def cloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    with contextlib.ExitStack() as stack:
        fake = fake_aws.FakeAws()
        ports = [stack.enter_context(fake_aws.serve(fake)) for _ in FIVE]
        keys = "aws_access_key_id = x\naws_secret_access_key = x\n"
        profiles = [
            f"[profile {region}]\nregion = {region}\nendpoint_url = http://127.0.0.1:{ports[0]}\n{keys}"
            for region in (P, S)
        ]
        configure(tmp_path, monkeypatch, "\n".join([f"[default]\n{keys}", *profiles]))
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield Cloud(fake=fake, ports=ports, folder=tmp_path)


@pytest.fixture(scope="module")
def endpoints(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    """A sandbox of the module's own."""
    with started(tmp_path_factory.mktemp("cloud")) as found:
        yield found


@pytest.fixture
def reachable(endpoints: Endpoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An AWS config that leads the command line to the module's sandbox."""
    keys = "aws_access_key_id = sandbox\naws_secret_access_key = sandbox\n"
    configure(tmp_path, monkeypatch, f"[default]\n{keys}\n{aws_config(endpoints)}")


@pytest.fixture
def outside(endpoints: Endpoints, reachable: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    """The network as the drill client reaches it; afterwards everything is healed and slow again."""
    someone = Outside(endpoints)
    for variable, key in (("RESOLVER", "dns"), ("PROXY", "proxy"), ("CA", "ca")):
        monkeypatch.setenv(f"COGNITO_DR_{variable}", endpoints.network[key])
    yield someone
    someone.heal()
    someone.speed(1)
