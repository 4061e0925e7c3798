"""UpdateGroup, which the emulator lacks (API reference, API_UpdateGroup.html)."""

from typing import Any

from ministack.core.responses import error_response_json, json_response
from ministack.services import cognito

from sandbox.cloud import pools
from sandbox.cloud.replicas import Response


def update_group(data: dict[str, Any]) -> Response:
    """Change description, precedence or role of a group; what is not sent is kept."""
    name = data.get("GroupName", "")
    group = ((pools.record(data["UserPoolId"]) or {}).get("_groups") or {}).get(name)
    if group is None:
        return error_response_json("ResourceNotFoundException", f"Group {name} not found.", 400)
    group.update({key: data[key] for key in ("Description", "Precedence", "RoleArn") if key in data})
    group["LastModifiedDate"] = cognito._now_epoch()
    return json_response({"Group": cognito._group_out(group)})
