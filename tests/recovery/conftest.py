"""Shared servers of the command line's tests."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from manifest import Manifest
from recovery.app import app
from tests.recovery import fake_aws
from tests.recovery.stacks import FIVE, P, S


@dataclass
class Cloud:
    """Five endpoints, and the same port for every service of both Regions."""

    fake: fake_aws.FakeAws
    ports: list[int]
    folder: Path

    def run(self, manifest: Manifest, *words: str, answer: str = "") -> Any:
        """The command line with this stack's manifest."""
        file = self.folder / "manifest.json"
        file.write_text(json.dumps(manifest.to_dict()))
        return CliRunner().invoke(app, [*words, "--manifest", str(file)], input=answer)


@pytest.fixture
def cloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    for name in [name for name in os.environ if name.startswith(("AWS_", "COGNITO_DR_"))]:
        monkeypatch.delenv(name)
    with contextlib.ExitStack() as stack:
        fake = fake_aws.FakeAws()
        ports = [stack.enter_context(fake_aws.serve(fake)) for _ in FIVE]
        keys = "aws_access_key_id = x\naws_secret_access_key = x\n"
        profiles = [
            f"[profile {region}]\nregion = {region}\nendpoint_url = http://127.0.0.1:{ports[0]}\n{keys}"
            for region in (P, S)
        ]
        config = tmp_path / "config"
        config.write_text("\n".join([f"[default]\n{keys}", *profiles]))
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield Cloud(fake=fake, ports=ports, folder=tmp_path)
