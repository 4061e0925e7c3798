"""Reserved concurrency of functions, and schedules that call them, in the plugins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pulumi_aws as aws
import pytest

from sandbox.providers import archive
from tests.sandbox.cloud_client import Cloud
from tests.sandbox.plugin import Plugin, sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")
WEST = "us-west-2"
ROLE = "arn:aws:iam::000000000000:role/none"


@pytest.fixture
def code(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "index.py").write_text("def handler(event, context): return 1\n")
    return archive.describe({"index.py": tmp_path / "index.py"})


@pytest.fixture
def group(reachable: None, aws: Cloud) -> Iterator[str]:
    aws.client("scheduler", WEST).create_schedule_group(Name="local-group")
    yield "local-group"
    aws.client("scheduler", WEST).delete_schedule_group(Name="local-group")


def test_reserved_concurrency_is_set_changed_and_taken_away(code: dict[str, Any], aws: Cloud) -> None:
    plugin = Plugin("aws", "aws:lambda/function:Function", region=WEST)
    bare = {"name": "local-verdict", "runtime": "python3.12", "handler": "index.handler", "role": ROLE, "code": code}
    ten = bare | {"reservedConcurrentExecutions": 10}
    resource_id, state = plugin.settles(ten, untold=("code",))
    client = aws.client("lambda", WEST)

    def reserved() -> int | None:
        return client.get_function_concurrency(FunctionName=resource_id).get("ReservedConcurrentExecutions")

    assert reserved() == 10
    five = bare | {"reservedConcurrentExecutions": 5}
    state = plugin.update(resource_id, ten, five, state)
    assert (reserved(), plugin.provider.kind(plugin.token, five).moves(ten, five)) == (5, False)
    state = plugin.update(resource_id, five, bare, state)
    assert (reserved(), state["reservedConcurrentExecutions"]) == (None, -1)
    plugin.unchanged(resource_id, bare, state)
    plugin.ends(resource_id, bare, state)


def schedule(**more: Any) -> dict[str, Any]:
    return sdk_inputs(
        lambda: aws.scheduler.Schedule(
            "s",
            name="local-prober",
            schedule_expression="rate(1 minute)",
            flexible_time_window={"mode": "OFF"},
            target={
                "arn": f"arn:aws:lambda:{WEST}:000000000000:function:local-prober",
                "role_arn": ROLE,
                "input": "{}",
                "retry_policy": {"maximum_retry_attempts": 0, "maximum_event_age_in_seconds": 60},
            },
            region=WEST,
            **more,
        )
    )


def test_a_schedule_as_the_sdk_asks_for_it_lives_without_drift() -> None:
    inputs = schedule()
    plugin = Plugin("aws", "aws:scheduler/schedule:Schedule")
    resource_id, state = plugin.settles(inputs)
    assert resource_id == "default/local-prober"
    off = inputs | {"state": "DISABLED", "scheduleExpression": "rate(5 minutes)"}
    state = plugin.update(resource_id, inputs, off, state)
    plugin.unchanged(resource_id, off, state)
    assert plugin.update(resource_id, off, inputs, state)["state"] == "ENABLED"
    assert plugin.diff(inputs, inputs | {"groupName": "other"}) == ["groupName"]
    plugin.ends(resource_id, inputs, state)


def test_a_schedule_may_lie_in_a_group(group: str) -> None:
    plugin = Plugin("aws", "aws:scheduler/schedule:Schedule", region=WEST)
    inputs = schedule(group_name=group)
    resource_id, state = plugin.settles(inputs)
    assert resource_id == f"{group}/local-prober"
    plugin.ends(resource_id, inputs, state)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (
            {"flexibleTimeWindow": {"mode": "on"}},
            "flexibleTimeWindow.mode: AWS refuses this at create: 'on' is none of",
        ),
        ({"name": "x" * 65}, "at most 64 characters"),
        ({"state": "PAUSED"}, "'PAUSED' is none of ENABLED, DISABLED"),
        ({"target": {"arn": "arn"}}, "target.roleArn: AWS refuses this at create: it is missing"),
        ({"tags": {}}, "tags: unknown property"),
    ],
)
def test_a_schedule_that_aws_refuses_is_refused_at_check(change: dict[str, Any], refusal: str) -> None:
    found = Plugin("aws", "aws:scheduler/schedule:Schedule").check(schedule() | change)
    assert any(refusal in line for line in found), found
