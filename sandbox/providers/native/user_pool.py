"""AWS::Cognito::UserPool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.providers.errors import ProviderError
from sandbox.providers.native.kind import Model, NativeKind, given
from sandbox.providers.not_found import gone_is_not_found

SENT = (
    *("Policies", "AdminCreateUserConfig", "AutoVerifiedAttributes", "MfaConfiguration", "UserPoolTier"),
    *("KeyConfiguration", "IssuerConfiguration", "LambdaConfig", "DeletionProtection", "UserPoolTags"),
    *("AccountRecoverySetting", "EmailConfiguration", "SmsConfiguration", "DeviceConfiguration", "UserPoolAddOns"),
    *("VerificationMessageTemplate", "UserAttributeUpdateSettings", "EmailVerificationMessage"),
    *("EmailVerificationSubject", "SmsVerificationMessage", "SmsAuthenticationMessage"),
)
"""Properties with the same name and shape in UpdateUserPool (API reference)."""
AT_CREATE = (*SENT, "AliasAttributes", "UsernameAttributes", "UsernameConfiguration", "Schema")
EMPTY = (None, {}, [], "")


class UserPool(NativeKind):
    """A pool. `schema` holds custom attributes; they can be added, never changed or removed."""

    token = "aws-native:cognito:UserPool"
    cloud_formation = "AWS::Cognito::UserPool"

    def create_model(self, model: Model) -> str:
        """CreateUserPool."""
        pool = self.cognito.create_user_pool(PoolName=model["UserPoolName"], **given(model, AT_CREATE))
        return pool["UserPool"]["Id"]

    def read_model(self, resource_id: str) -> Model:
        """DescribeUserPool as the read handler gives it: live defaults beside what was asked for."""
        with gone_is_not_found(f"user pool {resource_id}"):
            pool = self.cognito.describe_user_pool(UserPoolId=resource_id)["UserPool"]
        name = f"cognito-idp.{self.region}.amazonaws.com/{resource_id}"
        model = {
            key: pool[key] for key in (*SENT, "AliasAttributes", "UsernameAttributes") if pool.get(key) not in EMPTY
        }
        attributes = [a for a in pool.get("SchemaAttributes", ()) if a["Name"].startswith("custom:")]
        if attributes:
            model["Schema"] = attributes
        computed = {
            "UserPoolId": resource_id,
            "Arn": pool["Arn"],
            "ProviderName": name,
            "ProviderURL": f"https://{name}",
        }
        return {"UserPoolName": pool["Name"], **model, **computed}

    def apply(self, resource_id: str, model: Model, changed: frozenset[str]) -> None:
        """UpdateUserPool with the whole model, then attributes that are new."""
        self.cognito.update_user_pool(UserPoolId=resource_id, PoolName=model["UserPoolName"], **given(model, SENT))
        if "Schema" in changed:
            live = self.read_model(resource_id).get("Schema", [])
            self._add_attributes(resource_id, {plain_name(a) for a in live}, model.get("Schema", []))

    def _add_attributes(self, pool_id: str, known: set[str], wanted: list[Model]) -> None:
        if missing := known - {plain_name(a) for a in wanted}:
            raise ProviderError(f"custom attributes cannot be removed from a pool: {', '.join(sorted(missing))}")
        if new := [a for a in wanted if plain_name(a) not in known]:
            self.cognito.add_custom_attributes(UserPoolId=pool_id, CustomAttributes=new)

    def like(self, key: str, wanted: Any, live: Any) -> Any:
        """Attributes come back as `custom:x` with every default filled in; only a missing one is drift."""
        if key != "schema":
            return live
        names = {plain_name(a) for a in live}
        return [attribute for attribute in wanted if plain_name(attribute) in names]

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Cognito refuses while deletion protection is ACTIVE."""
        with gone_is_not_found(f"user pool {resource_id}"):
            self.cognito.delete_user_pool(UserPoolId=resource_id)


def plain_name(attribute: Mapping[str, Any]) -> str:
    """An attribute's name without Cognito's prefix, in either spelling of the key."""
    return str(attribute.get("Name") or attribute.get("name")).removeprefix("custom:")
