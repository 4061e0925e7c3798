"""Secrets Manager: secrets and the versions of their values."""

from __future__ import annotations

import base64
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.errors import NotFoundError
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found


@contextmanager
def gone(what: str) -> Generator[None]:
    """Raise NotFoundError for a secret that does not exist, or waits for its deletion."""
    from botocore.exceptions import ClientError

    try:
        with gone_is_not_found(what):
            yield
    except ClientError as error:
        if error.response["Error"]["Code"] == "InvalidRequestException" and "deletion" in str(error):
            raise NotFoundError(f"{what} waits for its deletion") from error
        raise


class Secret(Shaped):
    """A secret without a value; its ID is its ARN (name, `-`, six random characters)."""

    token = "aws:secretsmanager/secret:Secret"
    required = ("name",)
    optional = ("description", "kmsKeyId", "policy", "recoveryWindowInDays", "region")
    create_only = ("name", "region")
    computed = ("arn",)
    json_text = ("policy",)
    service, call = "secretsmanager", ("CreateSecret",)
    apart = ("policy", "recoveryWindowInDays", "region")

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateSecret refuses a name that waits for its deletion; then the policy."""
        client = self.clients.client("secretsmanager")
        arn = client.create_secret(**self.words(inputs))["ARN"]
        if "policy" in inputs:
            client.put_resource_policy(SecretId=arn, ResourcePolicy=inputs["policy"])
        return arn, self.read(arn, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """A secret that waits for its deletion counts as gone."""
        client = self.clients.client("secretsmanager")
        with gone(f"secret {resource_id}"):
            found = client.describe_secret(SecretId=resource_id)
            if found.get("DeletedDate"):
                raise NotFoundError(f"secret {resource_id} waits for its deletion")
            policy = client.get_resource_policy(SecretId=resource_id).get("ResourcePolicy")
        window = state.get("recoveryWindowInDays", 30)
        own = {"arn": found["ARN"], "policy": policy, "recoveryWindowInDays": window}
        return own | {"description": found.get("Description", ""), "name": found["Name"]} | _key(found)

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """UpdateSecret and the policy; the window stands in the state alone, a dropped policy stays."""
        client = self.clients.client("secretsmanager")
        if any(old.get(key) != new.get(key) for key in ("description", "kmsKeyId")):
            words = {"Description": new.get("description", "")}
            words |= {"KmsKeyId": new["kmsKeyId"]} if "kmsKeyId" in new else {}
            client.update_secret(SecretId=resource_id, **words)
        if new.get("policy") and old.get("policy") != new["policy"]:
            client.put_resource_policy(SecretId=resource_id, ResourcePolicy=new["policy"])
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """After the recovery window of the state (days); zero deletes at once."""
        days = int(state.get("recoveryWindowInDays", 30))
        words = {"RecoveryWindowInDays": days} if days else {"ForceDeleteWithoutRecovery": True}
        with gone(f"secret {resource_id}"):
            self.clients.client("secretsmanager").delete_secret(SecretId=resource_id, **words)


def _key(found: Mapping[str, Any]) -> Properties:
    return {"kmsKeyId": found["KmsKeyId"]} if found.get("KmsKeyId") else {}


class SecretVersion(Kind):
    """A value; its ID is `secretId|versionId`. A new value is a new version: a replacement."""

    token = "aws:secretsmanager/secretVersion:SecretVersion"
    required = ("secretId",)
    optional = ("secretString", "secretBinary", "region")
    create_only = ("secretId", "secretString", "secretBinary", "region")
    computed = ("arn", "secretArn", "versionId", "versionStages")
    secret = ("secretString", "secretBinary")

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """PutSecretValue: the version that was current becomes AWSPREVIOUS."""
        words: dict[str, Any] = {"SecretId": inputs["secretId"]}
        if "secretString" in inputs:
            words["SecretString"] = inputs["secretString"]
        if "secretBinary" in inputs:
            words["SecretBinary"] = base64.b64decode(inputs["secretBinary"])
        made = self.clients.client("secretsmanager").put_secret_value(**words)
        resource_id = f"{inputs['secretId']}|{made['VersionId']}"
        return resource_id, self.read(resource_id, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """GetSecretValue."""
        secret, version = resource_id.split("|")
        client = self.clients.client("secretsmanager")
        with gone(f"version {version} of secret {secret}"):
            found = client.get_secret_value(SecretId=secret, VersionId=version)
        live = {
            "secretId": secret,
            "arn": found["ARN"],
            "secretArn": found["ARN"],
            "versionId": version,
            "versionStages": found["VersionStages"],
        }
        if "SecretBinary" in found:
            return live | {"secretBinary": base64.b64encode(found["SecretBinary"]).decode()}
        return live | {"secretString": found["SecretString"]}

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Takes the stages off but AWSCURRENT: the value itself stays."""
        secret, version = resource_id.split("|")
        client = self.clients.client("secretsmanager")
        stages = self.read(resource_id, state)["versionStages"]
        for stage in stages:
            if stage != "AWSCURRENT":
                client.update_secret_version_stage(SecretId=secret, VersionStage=stage, RemoveFromVersionId=version)
