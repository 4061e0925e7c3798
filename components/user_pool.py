"""The user pool in its primary Region, new or adopted, with its groups and resource servers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws_native as aws_native

from components.adoption import covered_pool
from components.invitation import admin_create_user_config
from components.providers import RegionalProviders, child_of
from settings import CustomAttribute, Settings


@dataclass(frozen=True, kw_only=True)
class UserPoolArgs:
    """`lambda_config` is None before phase replication; `after` must be done before the pool names key or triggers."""

    settings: Settings
    providers: RegionalProviders
    key_arn: pulumi.Output[str]
    lambda_config: Mapping[str, Any] | None
    after: Sequence[pulumi.Resource]


class UserPool(pulumi.ComponentResource):
    """The pool and what belongs to it in the primary Region; all of it but triggers and tags replicates."""

    def __init__(self, name: str, args: UserPoolArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:UserPool", name, None, opts)
        settings, native = args.settings, args.providers.native
        properties = configuration(settings, sorted(args.lambda_config or {}))
        inputs: dict[str, Any] = {snake_case(key): value for key, value in properties.items()}
        if brings_key(settings):
            inputs["key_configuration"] = {"key_type": "CUSTOMER_MANAGED_KEY", "kms_key_arn": args.key_arn}
        if args.lambda_config is not None:
            own = settings.pool.adopted.get("lambdaConfig", {})
            inputs["lambda_config"] = {snake_case(key): arn for key, arn in own.items()} | dict(args.lambda_config)
        if settings.pool.adopt and settings.pool.id:
            found = covered_pool(settings.pool.id, properties, native)
            inputs["user_pool_name"] = found.apply(lambda _: settings.pool.name)
        self.pool = aws_native.cognito.UserPool(
            name,
            **inputs,
            opts=pulumi.ResourceOptions.merge(
                child_of(self, native, protect=settings.protect),
                pulumi.ResourceOptions(
                    depends_on=list(args.after), import_=settings.pool.id if settings.pool.adopt else None
                ),
            ),
        )
        self.pool_id = self.pool.user_pool_id
        self.directory = [*self._groups(name, settings, native), *self._resource_servers(name, settings, native)]
        triggers = inputs.get("lambda_config") or {}
        self.register_outputs(
            {
                "poolId": self.pool_id,
                "region": args.providers.region,
                "lambdaTriggers": sorted(camel_case(key) for key in triggers),
            }
        )

    def _groups(
        self, name: str, settings: Settings, native: aws_native.Provider
    ) -> list[aws_native.cognito.UserPoolGroup]:
        return [
            aws_native.cognito.UserPoolGroup(
                f"{name}-group-{group}",
                user_pool_id=self.pool_id,
                group_name=group,
                description=about.description,
                precedence=about.precedence,
                opts=child_of(self, native),
            )
            for group, about in settings.groups.items()
        ]

    def _resource_servers(
        self, name: str, settings: Settings, native: aws_native.Provider
    ) -> list[aws_native.cognito.UserPoolResourceServer]:
        return [
            aws_native.cognito.UserPoolResourceServer(
                f"{name}-resource-server-{about.name}",
                user_pool_id=self.pool_id,
                identifier=identifier,
                name=about.name,
                scopes=[{"scope_name": scope, "scope_description": text} for scope, text in about.scopes.items()],
                opts=child_of(self, native),
            )
            for identifier, about in settings.resource_servers.items()
        ]


def brings_key(settings: Settings) -> bool:
    """Whether the pool is sent the key: a new one from the start, an adopted one with replication."""
    return settings.rollout.replicated or not settings.pool.adopt


def configuration(settings: Settings, triggers: Sequence[str]) -> dict[str, Any]:
    """All that the pool is sent and settings alone decide, aws-native's camelCase.

    `triggers` are the keys of its LambdaConfig: they and the key count for the digest in the invitation.
    """
    pool = settings.pool
    properties = dict(pool.adopted) | {
        "userPoolName": pool.name,
        "userPoolTier": str(pool.tier),
        "issuerConfiguration": {"type": str(pool.issuer)},
        "mfaConfiguration": pool.mfa,
        "policies": {"passwordPolicy": pool.password_policy.model_dump(by_alias=True)},
        "deletionProtection": "ACTIVE" if settings.protect else "INACTIVE",
    }
    if pool.attributes:
        properties["schema"] = [attribute(name, about) for name, about in pool.attributes.items()]
    if settings.tags:
        properties["userPoolTags"] = dict(settings.tags)
    live = pool.adopted.get("adminCreateUserConfig", {})
    if pool.adopt and not settings.rollout.replicated:
        # A plain import: an adopted pool gets nothing of ours before phase replication, not even the digest.
        return properties | {"adminCreateUserConfig": {"allowAdminCreateUserOnly": not pool.self_sign_up} | live}
    whole = properties | {"triggers": list(triggers), "key": brings_key(settings)}
    invitation = admin_create_user_config(whole, self_sign_up=pool.self_sign_up, adopted=live)
    return properties | {"adminCreateUserConfig": invitation}


def attribute(name: str, about: CustomAttribute) -> dict[str, Any]:
    """One custom attribute of the schema; limits are texts there."""
    schema: dict[str, Any] = {"name": name, "attributeDataType": about.type, "mutable": about.mutable}
    if about.type == "String":
        limits = {"minLength": about.min_length, "maxLength": about.max_length}
        if given := {key: str(value) for key, value in limits.items() if value is not None}:
            schema["stringAttributeConstraints"] = given
    return schema


def snake_case(name: str) -> str:
    """A property's name as the Python SDK spells it."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def camel_case(name: str) -> str:
    """A property's name as the engine spells it."""
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)
