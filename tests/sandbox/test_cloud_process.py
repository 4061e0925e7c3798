"""The cloud's process: it is found by identity, ends at once and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sandbox.cloud import patching, process
from sandbox.cloud.errors import CloudError
from tests.sandbox.cloud_client import Cloud, until


def emulator_files() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).glob("ministack*")}


def test_a_second_start_returns_the_running_cloud_and_stop_ends_it_without_a_trace(tmp_path: Path) -> None:
    before = emulator_files()
    started = process.start(tmp_path)
    assert process.start(tmp_path) == started == process.running(tmp_path)
    made = Cloud(started).function("f", "def handler(event, context): return 1\n")
    Cloud(started).client("lambda").invoke(FunctionName=made)
    process.stop(tmp_path)
    assert process.running(tmp_path) is None
    assert [path.name for path in tmp_path.iterdir()] == ["log"]
    assert emulator_files() == before
    with pytest.raises(ProcessLookupError):
        os.kill(started.pid, 0)


def test_stop_ends_no_process_that_does_not_prove_the_identity(tmp_path: Path, cloud: process.Endpoints) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    stale = {
        "identity": "other",
        "pid": bystander.pid,
        "endpoints": dict(cloud.urls),
        "control": cloud.control,
        "network": dict(cloud.network),
    }
    (tmp_path / "endpoints.json").write_text(json.dumps(stale))
    process.stop(tmp_path)
    assert bystander.poll() is None
    assert not (tmp_path / "endpoints.json").exists()
    assert process.running(tmp_path) is None
    bystander.communicate()


def test_stop_without_a_cloud_does_nothing(tmp_path: Path) -> None:
    process.stop(tmp_path / "nowhere")


def test_the_cloud_ends_with_its_parent(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process.start(tmp_path, parent_pid=parent.pid)
    parent.communicate()
    until(lambda: process.running(tmp_path) is None)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux tells which process listens where")
def test_it_listens_on_loopback_only(cloud: process.Endpoints) -> None:
    table = Path(f"/proc/{cloud.pid}/net/tcp")
    links = [str(entry.readlink()) for entry in Path(f"/proc/{cloud.pid}/fd").iterdir()]
    inodes = {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:")}
    rows = [line.split() for line in table.read_text().splitlines()[1:]]
    listening = [row[1] for row in rows if row[3] == "0A" and row[9] in inodes]
    assert len(listening) > len(cloud.urls) + len(cloud.network["arc"])  # and the world around them
    assert all(address.startswith("0100007F:") for address in listening)


def test_a_wrong_lag_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sandbox.cloud", "--directory", str(tmp_path), "--replication-lag", "-1"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=20, cwd=process.ROOT, check=False)
    assert ended.returncode == 1
    assert ended.stderr == ("sandbox cloud: replication_lag is -1.0: must be between 0 and 3600 seconds\n")


def test_a_start_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(CloudError, match=r"replication_lag is 9999\.0: must be between 0 and 3600 seconds"):
        process.start(tmp_path, lag=9999)


def test_another_release_of_the_emulator_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patching, "VERSION", "0.0.0")
    with pytest.raises(CloudError, match=r"ministack .* is installed, but the overlay was written for 0\.0\.0"):
        patching.check_version()


def test_a_replaced_function_with_other_parameters_is_refused() -> None:
    with pytest.raises(CloudError, match=r"takes .*, the overlay expects"):
        patching.replace(json, "loads", "text", lambda original: original)
    with pytest.raises(CloudError, match=r"has no json\.nowhere any more"):
        patching.replace(json, "nowhere", "text", lambda original: original)


def test_the_aws_config_has_a_profile_per_region(cloud: process.Endpoints) -> None:
    text = process.aws_config(cloud)
    for region, url in cloud.urls.items():
        assert f"[profile {region}]\nregion = {region}\nendpoint_url = {url}\n" in text


def test_a_kill_of_the_cloud_is_seen(tmp_path: Path) -> None:
    started = process.start(tmp_path)
    os.kill(started.pid, signal.SIGKILL)
    os.waitpid(started.pid, 0)
    assert process.running(tmp_path) is None
    again = process.start(tmp_path)
    assert again.identity != started.identity
    process.stop(tmp_path)
