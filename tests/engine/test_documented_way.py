"""The two documented commands work with nothing of ours but the plugins in the cache."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.engine.project_copy import PROJECT, ProjectCopy, clean_environment

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]


@pytest.fixture
def environment(project: ProjectCopy, tmp_path: Path) -> dict[str, str]:
    """What a user with a Pulumi install has, plus an empty state and our plugins in the cache."""
    home, state = tmp_path / "pulumi-home", tmp_path / "state"
    state.mkdir()
    install = [".venv/bin/python", "-m", "sandbox.providers.install", "--pulumi-home", str(home)]
    subprocess.run(install, cwd=PROJECT, check=True)  # with the environment that stays
    (project.folder / ".venv").unlink()  # `pulumi install` makes it
    engine = shutil.which("pulumi", path=f"{project.folder / '.toolchain' / 'bin'}:{os.environ['PATH']}")
    assert engine
    system = clean_environment()
    return {
        "HOME": str(tmp_path),
        "PATH": os.pathsep.join([str(Path(engine).parent), system["PATH"]]),
        "PULUMI_HOME": str(home),
        "PULUMI_BACKEND_URL": f"file://{state}",
        "PULUMI_CONFIG_PASSPHRASE": "a test",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "AWS_EC2_METADATA_DISABLED": "true",
        "SANDBOX_OFFLINE_PREVIEW": "true",
    } | {key: value for key, value in system.items() if key.startswith(("PIP_", "SSL_", "REQUESTS_"))}


def test_install_and_preview_with_the_pack(project: ProjectCopy, environment: dict[str, str]) -> None:
    project.run("pulumi", "stack", "init", "prod", environment=environment)
    project.run("pulumi", "install", environment=environment)
    command = ["pulumi", "preview", "-s", "prod", "--policy-pack", "policies"]
    output = project.run(*command, environment=environment)
    assert "cognito-dr" in output
    assert "[mandatory]" not in output


def test_the_plugins_refuse_to_create_anything_for_prod(project: ProjectCopy, environment: dict[str, str]) -> None:
    (project.folder / ".venv").symlink_to(PROJECT / ".venv")
    project.replace("Pulumi.prod.yaml", "phase: live", "phase: foundation")  # later phases want a rollout record first
    project.run("pulumi", "stack", "init", "prod", environment=environment)
    command = ["pulumi", "up", "-s", "prod", "--yes", "--skip-preview"]
    output = project.run(*command, environment=environment, expect=None)
    assert "`local`" in output
    assert "Traceback" not in output
    state = project.run("pulumi", "stack", "export", "-s", "prod", environment=environment)
    assert "aws:kms/key:Key" not in state


def test_a_phase_without_its_record_stops_the_update_before_any_resource(
    project: ProjectCopy, environment: dict[str, str]
) -> None:
    (project.folder / ".venv").symlink_to(PROJECT / ".venv")
    project.run("pulumi", "stack", "init", "prod", environment=environment)
    command = ["pulumi", "up", "-s", "prod", "--yes", "--skip-preview"]
    output = project.run(*command, environment=environment, expect=None)
    assert "rollout.phase is live, which needs a record of phase domain" in " ".join(output.split())
    assert "Traceback" not in output
    assert "kms" not in output
