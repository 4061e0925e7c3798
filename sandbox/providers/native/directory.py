"""What lives inside a user pool: app clients, groups, resource servers, domains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


class UserPoolGroup(NativeKind):
    """A group of users; the identifier is `POOL|GROUP`."""

    token = "aws-native:cognito:UserPoolGroup"
    cloud_formation = "AWS::Cognito::UserPoolGroup"
    names = ("Description", "Precedence", "RoleArn")

    def create_model(self, model: Model) -> str:
        """CreateGroup."""
        pool, group = model["UserPoolId"], model["GroupName"]
        self.cognito.create_group(UserPoolId=pool, GroupName=group, **given(model, self.names))
        return f"{pool}|{group}"

    def read_model(self, resource_id: str) -> Model:
        """GetGroup."""
        pool, group = resource_id.split("|")
        with gone_is_not_found(f"group {group}"):
            found = self.cognito.get_group(UserPoolId=pool, GroupName=group)["Group"]
        return {"UserPoolId": pool, "GroupName": group, **given(found, self.names)}

    def apply(self, resource_id: str, model: Model, changed: frozenset[str]) -> None:
        """UpdateGroup."""
        pool, group = resource_id.split("|")
        self.cognito.update_group(UserPoolId=pool, GroupName=group, **given(model, self.names))

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """DeleteGroup."""
        pool, group = resource_id.split("|")
        with gone_is_not_found(f"group {group}"):
            self.cognito.delete_group(UserPoolId=pool, GroupName=group)


class UserPoolResourceServer(NativeKind):
    """An API with scopes; the identifier is `POOL|IDENTIFIER`."""

    token = "aws-native:cognito:UserPoolResourceServer"
    cloud_formation = "AWS::Cognito::UserPoolResourceServer"
    names = ("Name", "Scopes")

    def create_model(self, model: Model) -> str:
        """CreateResourceServer."""
        pool, identifier = model["UserPoolId"], model["Identifier"]
        self.cognito.create_resource_server(UserPoolId=pool, Identifier=identifier, **given(model, self.names))
        return f"{pool}|{identifier}"

    def read_model(self, resource_id: str) -> Model:
        """DescribeResourceServer."""
        pool, identifier = resource_id.split("|")
        with gone_is_not_found(f"resource server {identifier}"):
            found = self.cognito.describe_resource_server(UserPoolId=pool, Identifier=identifier)["ResourceServer"]
        return {"UserPoolId": pool, "Identifier": identifier, **given(found, self.names)}

    def apply(self, resource_id: str, model: Model, changed: frozenset[str]) -> None:
        """UpdateResourceServer."""
        pool, identifier = resource_id.split("|")
        self.cognito.update_resource_server(UserPoolId=pool, Identifier=identifier, **given(model, self.names))

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """DeleteResourceServer."""
        pool, identifier = resource_id.split("|")
        with gone_is_not_found(f"resource server {identifier}"):
            self.cognito.delete_resource_server(UserPoolId=pool, Identifier=identifier)


class UserPoolDomain(NativeKind):
    """A prefix or custom domain; the identifier is `POOL|DOMAIN`. `managedLoginVersion` is write-only."""

    token = "aws-native:cognito:UserPoolDomain"
    cloud_formation = "AWS::Cognito::UserPoolDomain"
    names = ("CustomDomainConfig", "ManagedLoginVersion", "Routing")

    def create_model(self, model: Model) -> str:
        """CreateUserPoolDomain."""
        pool, domain = model["UserPoolId"], model["Domain"]
        self.cognito.create_user_pool_domain(UserPoolId=pool, Domain=domain, **given(model, self.names))
        return f"{pool}|{domain}"

    def read_model(self, resource_id: str) -> Model:
        """DescribeUserPoolDomain answers an unknown domain with an empty description."""
        pool, domain = resource_id.split("|")
        found = self.cognito.describe_user_pool_domain(Domain=domain)["DomainDescription"]
        if found.get("UserPoolId") != pool:
            raise NotFoundError(f"domain {domain} of {pool} does not exist")
        front = {"CloudFrontDistribution": found.get("CloudFrontDistribution", "")}
        custom = {key: found[key] for key in ("CustomDomainConfig", "Routing") if found.get(key)}
        return {"UserPoolId": pool, "Domain": domain, **front, **custom}

    def apply(self, resource_id: str, model: Model, changed: frozenset[str]) -> None:
        """UpdateUserPoolDomain."""
        pool, domain = resource_id.split("|")
        self.cognito.update_user_pool_domain(UserPoolId=pool, Domain=domain, **given(model, self.names))

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """DeleteUserPoolDomain."""
        pool, domain = resource_id.split("|")
        with gone_is_not_found(f"domain {domain}"):
            self.cognito.delete_user_pool_domain(UserPoolId=pool, Domain=domain)
