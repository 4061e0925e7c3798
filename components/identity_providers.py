"""The identity providers that sign users in beside the pool; Cognito copies them to the replica."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws_native as aws_native

from components.providers import RegionalProviders, child_of
from settings import IdentityProvider as ProviderSettings
from settings import ProviderKind, Settings

SECRET = {ProviderKind.APPLE: "private_key"}
"""What Cognito calls the secret of a kind's client, where it is not the client's secret."""
BETWEEN_SCOPES = {ProviderKind.FACEBOOK: ","}


@dataclass(frozen=True, kw_only=True)
class IdentityProvidersArgs:
    """`secrets` has the clients' secrets by provider, as one secret output."""

    settings: Settings
    pool_id: pulumi.Input[str]
    secrets: pulumi.Output[Mapping[str, str]]
    providers: RegionalProviders


class IdentityProvider(pulumi.ComponentResource):
    """One provider. Its outputs declare what is registered there, which nothing in the pool shows."""

    def __init__(
        self,
        name: str,
        about: ProviderSettings,
        args: IdentityProvidersArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("cognito-dr:index:IdentityProvider", f"identity-provider-{name}", None, opts)
        details: dict[str, pulumi.Input[str]] = {**provider_details(about)}
        secret = about.kind != ProviderKind.SAML
        if secret:
            details[SECRET.get(about.kind, "client_secret")] = args.secrets.apply(lambda known: known[name])
        self.provider = aws_native.cognito.UserPoolIdentityProvider(
            name,
            user_pool_id=args.pool_id,
            provider_name=name,
            provider_type=about.kind,
            provider_details=details,
            attribute_mapping=dict(about.attributes),
            opts=pulumi.ResourceOptions.merge(
                child_of(self, args.providers.native, protect=args.settings.protect),
                # Cognito answers a read with the client's secret in plain text; the rest the pack may see.
                pulumi.ResourceOptions(additional_secret_outputs=["providerDetails"] if secret else None),
            ),
        )
        self.register_outputs(
            {
                "identityProvider": name,
                "kind": str(about.kind),
                "registeredUris": list(about.registered_uris),
                "alsoRegistered": list(about.also_registered),
            }
        )


def identity_providers(
    args: IdentityProvidersArgs, opts: pulumi.ResourceOptions
) -> dict[str, aws_native.cognito.UserPoolIdentityProvider]:
    """All providers of the stack by name."""
    return {
        name: IdentityProvider(name, about, args, opts).provider
        for name, about in args.settings.identity_providers.items()
    }


def provider_details(about: ProviderSettings) -> dict[str, Any]:
    """What Cognito is told of a provider, but for the client's secret; all texts.

    Source: API reference, CreateIdentityProvider, ProviderDetails.
    """
    if about.kind == ProviderKind.SAML:
        return {"MetadataURL": about.metadata_url, "IDPSignout": str(about.single_sign_out).lower()}
    scopes = BETWEEN_SCOPES.get(about.kind, " ").join(about.scopes or ("openid",))
    details = {"client_id": about.client_id, "authorize_scopes": scopes}
    if about.kind == ProviderKind.OIDC:
        details |= {"oidc_issuer": about.issuer, "attributes_request_method": "GET"}
    if about.kind == ProviderKind.APPLE:
        details |= {"team_id": about.team_id, "key_id": about.key_id}
    return details
