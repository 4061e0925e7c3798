"""IAM roles and their inline policies; a global service, answered in us-east-1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found

HOME = "us-east-1"


def as_text(document: Any) -> str:
    """A policy document as JSON text; boto3 gives it parsed."""
    return document if isinstance(document, str) else json.dumps(document)


class Role(Kind):
    """A role; its ID is its name."""

    token = "aws:iam/role:Role"
    required = ("assumeRolePolicy",)
    optional = ("name", "path", "description", "maxSessionDuration", "tags", "tagsAll")
    create_only = ("name", "path")
    computed = ("arn", "uniqueId", "createDate")
    json_text = ("assumeRolePolicy",)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateRole refuses a name that is taken."""
        words: dict[str, Any] = {"RoleName": inputs["name"], "AssumeRolePolicyDocument": inputs["assumeRolePolicy"]}
        names = {"path": "Path", "description": "Description", "maxSessionDuration": "MaxSessionDuration"}
        words |= {api: inputs[name] for name, api in names.items() if name in inputs}
        self.clients.client("iam", HOME).create_role(**words)
        return inputs["name"], self.read(inputs["name"], inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """The trust policy comes back as text."""
        with gone_is_not_found(f"role {resource_id}"):
            role = self.clients.client("iam", HOME).get_role(RoleName=resource_id)["Role"]
        return {
            "name": resource_id,
            "arn": role["Arn"],
            "uniqueId": role["RoleId"],
            "createDate": role["CreateDate"].isoformat(),
            "path": role["Path"],
            "assumeRolePolicy": as_text(role["AssumeRolePolicyDocument"]),
        }

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Trust policy, description and session duration change in place."""
        iam = self.clients.client("iam", HOME)
        iam.update_assume_role_policy(RoleName=resource_id, PolicyDocument=new["assumeRolePolicy"])
        names = {"description": "Description", "maxSessionDuration": "MaxSessionDuration"}
        if words := {api: new[name] for name, api in names.items() if name in new}:
            iam.update_role(RoleName=resource_id, **words)
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """IAM refuses while policies hang on the role."""
        with gone_is_not_found(f"role {resource_id}"):
            self.clients.client("iam", HOME).delete_role(RoleName=resource_id)


class RolePolicy(Kind):
    """An inline policy of a role; putting it overwrites one of that name."""

    token = "aws:iam/rolePolicy:RolePolicy"
    required = ("policy", "role")
    optional = ("name",)
    create_only = ("name", "role")
    json_text = ("policy",)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """The ID is `role:name`."""
        resource_id = f"{inputs['role']}:{inputs['name']}"
        return resource_id, self.update(resource_id, {}, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """The document comes back as text."""
        role, name = resource_id.split(":")
        with gone_is_not_found(f"policy {name} of role {role}"):
            found = self.clients.client("iam", HOME).get_role_policy(RoleName=role, PolicyName=name)
        return {"role": role, "name": name, "policy": as_text(found["PolicyDocument"])}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Put the document."""
        role, name = resource_id.split(":")
        iam = self.clients.client("iam", HOME)
        iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=new["policy"])
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """The role stays."""
        role, name = resource_id.split(":")
        with gone_is_not_found(f"policy {name} of role {role}"):
            self.clients.client("iam", HOME).delete_role_policy(RoleName=role, PolicyName=name)
