"""us-east-1 fails on the deployed stack: users are led to us-west-2, and who may override that is kept."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.cloud import process
from sandbox.cloud.ask import ask
from tests.engine.project_copy import ProjectCopy

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]


@pytest.fixture
def steady(deployed: ProjectCopy) -> Iterator[ProjectCopy]:
    """The deployed stack in its steady state, and brought back to it."""
    yield deployed
    deployed.run(".venv/bin/python", "-m", "sandbox", "heal")
    wait_until(deployed, "verdict", "UP")  # a release is refused while the primary is not seen to serve
    deployed.cognito_dr("override", "release", "--yes")
    wait_until(deployed, "serving", "us-east-1")


def status(copy: ProjectCopy) -> str:
    return copy.cognito_dr("override", "status")


def wait_until(copy: ProjectCopy, what: str, value: str, seconds: float = 180) -> None:
    """Until a line of `override status` says so; fails at the deadline."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        words = [line.split() for line in status(copy).splitlines()]
        if any(line[0] == what and line[1].strip(",") == value for line in words if len(line) > 1):
            return
        time.sleep(1)
    raise AssertionError(f"{what} did not become {value} within {seconds} s:\n{status(copy)}")


def assume(copy: ProjectCopy, **changes: bool) -> None:
    """Change assumptions of the running sandbox."""
    cloud = process.running(copy.folder / ".sandbox" / "cloud")
    assert cloud is not None
    ask(cloud, "PUT", "assumptions", changes)


def test_a_dead_region_is_left_and_a_code_that_is_lost_costs_a_new_flow_only(
    steady: ProjectCopy, tmp_path: Path
) -> None:
    record = tmp_path / "switch.json"
    assume(steady, code_redeemed_elsewhere=False)
    try:
        output = steady.cognito_dr("failover-test", "--mode", "refuse", "--json", str(record), seconds=600)
    finally:
        assume(steady, code_redeemed_elsewhere=True)
    assert "code issued before, redeemed after: refused" in output
    assert "ok     a restarted authorization code flow succeeds" in output
    assert json.loads(record.read_text())


def test_an_override_survives_an_update_and_a_refresh(steady: ProjectCopy) -> None:
    steady.cognito_dr("override", "force-secondary", "--yes")
    wait_until(steady, "serving", "us-west-2")
    output = steady.make("up", "SPEED=10")
    assert "unchanged" in output
    steady.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    wait_until(steady, "serving", "us-west-2", seconds=5)
    refused = steady.cognito_dr("override", "pin-primary", "--yes", expect=None)
    assert "local-not-force-and-pin" in refused


@pytest.mark.nightly
def test_an_override_survives_a_redeployed_prober(steady: ProjectCopy) -> None:
    steady.cognito_dr("override", "force-secondary", "--yes")
    source = steady.folder / "functions" / "prober" / "index.py"
    before = source.read_text()
    source.write_text(before + "\n# a release\n")
    try:
        assert "updated" in steady.make("up", "SPEED=10")
        assert any("force-secondary" in line and " On" in line for line in status(steady).splitlines())
    finally:
        source.write_text(before)
        steady.make("up", "SPEED=10")


def test_with_two_endpoints_dead_the_override_works_and_with_three_it_says_so(steady: ProjectCopy) -> None:
    fail = (".venv/bin/python", "-m", "sandbox", "fail", "endpoints", "--count")
    steady.run(*fail, "2")
    steady.cognito_dr("override", "force-secondary", "--yes")
    steady.cognito_dr("override", "release", "--yes")
    steady.run(*fail, "3")
    output = steady.cognito_dr("override", "force-secondary", "--yes", expect=None)
    assert "3 of 5 cluster endpoints do not answer" in output
    assert "Traceback" not in output


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("mode", ["refuse", "hang", "error", "slow"])
def test_each_kind_of_outage_in_real_time(steady: ProjectCopy, mode: str) -> None:
    steady.make("up", "SPEED=1")
    output = steady.cognito_dr("failover-test", "--mode", mode, seconds=900)
    assert "code issued before, redeemed after: redeemed" in output


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("seconds", "ends"), [("10", "no-switch"), ("40", "returned"), ("120", "latched")])
def test_what_an_outage_leaves_behind_in_real_time(steady: ProjectCopy, seconds: str, ends: str) -> None:
    steady.make("up", "SPEED=1")
    steady.cognito_dr("failover-test", "--mode", "refuse", "--outage", seconds, "--expect", ends, seconds=1200)
