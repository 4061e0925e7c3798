"""The applications and their app clients: one redirect set each, shared by all clients of the application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws_native as aws_native

from components.drill_client import DRILL, drill_application
from components.providers import RegionalProviders, child_of
from components.sibling_stacks import sibling_facts
from settings import Application as ApplicationSettings
from settings import Client, ClientKind, Settings, Siblings, SignInFlow

FLOWS = {SignInFlow.SRP: "ALLOW_USER_SRP_AUTH", SignInFlow.PASSWORD: "ALLOW_USER_PASSWORD_AUTH"}


@dataclass(frozen=True, kw_only=True)
class ApplicationsArgs:
    """What all applications share."""

    settings: Settings
    siblings: Siblings
    pool_id: pulumi.Input[str]
    providers: RegionalProviders
    identity_providers: Mapping[str, aws_native.cognito.UserPoolIdentityProvider]


class Application(pulumi.ComponentResource):
    """One application. That a client is its child is what declares the client a member of the group."""

    def __init__(
        self,
        name: str,
        application: ApplicationSettings,
        args: ApplicationsArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("cognito-dr:index:Application", f"application-{name}", None, opts)
        self.clients: dict[str, aws_native.cognito.UserPoolClient] = {}
        accepted = [args.identity_providers[provider].provider_name for provider in application.identity_providers]
        for client, about in application.clients.items():
            options = pulumi.ResourceOptions(additional_secret_outputs=["clientSecret"])
            self.clients[client] = aws_native.cognito.UserPoolClient(
                f"{name}-{client}",
                user_pool_id=args.pool_id,
                client_name=f"{name}-{client}",
                supported_identity_providers=["COGNITO", *accepted],
                **client_properties(application, about),
                opts=pulumi.ResourceOptions.merge(
                    child_of(self, args.providers.native, protect=args.settings.protect), options
                ),
            )
        self.register_outputs(
            {
                "application": name,
                "callbackUrls": list(application.callback_urls),
                "logoutUrls": list(application.logout_urls),
            }
        )


class Applications(pulumi.ComponentResource):
    """All applications of the stack, and one of our own for probes and drills."""

    def __init__(self, name: str, args: ApplicationsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:Applications", name, None, opts)
        own = pulumi.ResourceOptions(parent=self)
        applications = {**args.settings.applications, DRILL: drill_application(args.settings)}
        self.by_name = {
            application: Application(application, about, args, own) for application, about in applications.items()
        }
        self.drill = self.by_name[DRILL].clients[DRILL]
        self.clients = [client for app in self.by_name.values() for client in app.clients.values()]
        self.register_outputs({"applications": sorted(self.by_name), **sibling_facts(args.settings, args.siblings)})


def client_properties(application: ApplicationSettings, client: Client) -> dict[str, Any]:
    """What an app client is sent, snake case; validities have their units beside them."""
    optional = {"read_attributes": client.read_attributes, "write_attributes": client.write_attributes}
    return {
        "generate_secret": client.kind == ClientKind.WEB,
        "callback_urls": list(application.callback_urls),
        "logout_urls": list(application.logout_urls),
        "allowed_o_auth_flows": ["code"],
        "allowed_o_auth_flows_user_pool_client": True,
        "allowed_o_auth_scopes": list(application.scopes),
        "explicit_auth_flows": [FLOWS[SignInFlow(flow)] for flow in client.sign_in] + ["ALLOW_REFRESH_TOKEN_AUTH"],
        "prevent_user_existence_errors": "ENABLED",
        "enable_token_revocation": True,
        "access_token_validity": client.access_token_minutes,
        "id_token_validity": client.id_token_minutes,
        "refresh_token_validity": client.refresh_token_days,
        "token_validity_units": {"access_token": "minutes", "id_token": "minutes", "refresh_token": "days"},
    } | {name: list(value) for name, value in optional.items() if value is not None}
