"""Everything of one stack, composed phase by phase."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pulumi

from components.applications import Applications, ApplicationsArgs
from components.key_pair import KeyPair, KeyPairArgs
from components.pool_replica import PoolReplica, PoolReplicaArgs
from components.providers import regional_providers
from components.regional_triggers import RegionalTriggers, RegionalTriggersArgs
from components.user_pool import UserPool, UserPoolArgs
from manifest import ApplicationFacts, ClientFacts, Manifest, PoolFacts, Regions, TriggerFacts
from settings import Issuer, Settings


class IdentityPlatform(pulumi.ComponentResource):
    """A user pool that signs users in through two Regions; `manifest` is an output of plain data."""

    def __init__(self, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cognito-dr:index:IdentityPlatform", settings.name, None, opts)
        self.settings = settings
        self.own = pulumi.ResourceOptions(parent=self)
        self.providers = regional_providers(settings.regions.both, settings.account)
        self.keys = self._keys()
        self.triggers = self._triggers() if settings.rollout.replicated else {}
        self.pool = self._pool()
        self.pool_id = self.pool.pool_id.apply(self._expected)
        self.applications = self._applications()
        if settings.rollout.replicated:
            self._replica()
        self.manifest = self._manifest()
        self.register_outputs(
            {
                "phase": settings.rollout.phase,
                "poolId": self.pool.pool_id,
                "expectedPoolId": settings.pool.id,
                "primaryRegion": settings.regions.primary,
                "secondaryRegion": settings.regions.secondary,
            }
        )

    def _expected(self, found: str) -> str:
        """The real pool's ID, when it is the one that permissions and key policies already name."""
        wanted = self.settings.pool.id
        if wanted is not None and found != wanted:
            raise pulumi.RunError(
                f"pool.id is {wanted}, but the pool of this stack is {found}: key policies and permissions would name "
                f"another pool. Set pool.id to {found}, or remove it and run phase foundation again."
            )
        return found

    def _keys(self) -> KeyPair:
        settings = self.settings
        args = KeyPairArgs(
            account=settings.account,
            regions=settings.regions,
            pool_id=settings.pool.id,
            deploy_roles=settings.deploy_roles,
            protect=settings.protect,
            providers=self.providers,
        )
        return KeyPair(f"{settings.name}-key", args, self.own)

    def _triggers(self) -> dict[str, RegionalTriggers]:
        """The secondary's first: a release that fails there never reaches the primary."""
        primary, secondary = self.settings.regions.both
        standby = self._regional_triggers(secondary, "secondary")
        serving = self._regional_triggers(primary, "primary", list(standby.aliases.values()))
        return {primary: serving, secondary: standby}

    def _regional_triggers(self, region: str, role: Any, after: Any = ()) -> RegionalTriggers:
        args = RegionalTriggersArgs(
            settings=self.settings, region=region, role=role, providers=self.providers[region], after=after
        )
        return RegionalTriggers(f"{self.settings.name}-triggers-{region}", args, self.own)

    def _pool(self) -> UserPool:
        settings, primary = self.settings, self.settings.regions.primary
        triggers = self.triggers.get(primary)
        args = UserPoolArgs(
            settings=settings,
            providers=self.providers[primary],
            key_arn=self.keys.primary.arn,
            lambda_config=triggers.lambda_config if triggers else None,
            after=[self.keys.primary, self.keys.replica, *(triggers.ready if triggers else ())],
        )
        return UserPool(f"{settings.name}-pool", args, self.own)

    def _applications(self) -> Applications:
        primary = self.providers[self.settings.regions.primary]
        args = ApplicationsArgs(settings=self.settings, pool_id=self.pool_id, providers=primary)
        return Applications(f"{self.settings.name}-applications", args, self.own)

    def _replica(self) -> None:
        primary, secondary = self.settings.regions.both
        standby: Any = self.triggers[secondary]
        args = PoolReplicaArgs(
            settings=self.settings,
            pool=self.pool.pool,
            pool_id=self.pool_id,
            primary=self.providers[primary],
            secondary=self.providers[secondary],
            lambda_config=standby.lambda_config,
            directory=[*self.pool.directory, *self.applications.clients, self.keys.replica],
            triggers=standby.ready,
        )
        PoolReplica(f"{self.settings.name}-replica", args, self.own)

    def _manifest(self) -> pulumi.Output[dict[str, Any]]:
        clients = {
            f"{application}/{client}": resource.client_id
            for application, about in self.applications.by_name.items()
            for client, resource in about.clients.items()
        }
        aliases = {
            region: {
                triggers.function_name(spec): (alias.arn, alias.function_version) for spec, alias in triggers.by_spec()
            }
            for region, triggers in self.triggers.items()
        }
        known = pulumi.Output.all(pool=self.pool.pool_id, keys=self.keys.arns, clients=clients, aliases=aliases)
        return known.apply(self._facts)

    def _facts(self, known: dict[str, Any]) -> dict[str, Any]:
        settings, pool_id = self.settings, known["pool"]
        issuer = issuer_of(settings, pool_id)
        account, primary, secondary = settings.account, *settings.regions.both
        arns = {r: f"arn:aws:cognito-idp:{r}:{account}:userpool/{pool_id}" for r in (primary, secondary)}
        applications = {
            name: ApplicationFacts(
                callback_urls=about.callback_urls,
                logout_urls=about.logout_urls,
                clients={
                    client: ClientFacts(id=known["clients"][f"{name}/{client}"], kind=str(of.kind))
                    for client, of in about.clients.items()
                },
            )
            for name, about in settings.applications.items()
        }
        triggers = {
            region: {
                name: TriggerFacts(
                    alias_arn=arn,
                    version=version,
                    fingerprint=fingerprint(self.triggers[region].fingerprints[name]),
                )
                for name, (arn, version) in by_name.items()
            }
            for region, by_name in known["aliases"].items()
        }
        return Manifest(
            name=settings.name,
            phase=settings.rollout.phase,
            account=account,
            pool=PoolFacts(id=pool_id, arns=arns),
            regions=Regions(primary=primary, secondary=secondary),
            issuer=issuer,
            jwks_uri=f"{issuer}/.well-known/jwks.json",
            applications=applications,
            keys=known["keys"],
            triggers=triggers,
        ).to_dict()


def issuer_of(settings: Settings, pool_id: str) -> str:
    """The `iss` of every token, in both Regions: the primary's Region, whichever issued it.

    Source: docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
    """
    host = "issuer-cognito-idp" if settings.pool.issuer == Issuer.UPDATED else "cognito-idp"
    return f"https://{host}.{settings.regions.primary}.amazonaws.com/{pool_id}"


def fingerprint(facts: dict[str, Any]) -> str:
    """One digest of all that a trigger must share with its twin in the other Region."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
