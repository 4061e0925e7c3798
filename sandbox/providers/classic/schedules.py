"""EventBridge Scheduler."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.kind import Properties
from sandbox.providers.not_found import gone_is_not_found


class Schedule(Shaped):
    """A schedule; its ID is `group/name`."""

    token = "aws:scheduler/schedule:Schedule"
    required = ("name", "flexibleTimeWindow", "scheduleExpression", "target")
    optional = (
        *("actionAfterCompletion", "description", "groupName", "kmsKeyArn", "region"),
        *("scheduleExpressionTimezone", "state"),
    )
    create_only = ("name", "groupName", "region")
    computed = ("arn",)
    service, call = "scheduler", ("CreateSchedule",)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateSchedule."""
        self.clients.client("scheduler").create_schedule(**self.words(inputs))
        resource_id = f"{inputs.get('groupName', 'default')}/{inputs['name']}"
        return resource_id, self.read(resource_id, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """GetSchedule, with everything that AWS fills in."""
        group, name = resource_id.split("/")
        with gone_is_not_found(f"schedule {resource_id}"):
            found = self.clients.client("scheduler").get_schedule(GroupName=group, Name=name)
        return self.live(found) | {"arn": found["Arn"]}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """UpdateSchedule with the whole schedule: what it does not name is reset."""
        self.clients.client("scheduler").update_schedule(**self.words(new))
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """DeleteSchedule."""
        group, name = resource_id.split("/")
        with gone_is_not_found(f"schedule {resource_id}"):
            self.clients.client("scheduler").delete_schedule(GroupName=group, Name=name)
