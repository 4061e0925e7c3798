"""What lives inside a user pool: app clients, groups, resource servers, identity providers, domains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sandbox.providers.errors import NotFoundError
from sandbox.providers.native.kind import Model, NativeKind, given
from sandbox.providers.not_found import gone_is_not_found

CLIENT = (
    *("ClientName", "CallbackURLs", "LogoutURLs", "DefaultRedirectURI", "AllowedOAuthFlows", "AllowedOAuthScopes"),
    *("AllowedOAuthFlowsUserPoolClient", "ExplicitAuthFlows", "SupportedIdentityProviders", "AnalyticsConfiguration"),
    *(
        "PreventUserExistenceErrors",
        "EnableTokenRevocation",
        "ReadAttributes",
        "WriteAttributes",
        "AuthSessionValidity",
    ),
    *("AccessTokenValidity", "IdTokenValidity", "RefreshTokenValidity", "TokenValidityUnits"),
    "EnablePropagateAdditionalUserContextData",
)


class UserPoolClient(NativeKind):
    """An app client; its secret is a secret output here, which the SDK alone does not make it."""

    token = "aws-native:cognito:UserPoolClient"
    cloud_formation = "AWS::Cognito::UserPoolClient"
    secret = ("clientSecret",)

    def create_model(self, model: Model) -> str:
        """CreateUserPoolClient; the identifier is `POOL|CLIENT`."""
        pool = model["UserPoolId"]
        made = self.cognito.create_user_pool_client(
            UserPoolId=pool, GenerateSecret=model.get("GenerateSecret", False), **given(model, CLIENT)
        )
        return f"{pool}|{made['UserPoolClient']['ClientId']}"

    def read_model(self, resource_id: str) -> Model:
        """DescribeUserPoolClient."""
        pool, client = resource_id.split("|")
        with gone_is_not_found(f"app client {client}"):
            found = self.cognito.describe_user_pool_client(UserPoolId=pool, ClientId=client)["UserPoolClient"]
        known = {key: found[key] for key in CLIENT if found.get(key) not in (None, [], {}, "")}
        secret = found.get("ClientSecret")
        own = {"UserPoolId": pool, "ClientId": client, "Name": found["ClientName"], "ClientSecret": secret or ""}
        return known | own | {"GenerateSecret": bool(secret)}

    def apply(self, resource_id: str, model: Model, changed: frozenset[str]) -> None:
        """UpdateUserPoolClient with the whole model: what it does not name is reset."""
        pool, client = resource_id.split("|")
        self.cognito.update_user_pool_client(UserPoolId=pool, ClientId=client, **given(model, CLIENT))

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """DeleteUserPoolClient."""
        pool, client = resource_id.split("|")
        with gone_is_not_found(f"app client {client}"):
            self.cognito.delete_user_pool_client(UserPoolId=pool, ClientId=client)


class PoolPart(NativeKind):
    """What Cognito makes, changes and deletes alike, by pool and name; the identifier is `POOL|NAME`.

    `method` ends boto3's methods (`create_group`), `key` is the parameter with the name, `names` are all others but
    `fixed`, which only the creation takes.
    """

    noun: ClassVar[str]
    method: ClassVar[str]
    key: ClassVar[str]
    names: ClassVar[tuple[str, ...]]
    fixed: ClassVar[tuple[str, ...]] = ()

    def create_model(self, model: Model) -> str:
        """CreateGroup, CreateResourceServer, CreateIdentityProvider, CreateUserPoolDomain."""
        pool, name = model["UserPoolId"], model[self.key]
        self._call("create", pool, name, **given(model, (*self.fixed, *self.names)))
        return f"{pool}|{name}"

    def apply(self, resource_id: str, model: Model, changed: frozenset[str]) -> None:
        """UpdateGroup, UpdateResourceServer, UpdateIdentityProvider, UpdateUserPoolDomain."""
        pool, name = resource_id.split("|")
        self._call("update", pool, name, **given(model, self.names))

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """DeleteGroup, DeleteResourceServer, DeleteIdentityProvider, DeleteUserPoolDomain."""
        pool, name = resource_id.split("|")
        with gone_is_not_found(f"{self.noun} {name}"):
            self._call("delete", pool, name)

    def _call(self, verb: str, pool: str, name: str, **more: Any) -> None:
        getattr(self.cognito, f"{verb}_{self.method}")(UserPoolId=pool, **{self.key: name}, **more)


class UserPoolGroup(PoolPart):
    """A group of users."""

    token = "aws-native:cognito:UserPoolGroup"
    cloud_formation = "AWS::Cognito::UserPoolGroup"
    noun, method, key = "group", "group", "GroupName"
    names = ("Description", "Precedence", "RoleArn")

    def read_model(self, resource_id: str) -> Model:
        """GetGroup."""
        pool, group = resource_id.split("|")
        with gone_is_not_found(f"group {group}"):
            found = self.cognito.get_group(UserPoolId=pool, GroupName=group)["Group"]
        return {"UserPoolId": pool, "GroupName": group, **given(found, self.names)}


class UserPoolResourceServer(PoolPart):
    """An API with scopes."""

    token = "aws-native:cognito:UserPoolResourceServer"
    cloud_formation = "AWS::Cognito::UserPoolResourceServer"
    noun, method, key = "resource server", "resource_server", "Identifier"
    names = ("Name", "Scopes")

    def read_model(self, resource_id: str) -> Model:
        """DescribeResourceServer."""
        pool, identifier = resource_id.split("|")
        with gone_is_not_found(f"resource server {identifier}"):
            found = self.cognito.describe_resource_server(UserPoolId=pool, Identifier=identifier)["ResourceServer"]
        return {"UserPoolId": pool, "Identifier": identifier, **given(found, self.names)}


class UserPoolIdentityProvider(PoolPart):
    """An external identity provider."""

    token = "aws-native:cognito:UserPoolIdentityProvider"
    cloud_formation = "AWS::Cognito::UserPoolIdentityProvider"
    noun, method, key = "identity provider", "identity_provider", "ProviderName"
    names = ("ProviderDetails", "AttributeMapping", "IdpIdentifiers")
    fixed = ("ProviderType",)

    def read_model(self, resource_id: str) -> Model:
        """DescribeIdentityProvider."""
        pool, name = resource_id.split("|")
        with gone_is_not_found(f"identity provider {name}"):
            found = self.cognito.describe_identity_provider(UserPoolId=pool, ProviderName=name)["IdentityProvider"]
        optional = {key: value for key, value in given(found, self.names).items() if value}
        return {"UserPoolId": pool, "ProviderName": name, "ProviderType": found["ProviderType"], **optional}


class UserPoolDomain(PoolPart):
    """A prefix or custom domain. `managedLoginVersion` is write-only."""

    token = "aws-native:cognito:UserPoolDomain"
    cloud_formation = "AWS::Cognito::UserPoolDomain"
    noun, method, key = "domain", "user_pool_domain", "Domain"
    names = ("CustomDomainConfig", "ManagedLoginVersion", "Routing")

    def read_model(self, resource_id: str) -> Model:
        """DescribeUserPoolDomain answers an unknown domain with an empty description."""
        pool, domain = resource_id.split("|")
        found = self.cognito.describe_user_pool_domain(Domain=domain)["DomainDescription"]
        if found.get("UserPoolId") != pool:
            raise NotFoundError(f"domain {domain} of {pool} does not exist")
        front = {"CloudFrontDistribution": found.get("CloudFrontDistribution", "")}
        custom = {key: found[key] for key in ("CustomDomainConfig", "Routing") if found.get(key)}
        return {"UserPoolId": pool, "Domain": domain, **front, **custom}
